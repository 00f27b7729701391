// W&B runs as no fixture holds them: media in any layout, resumed and copied runs, logs just begun, old layouts, damage.
import { describe, expect, test } from 'vitest';
import { factValue } from '../../../src/core/model/facts';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import type { ReadRun } from '../../../src/core/model/run';
import { scriptedTree } from '../../../src/core/source/scripted';
import { bytesField, intField, message } from '../../support/protobuf';
import { readTree } from '../../support/read';
import { frame, type Items, logHeader, wandb } from '../../support/wandb-log';

type Files = Readonly<Record<string, Uint8Array | string>>;

async function runsOf(files: Files, named?: string): Promise<readonly ReadRun[]> {
  const { runs } = await readTree(scriptedTree(files, { name: 'wandb', ...(named === undefined ? {} : { named }) }), { keepContents: true });
  for (const read of runs) assertRunIntegrity(read);
  return runs;
}

const folder = (id: string, second = '00'): string => `offline-run-20261123_0900${second}-${id}`;
const logPath = (id: string, second?: string): string => `${folder(id, second)}/run-${id}.wandb`;

/** The only run of a log of these records, which begin with its run record. */
async function runOf(...records: readonly Uint8Array[]): Promise<ReadRun> {
  const [read] = await runsOf({ [logPath('r1')]: frame([wandb.run('r1'), ...records]) });
  return read!;
}

/** name → values. */
const curves = ({ run, points }: ReadRun): Record<string, number[]> => Object.fromEntries(run.series.map(({ name }, at) => [name, [...points[at]!.values]]));
const stepsOf = ({ run, points }: ReadRun, name: string): number[] | null => {
  const { steps } = points[run.series.findIndex((series) => series.name === name)]!;
  return steps && [...steps];
};
const codes = ({ run }: ReadRun): string[] => run.issues.map(({ code }) => code);

describe('history', () => {
  test('numbers in every spelling, by either kind of key', async () => {
    const values = ['0', '-0', '1.5e-07', 'NaN', 'Infinity', '-Infinity', '1e308', '9007199254740993', '0.1'];
    const read = await runOf(...values.map((value, at) => wandb.row(at, [['go'], value], ['python', value])));
    const expected = [0, -0, 1.5e-7, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, 2 ** 53, 0.1];
    expect(curves(read)).toEqual({ go: expected, python: expected });
    expect(stepsOf(read, 'go')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(read.points[0]!.times![2]).toBe(1_795_000_002_000);
  });

  test('text, booleans, null and lists are no curves', async () => {
    const read = await runOf(wandb.row(0, [['a'], '"NaN"'], [['b'], 'true'], [['c'], 'null'], [['d'], '[1,2]'], [['e'], '1'], [['_internal'], '5']));
    expect(curves(read)).toEqual({ e: [1] });
  });

  test('a path and a name that look alike are one curve; dots and slashes in names stay', async () => {
    const read = await runOf(wandb.row(0, [['a', 'b'], '1']), wandb.row(1, [['a.b'], '2'], [['train/loss (x)'], '3']));
    expect(curves(read)).toEqual({ 'a.b': [1, 2], 'train/loss (x)': [3] });
  });

  test('names of more than 127 bytes, and items in an unusual order', async () => {
    const long = 'ä'.repeat(300);
    const reversed = message(
      bytesField(1, message(bytesField(16, '4'), bytesField(2, 'x'))),
      bytesField(1, message(bytesField(16, '7'), bytesField(2, '_step'))),
    );
    const read = await runOf(wandb.row(0, [[long], '1']), wandb.raw(2, reversed));
    expect(curves(read)).toEqual({ [long]: [1], x: [4] });
    expect(stepsOf(read, 'x')).toEqual([7]);
  });

  test('without a step there is none; a step beyond 2^53 keeps its digits', async () => {
    const shared = await runOf(wandb.history([['x'], '1'], [['_timestamp'], '5']));
    expect(stepsOf(shared, 'x')).toBeNull();
    const huge = await runOf(wandb.row('9007199254740993', [['x'], '1']));
    expect(huge.run.series[0]!.exactSteps).toEqual({ 0: '9007199254740993' });
    expect(codes(huge)).toContain('precision');
  });

  test('more points than one batch holds', async () => {
    const read = await runOf(...Array.from({ length: 70_000 }, (_, step) => wandb.row(step, [['x'], String(step / 2)])));
    expect(read.run.series[0]).toMatchObject({ count: 70_000, last: 34_999.5, lastStep: 69_999 });
  });
});

describe('media', () => {
  const image: Items = [
    [['val', 'img', '_type'], '"image-file"'],
    [['val', 'img', 'width'], '8'],
    [['val', 'img', 'meta', 'size'], '9'],
  ];

  test('everything under a prefix that has a _type is one object, wherever in the row the _type stands', async () => {
    const read = await runOf(wandb.row(0, ...image, [['val', 'loss'], '1']), wandb.row(1, ...image.toReversed(), [['val', 'imgs'], '2']));
    expect(curves(read)).toEqual({ 'val.loss': [1], 'val.imgs': [2] });
    expect(read.run.media).toMatchObject([{ name: 'val.img', kind: 'image-file', count: 2 }]);
  });

  test('only in its own row: a name may hold numbers in other rows', async () => {
    const read = await runOf(wandb.row(0, ...image), wandb.row(1, [['val', 'img', 'width'], '3']));
    expect(curves(read)).toEqual({ 'val.img.width': [3] });
  });

  test('objects as one value, as the Python backend wrote them', async () => {
    const read = await runOf(
      wandb.row(0, ['opt', '{"lr": 0.1, "deep": {"gn": NaN}, "h": {"_type": "histogram", "bins": 4}}'], ['t', '{"_type": "table-file", "nrows": 3}']),
    );
    expect(curves(read)).toEqual({ 'opt.lr': [0.1], 'opt.deep.gn': [Number.NaN] });
    expect(read.run.media.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['opt.h histogram', 't table-file']);
  });
});

describe('config, summary and metrics', () => {
  test('nested config, integers beyond 2^53, hostile names, later updates', async () => {
    const config: Items = [
      ['lr', '0.001'],
      ['big', '1152921504606846977'],
      ['model', '{"act": "relu", "layers": [1, 2], "none": {}}'],
      ['__proto__', '{"polluted": 1}'],
      ['_wandb', '{"t": 1}'],
    ];
    const update = wandb.raw(5, message(bytesField(1, message(bytesField(2, 'model'), bytesField(2, 'act'), bytesField(16, '"gelu"')))));
    const [read] = await runsOf({ [logPath('r1')]: frame([wandb.run('r1', { config }), update]) });
    expect(read!.run.params).toEqual(
      Object.fromEntries([
        ['lr', 0.001],
        ['big', 1_152_921_504_606_846_977n],
        ['model.act', 'gelu'],
        ['model.layers', [1, 2]],
        ['model.none', {}],
        ['__proto__.polluted', 1],
      ]),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('the last write to each path of the summary counts; media are left out', async () => {
    const read = await runOf(
      wandb.summary([
        [['a'], '1'],
        [['b'], '2'],
        [['c', 'd'], '3'],
        [['img', '_type'], '"image-file"'],
        [['img', 'width'], '3'],
        [['_runtime'], '9'],
      ]),
      wandb.summary(
        [
          [['a'], '5'],
          ['acc', '{"max": 0.9}'],
        ],
        [['b']],
      ),
      wandb.summary([[['c'], '"now text, and longer than a usual number is"']]),
    );
    expect(read.run.summary).toEqual({ a: 5, c: 'now text, and longer than a usual number is', 'acc.max': 0.9 });
  });

  test('the x axis: an own definition before a pattern, dots unescaped', async () => {
    const read = await runOf(
      wandb.metric('val/*', 'epoch', true),
      wandb.metric('val/special\\.one', 'other'),
      wandb.row(0, [['val/loss'], '1'], [['val/special.one'], '1'], [['train/loss'], '1'], [['epoch'], '0']),
    );
    expect(Object.fromEntries(read.run.series.map(({ name, xAxis }) => [name, xAxis]))).toEqual({
      epoch: null,
      'train/loss': null,
      'val/loss': 'epoch',
      'val/special.one': 'other',
    });
  });

  test('system metrics have times and no steps', async () => {
    const read = await runOf(wandb.stats(1_795_000_001_500, ['disk./.usagePercent', '61.5'], ['gpu.0.name', '"A100"']));
    expect(read.run.series).toMatchObject([{ name: 'system.disk./.usagePercent', system: true, stepsDigest: null, last: 61.5 }]);
    expect([...read.points[0]!.times!]).toEqual([1_795_000_001_500]);
  });
});

describe('several folders', () => {
  const part = (startedMs: number, exit: number, ...rows: readonly (readonly [number, string])[]) =>
    frame([
      wandb.run('res', { startedMs, config: [['part', String(startedMs % 10)]] }),
      ...rows.map(([step, value]) => wandb.row(step, [['loss'], value])),
      wandb.stats(startedMs + 5, ['cpu', '1']),
      wandb.exit(exit),
    ]);
  const earlier = part(1_795_000_000_001, 1, [0, '10'], [1, '11'], [2, '12'], [5, '15']);
  const later = part(1_795_000_900_002, 0, [1, '21'], [2, '22'], [3, '23']);

  test('one id is one run; a step that is in both counts as the later part has it', async () => {
    const runs = await runsOf({ [logPath('res', '00')]: earlier, [logPath('res', '59')]: later, [`${folder('res', '00')}/files/output.log`]: 'first part' });
    expect(runs).toHaveLength(1);
    const [read] = runs;
    expect(stepsOf(read!, 'loss')).toEqual([0, 1, 2, 3, 5]);
    expect(curves(read!)).toEqual({ loss: [10, 21, 22, 23, 15], 'system.cpu': [1, 1] });
    expect(read!.run).toMatchObject({ path: folder('res', '59'), status: 'finished', startedMs: 1_795_000_000_001, params: { part: 2 } });
    expect(read!.run.sources[0]!.files).toEqual([`${folder('res', '00')}/files/output.log`, logPath('res', '00'), logPath('res', '59')]);
    expect(read!.run.artifacts.map(({ path }) => path)).toEqual([`${folder('res', '00')}/files/output.log`]);
    expect(codes(read!)).toContain('step-restart');
  });

  test('a link that became a folder is the run once more, not a part of it', async () => {
    const runs = await runsOf({ 'latest-run/run-res.wandb': later, [logPath('res', '59')]: later });
    expect(runs).toHaveLength(1);
    expect(curves(runs[0]!)).toEqual({ loss: [21, 22, 23], 'system.cpu': [1] });
    expect(runs[0]!.run.path).toBe(folder('res', '59'));
  });

  test('the same id in another project is another run', async () => {
    const other = frame([wandb.run('res', { project: 'other' }), wandb.row(0, [['loss'], '1'])]);
    const runs = await runsOf({ [logPath('res', '00')]: earlier, [logPath('res', '59')]: other });
    expect(runs.map(({ run }) => run.experiment).sort()).toEqual(['digits', 'other']);
    expect(new Set(runs.map(({ run }) => run.id)).size).toBe(2);
  });

  test('a resumed run that has just begun is no run of its own', async () => {
    const runs = await runsOf({ [logPath('res', '00')]: earlier, [logPath('res', '59')]: logHeader });
    expect(runs).toHaveLength(1);
    expect(curves(runs[0]!).loss).toEqual([10, 11, 12, 15]);
  });
});

describe('what is there of a run', () => {
  test('a log of 7 bytes, or none, is a run that has just begun', async () => {
    for (const bytes of [logHeader, new Uint8Array(0)]) {
      const [read] = await runsOf({ [logPath('new-run_1')]: bytes });
      expect(read!.run).toMatchObject({ nativeId: 'new-run_1', status: 'unknown', series: [] });
      expect(read!.run.issues).toMatchObject([{ code: 'empty', severity: 'info' }]);
    }
  });

  test('a log that is named directly, and logs that lie loose in a folder', async () => {
    const log = frame([wandb.run('r1'), wandb.row(0, [['x'], '1'])]);
    const [named] = await runsOf({ 'copy of a log': log }, 'copy of a log');
    expect(named!.run).toMatchObject({ nativeId: 'r1', path: '.' });
    const loose = await runsOf({ 'run-r1.wandb': log, 'run-r2.wandb': frame([wandb.run('r2')]), 'notes.txt': 'x' });
    expect(loose.map(({ run }) => run.path)).toEqual(['run-r1.wandb', 'run-r2.wandb']);
  });

  test('a folder without its log: what its files say', async () => {
    const [read] = await runsOf({
      'run-20261123_090000-abc/files/config.yaml':
        'wandb_version: 1\n_wandb:\n  value:\n    cli_version: 0.19.1\n    start_time: 1795000000.5\nlr:\n  desc: null\n  value: 0.1\nnet:\n  value:\n    depth: 3\n',
      'run-20261123_090000-abc/files/wandb-summary.json': '{"loss": NaN, "_step": 9, "img": {"_type": "image-file"}}',
      'run-20261123_090000-abc/files/wandb-metadata.json':
        '{"os": "Linux", "python": "CPython 3.11.7", "program": "train.py", "args": ["--lr", "1"], "cpu_count": 4, "gpu": "A100", "git": {"remote": "https://me:secret@example.com/r.git", "commit": "abc"}, "memory": {"total": "1073741824"}}',
      'run-20261123_090000-abc/files/requirements.txt': 'torch==2.1.0+cpu\r\n-e git+x\nnumpy==1.26.0 \n',
      'run-20261123_090000-abc/files/diff.patch': 'diff --git a/x b/x\n',
      'run-20261123_090000-abc/files/events.out.tfevents.1.host': 'not really',
    });
    const { run } = read!;
    expect(run).toMatchObject({
      nativeId: 'abc',
      startedMs: 1_795_000_000_500,
      params: { lr: 0.1, 'net.depth': 3 },
      summary: { loss: Number.NaN },
      formatVersion: '0.19.1',
    });
    expect(factValue(run.facts, 'command')).toBe('train.py --lr 1');
    expect(factValue(run.facts, 'git_remote')).toBe('https://example.com/r.git');
    expect(JSON.stringify(run.facts)).not.toContain('secret');
    expect(factValue(run.facts, 'git_dirty')).toBe(true);
    expect(factValue(run.facts, 'packages')).toEqual({ torch: '2.1.0+cpu', numpy: '1.26.0' });
    expect(factValue(run.facts, 'memory_bytes')).toBe(2 ** 30);
    expect(codes(read!)).toContain('missing-file');
  });

  test('a folder of the layout before 0.10', async () => {
    const [read] = await runsOf({
      'dryrun-20200101_120000-old1/wandb-history.jsonl':
        '{"loss": NaN, "acc": 1, "_step": 0, "_timestamp": 1577880000.5}\n{"loss": 2, "_step": 1, "_timestamp": 1577880001}\n{"loss": 3, "_st',
      'dryrun-20200101_120000-old1/wandb-events.jsonl': '{"system.cpu": 12.5, "_timestamp": 1577880002, "_runtime": 2}\n',
      'dryrun-20200101_120000-old1/config.yaml': 'lr:\n  desc: null\n  value: 0.5\n',
    });
    expect(curves(read!)).toEqual({ loss: [Number.NaN, 2], acc: [1], 'system.cpu': [12.5] });
    expect(stepsOf(read!, 'loss')).toEqual([0, 1]);
    expect(read!.run).toMatchObject({ nativeId: 'old1', params: { lr: 0.5 } });
    expect(codes(read!)).toContain('truncated');
  });

  test('environment records add up, the first word for each field counts', async () => {
    const { run } = await runOf(
      wandb.environment(bytesField(1, 'Linux-6'), bytesField(2, 'CPython 3.12.1'), bytesField(6, 'train.py'), bytesField(5, '--lr'), bytesField(5, '1')),
      wandb.environment(bytesField(2, ''), intField(17, 8), bytesField(22, message(bytesField(3, 'EPYC'))), bytesField(21, message(intField(1, 2n ** 34n)))),
      wandb.environment(bytesField(24, message(bytesField(1, 'H100'))), bytesField(24, message(bytesField(1, 'H100'))), bytesField(4, 'team/train@sha256:ab')),
    );
    const fact = Object.fromEntries(run.facts.map(({ kind, value }) => [kind, value]));
    expect(fact).toMatchObject({ os: 'Linux-6', python: '3.12.1', command: 'train.py --lr 1', cpu_count: 8, cpu: 'EPYC', memory_bytes: 2 ** 34 });
    expect(fact).toMatchObject({ gpu: 'H100', gpu_count: 2, container: 'team/train@sha256:ab' });
  });

  test('used data sets, console output that only the log holds, mirrored TensorBoard logs', async () => {
    const read = await runOf(
      wandb.used('train-set:v3', 'dataset'),
      wandb.output('epoch 1\n'),
      wandb.output('epoch 2\n'),
      wandb.tensorboard('/home/me/runs/exp1'),
    );
    expect(factValue(read.run.facts, 'datasets')).toEqual([{ name: 'train-set', digest: null, version: 'v3', source: null, context: 'input' }]);
    expect(read.run.artifacts).toEqual([{ path: 'files/output.log', size: 16, kind: 'file' }]);
    expect(new TextDecoder().decode(read.contents[0]!.bytes)).toBe('epoch 1\nepoch 2\n');
    expect(read.run.issues).toMatchObject([{ code: 'missing-file', severity: 'note' }]);
    expect(read.run.issues[0]!.message).toContain('exp1');
    expect(JSON.stringify(read.run.issues)).not.toContain('/home/me');
  });

  test.each([
    [0, 'finished'],
    [1, 'failed'],
    [255, 'failed'],
  ])('exit code %i: %s', async (code, status) => {
    expect((await runOf(wandb.exit(code))).run.status).toBe(status);
  });
});

describe('damage', () => {
  const records = [wandb.run('r1'), ...Array.from({ length: 3000 }, (_, step) => wandb.row(step, [['x'], String(step)]))];

  test('a flipped bit costs a block at most, and its place is told', async () => {
    const bytes = frame(records);
    bytes[40_000]! ^= 4;
    const [read] = await runsOf({ [logPath('r1')]: bytes });
    const [series] = read!.run.series;
    expect(series!.count).toBeGreaterThan(3000 - 700);
    expect(series!.count).toBeLessThan(3000);
    expect(series!.last).toBe(2999);
    const told = read!.run.issues.find(({ code }) => code === 'bad-record');
    expect(Number(/^byte (\d+)$/.exec(told!.where!)![1])).toBeGreaterThan(39_900);
  });

  test('a record that is whole but no message is passed over', async () => {
    const read = await runOf(wandb.row(0, [['x'], '1']), Uint8Array.of(0x12, 0xff), wandb.row(1, [['x'], '2']));
    expect(curves(read)).toEqual({ x: [1, 2] });
    expect(codes(read)).toEqual(['bad-record']);
  });

  test('values that are no JSON are passed over', async () => {
    const read = await runOf(
      wandb.row(0, [['x'], '{oops'], [['y'], '12abc'], [['z'], '1']),
      wandb.summary([
        [['s'], '{oops'],
        [['t'], '1'],
      ]),
    );
    expect(curves(read)).toEqual({ z: [1] });
    expect(read.run.summary).toEqual({ t: 1 });
    expect(codes(read)).toEqual(['bad-value', 'bad-value']);
  });

  test('more names than the limit', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => wandb.row(at, [[`k${at}`], '1']));
    const tree = scriptedTree({ [logPath('r1')]: frame([wandb.run('r1'), ...rows]) });
    const { runs } = await readTree(tree, { limits: { seriesPerRun: 20 } });
    expect(runs[0]!.run.series.length).toBeLessThanOrEqual(20);
    expect(codes(runs[0]!)).toContain('too-large');
  });
});
