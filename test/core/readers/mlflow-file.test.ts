// MLflow file stores: metric files byte by byte, half-written files, hostile names, and what is no run.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadRun } from '../../../src/core/model/run';
import { type MetricTrouble, metricBatches } from '../../../src/core/readers/mlflow-file/metrics';
import { defaultLimits, type ReadContext } from '../../../src/core/source/reader';
import { scriptedFile, scriptedTree } from '../../../src/core/source/scripted';
import { asset, readTree } from '../../support/read';

const context: ReadContext = {
  tree: scriptedTree({}),
  signal: new AbortController().signal,
  limits: defaultLimits,
  keepMedia: false,
  asset,
  progress: () => {},
};

async function parse(text: string, piece?: number, limits = defaultLimits) {
  const trouble: MetricTrouble = { badLine: null, badLines: 0, truncated: false };
  const points: [number, number, number][] = [];
  const exact: string[] = [];
  for await (const { steps, values, times, exactSteps } of metricBatches(
    scriptedFile('m', text, piece === undefined ? {} : { piece }),
    { ...context, limits },
    trouble,
  )) {
    for (let at = 0; at < values.length; at++) points.push([times[at]!, values[at]!, steps[at]!]);
    exact.push(...Object.values(exactSteps ?? {}));
  }
  return { points, exact, trouble };
}

describe('a metric file', () => {
  test('gives bit for bit what Number() gives, in any pieces', async () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    const spelled = fc
      .tuple(
        value,
        fc.constantFrom(
          String,
          (one: number) => one.toExponential(),
          (one: number) => one.toPrecision(17),
        ),
      )
      .map(([one, spell]) => spell(one));
    const line = fc.tuple(fc.integer({ min: 0, max: 2e12 }), spelled, fc.maxSafeInteger());
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), async (lines, piece) => {
        const { points, trouble } = await parse(lines.map((fields) => `${fields.join(' ')}\n`).join(''), piece);
        expect(points).toEqual(lines.map(([time, text, step]) => [time, Number(text), step]));
        expect(trouble).toEqual({ badLine: null, badLines: 0, truncated: false });
      }),
      { numRuns: 300 },
    );
  });

  test('has one to five and more fields', async () => {
    const { points } = await parse('1 0.5\n2 0.6 7\n3 0.7 8 holdout 62c5a915\n4 0.8 9 my data set 62c5a915\n');
    expect(points).toEqual([
      [1, 0.5, 0],
      [2, 0.6, 7],
      [3, 0.7, 8],
      [4, 0.8, 9],
    ]);
  });

  test('spells what is no number as Python does', async () => {
    const { points } = await parse('1 nan 0\n1 inf 1\n1 -inf 2\n1 -0.0 3\n1 NaN 4\n1 Infinity 5\n');
    expect(points.map(([, value]) => value)).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
  });

  test('without its last line feed has half a last line, even one that looks whole', async () => {
    const { points, trouble } = await parse('1795424081052 0.747 1\n1795424081053 0.7');
    expect(points).toEqual([[1795424081052, 0.747, 1]]);
    expect(trouble.truncated).toBe(true);
  });

  test('keeps the digits of steps that float64 cannot hold', async () => {
    const { points, exact } = await parse('1 2 9007199254740993\n1 2 -5\n1 2 4611686018427387904\n');
    expect(points.map(([, , step]) => step)).toEqual([2 ** 53, -5, 2 ** 62]);
    expect(exact).toEqual(['9007199254740993', '4611686018427387904']);
  });

  test('skips lines that are no points and tells the first', async () => {
    const { points, trouble } = await parse('1 2 3\n\nnonsense\n1 True 2\n5 6 x\r\n7 8 9\r\n');
    expect(points).toEqual([
      [1, 2, 3],
      [7, 8, 9],
    ]);
    expect(trouble).toEqual({ badLine: 3, badLines: 3, truncated: false });
  });

  test('with a line longer than a record goes on behind it', async () => {
    const { points, trouble } = await parse(`1 2 3\n${'9'.repeat(500)} 1 1\n4 5 6\n`, 64, { ...defaultLimits, recordBytes: 100 });
    expect(points).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(trouble.badLine).toBe(2);
  });

  test('comes in batches of bounded size', async () => {
    const lines = 150_000;
    const sizes: number[] = [];
    const text = Array.from({ length: lines }, (_, step) => `${step} 0.5 ${step}\n`).join('');
    const trouble: MetricTrouble = { badLine: null, badLines: 0, truncated: false };
    for await (const { values } of metricBatches(scriptedFile('m', text), context, trouble)) sizes.push(values.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(lines);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536);
  });
});

const experiment = (id: string, name = id) =>
  `artifact_location: file:///x/${id}\ncreation_time: 1700000000000\nexperiment_id: '${id}'\nlast_update_time: 1700000000000\nlifecycle_stage: active\nname: ${name}\n`;
const run = (id: string, experimentId = '1') =>
  `artifact_uri: file:///x/${id}/artifacts\nend_time: 1700000009000\nentry_point_name: ''\nexperiment_id: '${experimentId}'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: fox\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: 1700000000000\nstatus: 3\ntags: []\nuser_id: u\n`;

async function store(files: Record<string, string>) {
  const { runs, issues } = await readTree(scriptedTree(files));
  return { runs, only: runs[0]?.run, issues: [...issues, ...runs.flatMap((read) => read.run.issues)].map(({ code }) => code) };
}
const ids = (runs: readonly ReadRun[]) => runs.map(({ run: one }) => one.nativeId).sort();

describe('a store', () => {
  test('is known by its files, whatever it is called, and a run also alone', async () => {
    const files = { 'meta.yaml': experiment('1', 'digits'), 'abc/meta.yaml': run('abc'), 'abc/params/lr': '0.1', 'abc/metrics/loss': '1 2 3\n' };
    const under = (folder: string) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
    for (const tree of [under('any/name/1'), files])
      expect((await store(tree)).only).toMatchObject({ nativeId: 'abc', experiment: 'digits', name: 'fox', endedMs: 1700000009000 });
    expect((await store({ 'meta.yaml': run('abc'), 'metrics/loss': '1 2 3\n' })).only).toMatchObject({ nativeId: 'abc', experiment: null, path: '.' });
  });

  test('has run ids that YAML would take for numbers', async () => {
    expect((await store({ '1/meta.yaml': experiment('1'), '1/12e345/meta.yaml': run('12e345') })).only?.nativeId).toBe('12e345');
  });

  test('a meta.yaml that is cut, empty or gone leaves a run with an issue', async () => {
    const whole = run('abc');
    for (const [end, code] of [
      [whole.indexOf('00009000'), 'truncated'],
      [whole.indexOf('run_name: f') + 11, 'truncated'],
      [5, 'bad-record'],
      [0, 'bad-record'],
    ] as const) {
      const { only, issues } = await store({ '1/meta.yaml': experiment('1'), '1/abc/meta.yaml': whole.slice(0, end), '1/abc/metrics/loss': '1 2 3\n' });
      expect({ nativeId: only?.nativeId, ended: only?.endedMs ?? null, series: only?.series.length, issues }).toEqual({
        nativeId: 'abc',
        ended: end > whole.indexOf('entry_point') ? 1700000009000 : null,
        series: 1,
        issues: [code],
      });
    }
    expect(await store({ '1/meta.yaml': experiment('1'), '1/abc/metrics/loss': '1 2 3\n' })).toMatchObject({
      only: { nativeId: 'abc' },
      issues: ['missing-file'],
    });
  });

  test('models, their versions, data sets, inputs and traces are no runs', async () => {
    const { runs } = await store({
      'models/fox/meta.yaml': 'creation_timestamp: 1\ndescription: null\nlast_updated_timestamp: 1\nname: fox\n',
      'models/fox/version-1/meta.yaml': 'aliases: []\ncreation_timestamp: 1\nname: fox\nrun_id: abc\nstatus: READY\nversion: 1\n',
      '1/meta.yaml': experiment('1'),
      '1/tags/mlflow.note.content': 'about it',
      '1/models/m-1/meta.yaml': "artifact_location: x\ncreation_timestamp: 1\nexperiment_id: '1'\nmodel_id: m-1\nname: clf\nsource_run_id: abc\nstatus: 2\n",
      '1/models/m-1/metrics/acc': '1 0.5 3 abc\n',
      '1/models/m-1/params/depth': '3',
      '1/datasets/d1/meta.yaml': 'digest: 1a\nname: train\nsource_type: local\n',
      '1/traces/tr-1/trace_info.yaml': 'request_id: tr-1\n',
      '1/abc/meta.yaml': run('abc'),
      '1/abc/inputs/i1/meta.yaml': 'destination_id: abc\ndestination_type: RUN\nsource_id: d1\nsource_type: DATASET\ntags:\n  mlflow.data.context: eval\n',
      '1/abc/outputs/m-1/meta.yaml': 'destination_id: m-1\ndestination_type: MODEL_OUTPUT\nsource_id: m-1\nsource_type: RUN_OUTPUT\nstep: 12\ntags: {}\n',
      '1/models/m-1/artifacts/MLmodel':
        'flavors:\n  pytorch:\n    pytorch_version: 2.4.0\n  python_function:\n    python_version: 3.11.7\nmlflow_version: 3.4.0\n',
      '1/models/m-1/artifacts/conda.yaml':
        'channels: [conda-forge]\ndependencies:\n- python=3.11.7\n- pip<=23\n- numpy=1.26.4=py311\n- pip:\n  - mlflow==3.4.0\n  - torch==2.4.0 ; python_version > "3"\n  - git+https://x/y\nname: mlflow-env\n',
    });
    expect(ids(runs)).toEqual(['abc']);
    const { series, facts } = runs[0]!.run;
    expect(series).toEqual([]);
    expect(Object.fromEntries(facts.map(({ kind, value }) => [kind, value]))).toMatchObject({
      datasets: [{ name: 'train', digest: '1a', context: 'eval' }],
      checkpoint: [{ path: '../models/m-1/artifacts', step: 12 }],
      packages: { numpy: '1.26.4', mlflow: '3.4.0', torch: '2.4.0' },
      python: '3.11.7',
      framework: { torch: '2.4.0' },
      tracker: 'mlflow 3.4.0',
    });
    for (const { kind, evidence } of facts)
      expect(
        evidence.every(({ file }) => file.length > 0),
        kind,
      ).toBe(true);
  });

  test('a run in the folder of another experiment is read, and that is told', async () => {
    expect(await store({ '1/meta.yaml': experiment('1'), '1/abc/meta.yaml': run('abc', '2') })).toMatchObject({
      only: { nativeId: 'abc' },
      issues: ['bad-value'],
    });
  });

  test('a deleted experiment lies in the bin', async () => {
    const { only } = await store({ '.trash/1/meta.yaml': experiment('1').replace('active', 'deleted'), '.trash/1/abc/meta.yaml': run('abc') });
    expect(only).toMatchObject({ deleted: true, facts: [{ kind: 'experiment_lifecycle_stage', value: 'deleted' }] });
  });

  test('hostile names stay names; what a desktop leaves behind is none', async () => {
    const { only } = await store({
      '1/meta.yaml': experiment('1'),
      '1/abc/meta.yaml': run('abc'),
      '1/abc/params/__proto__': 'a',
      '1/abc/params/constructor': 'b',
      '1/abc/params/.DS_Store': 'c',
      '1/abc/tags/toString': 'd',
      '1/abc/metrics/__proto__': '1 2 3\n',
      '1/abc/metrics/._loss': 'binary',
      '1/abc/metrics/100%/a b': '1 2 3\n',
    });
    expect(Object.entries(only?.params ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(Object.entries(only?.tags ?? {})).toEqual([['toString', 'd']]);
    expect(only?.series.map(({ name }) => name)).toEqual(['100%/a b', '__proto__']);
  });

  test('an address never carries a password on', async () => {
    const { only } = await store({
      '1/meta.yaml': experiment('1'),
      '1/abc/meta.yaml': run('abc'),
      '1/abc/tags/mlflow.source.git.repoURL': 'https://me:secret@git.example.com/x.git',
    });
    expect(only?.facts).toMatchObject([{ kind: 'git_remote', value: 'https://git.example.com/x.git', evidence: [{ file: 'tags/mlflow.source.git.repoURL' }] }]);
    expect(JSON.stringify(only?.facts)).not.toContain('secret');
  });

  test('the seed is the param called so, before others; text that is no number is none', async () => {
    const seedOf = async (params: Record<string, string>) => {
      const files = Object.fromEntries(Object.entries(params).map(([key, value]) => [`1/abc/params/${key}`, value]));
      return (await store({ '1/meta.yaml': experiment('1'), '1/abc/meta.yaml': run('abc'), ...files })).only?.facts.map(({ value }) => value);
    };
    expect(await seedOf({ 'model.random_state': '3', seed: '7' })).toEqual([7]);
    expect(await seedOf({ seed: 'None', 'train/random_seed': '5' })).toEqual([5]);
    expect(await seedOf({ split_seed: '1', seeds: '[1, 2]' })).toEqual([]);
    expect(await seedOf({ seed: '18446744073709551615' })).toEqual(['18446744073709551615']);
  });
});
