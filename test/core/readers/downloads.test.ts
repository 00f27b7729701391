// Downloads of trackers' pages as people have them: whose runs they are, what is a param and what a result, which of two reports of a run stands.
import { describe, expect, test } from 'vitest';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import type { ReadRun } from '../../../src/core/model/run';
import { blocksOf } from '../../../src/core/readers/_downloads/blocks';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { memoryStore } from '../../../src/core/store/memory';
import { readTree } from '../../support/read';

async function read(files: ScriptedFiles, named?: string): Promise<readonly ReadRun[]> {
  const { runs } = await readTree(scriptedTree(files, named === undefined ? {} : { named }));
  for (const run of runs) assertRunIntegrity(run);
  return runs;
}

/** `format name path` and a line per series. */
const drawn = ({ run, points }: ReadRun): string[] => [
  `${run.format} ${run.name ?? '-'} ${run.path}`,
  ...run.series.map(({ name }, at) => `${name} ${[...points[at]!.values].map((value, row) => `${points[at]!.steps?.[row] ?? '_'}:${value}`).join(' ')}`),
];
const draw = async (files: ScriptedFiles, named?: string) => (await read(files, named)).map(drawn);

const panel = (x: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [[x, ...columns.flatMap((name) => [name, `${name}__MIN`, `${name}__MAX`])], ...rows].map((row) => row.map((cell) => `"${cell}"`).join()).join('\n');

describe('W&B', () => {
  test('a panel: a run per column group, empty cells are no points, bounds count where they differ', async () => {
    const text = panel(
      'Step',
      ['red - a - val/loss', 'blue - val/loss'],
      [
        [0, 1, 1, 1, 2, 1, 3],
        [1, 3, 3, 3, '', '', ''],
        [2, 'NaN', 'NaN', 'NaN', 'Infinity', 1, 'Infinity'],
      ],
    );
    expect(await draw({ 'export.csv': text })).toEqual([
      ['wandb-export red - a export.csv', 'val/loss 0:1 1:3 2:NaN'],
      ['wandb-export blue export.csv', 'val/loss 0:2 2:Infinity', 'val/loss__MAX 0:3 2:Infinity', 'val/loss__MIN 0:1 2:1'],
    ]);
  });

  test('another axis: the run’s own step where it is there, none for clocks, times for wall times', async () => {
    expect(await draw({ 'a.csv': panel('epoch', ['r - _step', 'r - loss'], [[1, 50, 50, 50, 0.5, 0.5, 0.5]]) })).toEqual([
      ['wandb-export r a.csv', 'epoch 50:1', 'loss 50:0.5'],
    ]);
    expect(await draw({ 'a.csv': panel('Relative Time (Process)', ['r - loss'], [[7.5, 1, 1, 1]]) })).toEqual([
      ['wandb-export r a.csv', 'Relative Time (Process) _:7.5', 'loss _:1'],
    ]);
    const [run] = await read({ 'a.csv': panel('Wall Time', ['r - loss'], [[1795420000000, 1, 1, 1]]) });
    expect([...(run?.points[0]?.times ?? [])]).toEqual([1795420000000]);
  });

  test('a table of runs: config, then summary; no curves; panels beside it belong to its runs', async () => {
    const table = [
      ['Name', 'State', 'Notes', 'User', 'Tags', 'Created', 'Runtime', 'Sweep', 'batch', 'lr', 'opt', 'acc', 'loss'],
      ['a', 'finished', '-', 'kim', 'base, fast', '2026-11-20T10:00:00.000Z', '61', 'sw1', '32', '0.1', 'sgd', '0.91', '0.31'],
      ['a', 'crashed', 'bad', 'kim', '', '2026-11-20T11:00:00.000Z', '5', '', '64', '0.2', 'adam', '', ''],
      ['b', 'running', '-', 'kim', '', '2026-11-20T12:00:00.000Z', '5', '', '64', '9007199254740993', 'true', '0.5', 'NaN'],
    ];
    const text = table.map((row) => row.map((cell) => `"${cell}"`).join()).join('\n');
    const runs = await read({ 'x/runs.csv': text, 'x/loss.csv': panel('Step', ['a - loss', 'b - loss'], [[0, 1, 1, 1, 2, 2, 2]]) });
    expect(runs.map(({ run }) => [run.name, run.status, run.nativeStatus, run.notes, run.group, run.startedMs])).toEqual([
      ['a', 'finished', 'finished', null, 'sw1', Date.UTC(2026, 10, 20, 10)],
      ['a', 'failed', 'crashed', 'bad', null, Date.UTC(2026, 10, 20, 11)],
      ['b', 'running', 'running', null, null, Date.UTC(2026, 10, 20, 12)],
      // Two runs are called a: whose panel that is cannot be told.
      ['a', 'unknown', null, null, null, null],
    ]);
    expect(runs.map(({ run }) => run.series.length)).toEqual([0, 0, 1, 1]);
    expect(runs[0]?.run).toMatchObject({
      params: { batch: 32, lr: 0.1, opt: 'sgd' },
      summary: { acc: 0.91, loss: 0.31, _runtime: 61 },
      tags: { base: true, fast: true, sweep_id: 'sw1' },
    });
    expect(runs[2]?.run.params).toEqual({ batch: 64, lr: 9007199254740993n, opt: true });
  });

  test('a history: steps and times of its own columns, last texts in the summary', async () => {
    const text = ',_step,loss,ok,note,_timestamp,_runtime\n0,0,1.5,True,hi,1795420000.5,0.1\n1,10,inf,False,,1795420001.5,1.1\n';
    const [one] = await read({ 'h.csv': text });
    expect(drawn(one!)).toEqual(['wandb-export - h.csv', 'loss 0:1.5 10:Infinity', 'ok 0:1 10:0']);
    expect([...(one?.points[0]?.times ?? [])]).toEqual([1795420000500, 1795420001500]);
    expect(one?.run.summary).toEqual({ note: 'hi' });
  });

  test('the guide’s project.csv: cells as Python prints them, damage in one cell spares the rest', async () => {
    const text =
      ",summary,config,name\n0,\"{'loss': 0.1, 'x': nan, '_wandb': {'runtime': 5}}\",\"{'lr': 0.01, 'opt': {'name': \"\"it's\"\"}, 'on': True, 'seed': 3, 'none': None}\",a\n1,{'loss': ,{},b\n";
    const runs = await read({ 'project.csv': text });
    expect(runs.map(({ run }) => [run.name, run.params, run.summary, run.issues.map(({ code }) => code)])).toEqual([
      ['a', { lr: 0.01, 'opt.name': "it's", on: true, seed: 3, none: null }, { loss: 0.1, x: Number.NaN }, []],
      ['b', {}, {}, ['bad-value']],
    ]);
  });

  test('tables that only look like it are left to others', async () => {
    expect(await draw({ 'states.csv': 'Name,State,Created\na,NY,2020\nb,LA,2021\n' })).toEqual([]);
    expect((await draw({ 'log.csv': '_step,loss\n0,1\n1,2\n' }))[0]?.[0]).toBe('csv - log.csv');
  });
});

describe('MLflow', () => {
  const history = (rows: string) => `"Run","Run ID","metric","step","timestamp","value"\n${rows}`;

  test('negative numbers are guarded by the page, and read as they were', async () => {
    expect(await draw({ 'm.csv': history('"a","1f","loss","0","1795420000000","\'-0.5"\n"a","1f","loss","\'-1","1795420000000","\'-Infinity"\n') })).toEqual([
      ['mlflow-export a m.csv', 'loss 0:-0.5 -1:-Infinity'],
    ]);
  });

  test('charts of groups have runs without an id', async () => {
    const [run] = await read({ 'm.csv': '"Group","Run ID","metric","step","timestamp","value"\n"lr: 0.1","","loss","0","0","1"\n' });
    expect([run?.run.name, run?.run.nativeId, run?.points[0]?.times]).toEqual(['lr: 0.1', null, null]);
  });

  test('a chart of last values: metrics, then params', async () => {
    const [run] = await read({ 'c.csv': '"Run","Run ID","loss","alpha","seed"\n"a","1f","0.51234567","0.1","7"\n' });
    expect(run?.run).toMatchObject({ nativeId: '1f', summary: { loss: 0.51234567 }, params: { alpha: '0.1', seed: '7' } });
  });
});

describe('an extract beside another report of the same run', () => {
  const points = (value: string) =>
    `"Run","Run ID","metric","step","timestamp","value"\n"a","1f","loss","0","1795420000000","${value}"\n"a","1f","loss","1","1795420000000","2"\n`;
  const table = 'run_id,experiment_id,status,artifact_uri,start_time,end_time,metrics.loss,params.lr,tags.mlflow.runName\n1f,1,FINISHED,s3://x,,,2,0.1,a\n';
  const store = {
    'mlruns/1/meta.yaml': 'artifact_location: x\nexperiment_id: "1"\nlifecycle_stage: active\nname: e\n',
    'mlruns/1/1f/meta.yaml':
      'artifact_uri: x/1f/artifacts\nexperiment_id: "1"\nrun_id: 1f\nrun_name: a\nstatus: 3\nlifecycle_stage: active\nstart_time: 1\nend_time: 2\n',
    'mlruns/1/1f/metrics/loss': '1795420000000 1 0\n1795420000000 2 1\n1795420000000 3 2\n',
    'mlruns/1/1f/params/lr': '0.1',
  };

  test.each([
    ['first', { 'a/runs.csv': table }],
    ['last', { 'z/runs.csv': table }],
  ])('the tracker’s own record stands, the table read %s', async (_, extract) => {
    expect(await draw({ ...store, ...extract })).toEqual([['mlflow-file a mlruns/1/1f', 'loss 0:1 1:2 2:3']]);
  });

  test('tables of several folders are one run', async () => {
    const runs = await read({ 'a/runs.csv': table, 'b/loss.csv': points('1') });
    expect(runs.map(({ run }) => [run.nativeId, run.params, run.status, run.series.map(({ count }) => count)])).toEqual([
      ['1f', { lr: '0.1' }, 'finished', [2]],
    ]);
  });

  test('imported later, it takes nothing from what is there', async () => {
    const [own] = await read(store);
    const [summary] = await read({ 'runs.csv': table });
    const [curve] = await read({ 'loss.csv': points('1') });
    for (const [first, second, format, count] of [
      [own, summary, 'mlflow-file', 3],
      [summary, own, 'mlflow-file', 3],
      [curve, summary, 'mlflow-export', 2],
      [summary, curve, 'mlflow-export', 2],
    ] as const) {
      const kept = memoryStore();
      expect(await kept.put(first!)).toBe('added');
      expect(await kept.put(second!)).toBe(first === own ? 'unchanged' : 'updated');
      const [run] = await kept.runs();
      expect([run?.format, run?.series[0]?.count, run?.params]).toEqual([format, count, { lr: '0.1' }]);
    }
  });
});

describe('which columns are params', () => {
  const columns = (...names: readonly (readonly [string, ...string[]])[]) => names.map(([name, ...cells]) => ({ name, cells }));
  test('where order breaks as often as blocks end, that tells', () => {
    expect(blocksOf(columns(['depth', '3'], ['width', '4'], ['age', '5'], ['size', '6']), ['params', 'results'], true)).toEqual([
      'params',
      'params',
      'results',
      'results',
    ]);
  });
  test('else cells and names do', () => {
    expect(blocksOf(columns(['depth', '3'], ['opt', 'adam'], ['val_loss', '0.3']), ['params', 'results', 'tags'], false)).toEqual([
      'params',
      'params',
      'results',
    ]);
    expect(blocksOf(columns(['x', 'adam'], ['acc', '1'], ['kind', 'good']), ['params', 'results', 'tags'], false)).toEqual(['params', 'results', 'tags']);
  });
  test('nothing at all, and twenty thousand columns, are answered', () => {
    expect(blocksOf([], ['params', 'results'], true)).toEqual([]);
    const many = Array.from({ length: 20_000 }, (_, at) => ({ name: `c${at % 9000}`, cells: [String(at)] }));
    expect(blocksOf(many, ['params', 'results', 'tags'], false)).toHaveLength(20_000);
  });
});

test('what is wrong with a table of many runs is told once, not in each of them', async () => {
  const rows = Array.from({ length: 50 }, (_, at) => (at % 2 ? `r${at},1,FINISHED,x,,,1\n` : ',1,FINISHED,x,,,1\n')).join('');
  const { runs, issues } = await readTree(scriptedTree({ 'runs.csv': `run_id,experiment_id,status,artifact_uri,start_time,end_time,metrics.loss\n${rows}` }));
  expect(runs).toHaveLength(25);
  expect(runs.flatMap(({ run }) => run.issues)).toEqual([]);
  expect(issues.map(({ code, message, where }) => [code, message, where])).toEqual([['bad-record', '25 rows name no run.', 'line 2']]);
});
