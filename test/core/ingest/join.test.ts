// What lies side by side becomes one run: which claims belong together, what stands, what differs, and whose it is.
import { describe, expect, test } from 'vitest';
import { issueCatalogue } from '../../../src/core/base/issues';
import { relocated } from '../../../src/core/ingest/relocate';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import { jsonType } from '../../../src/core/model/media';
import { contentsOfTable, parseTable, tableBytes } from '../../../src/core/model/media-forms';
import type { ReadRun } from '../../../src/core/model/run';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { writeBundle } from '../../../src/core/store/bundle';
import { packRuns, unpackRuns } from '../../../src/core/store/pack';
import { fileOf, scalar, version } from '../../support/event-file';
import { filesOf, fixtureCases, treeOf } from '../../support/fixtures';
import { allIssues, readTree } from '../../support/read';
import { readRunFromText } from '../../support/run-from-text';

async function read(files: ScriptedFiles, options: Parameters<typeof readTree>[1] = {}) {
  const found = await readTree(scriptedTree(files, {}), options);
  for (const run of found.runs) assertRunIntegrity(run);
  return found;
}

/** `path: reader+reader series`, a line a run. */
const outline = ({ runs }: { readonly runs: readonly ReadRun[] }): string[] =>
  runs
    .map(({ run }) => {
      const curves = run.series.map(({ name, context }) => [name, ...Object.values(context)].join('|'));
      return `${run.path}: ${run.sources.map(({ reader }) => reader).join('+')} ${curves.join(' ')}`;
    })
    .sort();

const hydra = (at: string, config = 'lr: 0.5\nseed: 3\n') => ({ [`${at}/.hydra/config.yaml`]: config, [`${at}/.hydra/overrides.yaml`]: '- lr=0.5\n' });
const events = (name: string, ...values: number[]) => fileOf(version(), ...values.map((value, step) => scalar(name, value, { step })));
const table = (name: string, ...values: number[]) => `step,${name}\n${values.map((value, step) => `${step},${value}`).join('\n')}\n`;
const lines = (name: string, ...values: number[]) => values.map((value, step) => JSON.stringify({ step, [name]: value })).join('\n');

describe('side by side', () => {
  test('a table and event files in one folder are one run; in folders of their own they are two', async () => {
    expect(outline(await read({ 'r/metrics.csv': table('acc', 0.5, 0.6), 'r/events.out.tfevents.1.a': events('loss', 2, 1) }))).toEqual([
      'r: tensorboard+csv acc loss',
    ]);
    expect(outline(await read({ 'r/a/metrics.csv': table('acc', 0.5, 0.6), 'r/b/events.out.tfevents.1.a': events('loss', 2, 1) }))).toEqual([
      'r/a: csv acc',
      'r/b: tensorboard loss',
    ]);
  });

  test('the same where the folder itself is what was given', async () => {
    expect(outline(await read({ 'metrics.csv': table('acc', 0.5, 0.6), 'events.out.tfevents.1.a': events('loss', 2, 1) }))).toEqual([
      '.: tensorboard+csv acc loss',
    ]);
  });

  test('hand-made logs belong together only by their name', async () => {
    expect(outline(await read({ 'r/log.csv': table('acc', 0.5, 0.6), 'r/log.jsonl': lines('loss', 2, 1) }))).toEqual(['r: csv+jsonl acc loss']);
    expect(outline(await read({ 'r/first.csv': table('loss', 0.5, 0.6), 'r/second.jsonl': lines('loss', 2, 1) })).length).toBe(2);
  });

  test('several logs of one reader in a folder stay runs of their own, also beside another’s', async () => {
    const files = { 'r/a.csv': table('x', 1, 2), 'r/b.csv': table('x', 3, 4), 'r/events.out.tfevents.1.a': events('loss', 2, 1) };
    expect(outline(await read(files))).toEqual(['r/a.csv: csv x', 'r/b.csv: csv x', 'r: tensorboard loss']);
  });
});

describe('below a configuration', () => {
  test('a log is part of the job, and the nearest job has it', async () => {
    const files = {
      ...hydra('sweep'),
      ...hydra('sweep/0', 'lr: 1\n'),
      'sweep/0/log/metrics.csv': table('acc', 0.5, 0.6),
      'sweep/out/metrics.csv': table('acc', 0.1, 0.2),
    };
    const found = await read(files);
    expect(outline(found)).toEqual(['sweep/0: hydra+csv acc', 'sweep: hydra+csv acc']);
    expect(found.runs.map(({ run }) => run.params.lr).sort()).toEqual([0.5, 1]);
  });

  test('of several runs it is joined to none, and that is told', async () => {
    const found = await read({ ...hydra('j'), 'j/a/metrics.csv': table('acc', 0.5, 0.6), 'j/b/metrics.csv': table('acc', 0.1, 0.2) });
    expect(outline(found)).toEqual(['j/a: csv acc', 'j/b: csv acc']);
    expect(found.issues.map(({ code, file }) => `${code} ${file}`)).toEqual(['not-joined j/.hydra/config.yaml']);
  });

  test('a log of many runs streams on as before', async () => {
    const rows = ['run,step,loss', ...Array.from({ length: 40 }, (_, i) => `r${i % 20},${i},${i / 7}`)].join('\n');
    const found = await read({ ...hydra('j'), 'j/all.csv': rows });
    expect(found.runs.length).toBe(20);
    expect(found.runs.every(({ run }) => run.sources.length === 1 && run.origins === undefined)).toBe(true);
    expect(allIssues(found).filter(({ code }) => code === 'not-joined').length).toBe(1);
  });

  test('two loggers with the same curves are one run, with other curves they are two', async () => {
    const version0 = (values: readonly number[]) => ({
      'j/csv/version_0/metrics.csv': table('loss', 0.1, 0.2, 0.3),
      'j/csv/version_0/hparams.yaml': 'a: 1\n',
      'j/tb/version_0/hparams.yaml': 'a: 1\n',
      'j/tb/version_0/events.out.tfevents.1.a': events('loss', ...values),
    });
    const same = await read({ ...hydra('j'), ...version0([0.1, 0.2, 0.3]) });
    expect(outline(same)).toEqual(['j: lightning+lightning+hydra loss']);
    expect([...same.runs[0]!.points[0]!.values]).toEqual([0.1, 0.2, 0.3]);
    expect(outline(await read({ ...hydra('j'), ...version0([0.4, 0.5, 0.6]) })).length).toBe(2);
  });

  test('more points than one run may have are not held back', async () => {
    const files = { ...hydra('j'), 'j/metrics.csv': table('acc', 0.5, 0.6, 0.7), 'j/tb/events.out.tfevents.1.a': events('loss', 3, 2, 1) };
    expect(outline(await read(files))).toEqual(['j: hydra+tensorboard+csv acc loss']);
    expect(outline(await read(files, { limits: { pointsPerRun: 5 } })).length).toBe(2);
  });
});

describe('what stands, and whose it is', () => {
  const files = {
    ...hydra('j', `lr: 0.5\nseed: 3\nname: run-\${seed}\nonly_here: [1, 2]\n`),
    'j/log/metrics.csv': table('acc', 0.5, 0.6),
    'j/log/config.yaml': 'lr: "0.5"\nseed: 4\nname: run-3\n',
  };

  test('equal values have both origins, a reference gives way, a contradiction is kept and told once', async () => {
    const [{ run } = expect.fail()] = (await read(files)).runs;
    expect(run.params).toEqual({ lr: 0.5, seed: 3, name: 'run-3', only_here: [1, 2] });
    expect(run.origins?.params).toEqual({ lr: [0, 1], name: [1, 0] });
    const conflicts = new Map(run.conflicts?.filter(({ what }) => what === 'params').map((one) => [one.name, one]));
    expect(conflicts.get('lr')).toMatchObject({ kind: 'typed', values: [{ value: 0.5 }, { value: '0.5' }] });
    expect(conflicts.get('name')?.kind).toBe('typed');
    expect(conflicts.get('seed')).toEqual({
      what: 'params',
      name: 'seed',
      kind: 'differs',
      values: [
        { source: 0, value: 3 },
        { source: 1, value: 4 },
      ],
    });
    expect(run.issues.map(({ code }) => code)).toEqual(['source-conflict']);
    expect(run.issues[0]?.severity).toBe(issueCatalogue['source-conflict'].severity);
  });

  test('paths are named from the run’s folder', async () => {
    const [{ run } = expect.fail()] = (await read({ ...files, 'j/log/model.pt': 'weights', 'j/app.log': 'done' })).runs;
    expect(run.artifacts.map(({ path }) => path)).toEqual(['.hydra/config.yaml', '.hydra/overrides.yaml', 'app.log', 'log/model.pt']);
    expect(run.facts.find(({ kind }) => kind === 'seed')?.evidence).toEqual([{ file: '.hydra/config.yaml', where: 'key seed', value: '3' }]);
    expect(run.origins?.artifacts).toEqual({ 'log/model.pt': [1] });
  });

  test('goes through packs and bundles, and comes back the same', async () => {
    const before = await read({ ...files, 'j/tb/events.out.tfevents.1.a': events('acc', 0.25, 0.75) }, { keepContents: true });
    expect(before.runs[0]?.run.origins?.series).toEqual([[1], [2]]);
    expect(unpackRuns(packRuns(before.runs))).toEqual(before.runs);
    const chunks: Uint8Array[] = [];
    await writeBundle(before.runs, async (chunk) => void chunks.push(chunk), new AbortController().signal);
    const after = await readTree(scriptedTree({ 'x.zip': new Uint8Array(Buffer.concat(chunks)) }, { named: 'x.zip' }), { keepContents: true });
    expect(after).toEqual(before);
  });
});

test('a tracker’s run keeps its id within a job', async () => {
  const { input: _, ...fixture } = fixtureCases.find(({ id }) => id === 'mlflow-file/in-hydra-job')!;
  const files = filesOf({ ...fixture, input: _ });
  const [joined] = (await readTree(treeOf(files))).runs;
  const store = Object.fromEntries(Object.entries(files).filter(([path]) => path.includes('/mlruns/')));
  const [alone] = (await readTree(treeOf(store))).runs;
  expect(joined?.run.id).toBe(alone?.run.id);
  expect(joined?.run.sources.length).toBe(2);
  expect(alone?.run.sources.length).toBe(1);
});

test('a copy of the tracker’s run alone adds nothing to the run that it is part of, whichever is found first', async () => {
  const files = filesOf(fixtureCases.find(({ id }) => id === 'mlflow-file/in-hydra-job')!);
  const copy = (at: string) =>
    Object.fromEntries(
      Object.entries(files).flatMap(([path, bytes]) => (path.includes('/mlruns/') ? [[`${at}${path.replace(/^.*mlruns/, 'mlruns')}`, bytes]] : [])),
    );
  for (const at of ['a/', 'z/']) {
    const { runs } = await readTree(treeOf({ ...files, ...copy(at) }));
    expect(runs.map(({ run }) => [run.sources.length, run.issues.map(({ code }) => code)])).toEqual([[2, ['source-conflict']]]);
  }
});

test('media come along, and a bundle gives them back', async () => {
  const media = filesOf(fixtureCases.find(({ id }) => id === 'wandb/media')!);
  const alone = (await readTree(treeOf(media), { keepContents: true })).runs[0]!;
  const below = Object.fromEntries(Object.entries(media).map(([path, bytes]) => [`j/${path}`, bytes]));
  const before = await read({ ...hydra('j'), ...below, 'j/tb/events.out.tfevents.1.a': events('loss', 3, 2) }, { keepContents: true });
  expect(before.runs.map(({ run }) => run.sources.map(({ reader }) => reader))).toEqual([['wandb', 'hydra', 'tensorboard']]);
  const [joined] = before.runs;
  expect(joined?.run.media.map(({ name, kind, count, items }) => [name, kind, count, items?.length])).toEqual(
    alone.run.media.map(({ name, kind, count, items }) => [name, kind, count, items?.length]),
  );
  const items = joined?.run.media.flatMap((one) => one.items ?? []) ?? [];
  expect(items.some(({ content }) => content?.startsWith('wandb/'))).toBe(true);
  const kept = new Map(joined?.contents.map(({ path, bytes }) => [path, bytes]));
  const chunks: Uint8Array[] = [];
  await writeBundle(before.runs, async (chunk) => void chunks.push(chunk), new AbortController().signal);
  const after = await readTree(scriptedTree({ 'x.zip': new Uint8Array(Buffer.concat(chunks)) }, { named: 'x.zip' }), { keepContents: true });
  expect(after.runs[0]?.run).toEqual(joined?.run);
  expect(new Map(after.runs[0]?.contents.map(({ path, bytes }) => [path, bytes]))).toEqual(kept);
});

test('a table that names pictures names them from the run’s folder', () => {
  const read = readRunFromText('step', { id: 'a'.repeat(20) });
  const table = tableBytes({ columns: ['a'], rows: [[{ content: 'img/1.png', form: 'image' }], ['text']] }).bytes;
  const item = { step: 0, timeMs: null, index: 0, form: 'table', type: jsonType, content: '@media/0', size: table.length, caption: null } as const;
  const contents = [
    { path: '@media/0', bytes: table },
    { path: 'img/1.png', bytes: new Uint8Array([1]) },
  ];
  const run = {
    ...read.run,
    sources: [{ reader: 'wandb', files: [] }],
    artifacts: [{ path: 'img/1.png', size: 1, kind: 'file' as const }],
    media: [{ name: 't', kind: 'table', count: 1, items: [item] }],
  };
  const moved = relocated({ ...read, run, contents }, 'j/run', 'j', new Map());
  assertRunIntegrity(moved);
  expect(moved.contents.map(({ path }) => path)).toEqual(['@media/0', 'run/img/1.png']);
  expect(contentsOfTable(parseTable(moved.contents[0]!.bytes))).toEqual(['run/img/1.png']);
});
