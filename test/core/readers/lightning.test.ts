// Version folders of Lightning's loggers, drawn as text.
import { describe, expect, test } from 'vitest';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { fileOf, scalar, version } from '../../support/event-file';
import { allIssues, readTree } from '../../support/read';

const read = (files: ScriptedFiles, name?: string) => readTree(scriptedTree(files, name === undefined ? {} : { name }));
const table = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;

async function runOf(files: ScriptedFiles) {
  const { runs, issues } = await read(files);
  expect(issues).toEqual([]);
  expect(runs).toHaveLength(1);
  const { run, points } = runs[0]!;
  return { run, series: Object.fromEntries(run.series.map(({ name }, at) => [name, points[at]!])) };
}

describe('metrics.csv', () => {
  test('empty cells are no points, nan and inf are; epoch is an axis', async () => {
    const { run, series } = await runOf({
      'logs/digits/version_3/hparams.yaml': 'lr: 0.1\n',
      'logs/digits/version_3/metrics.csv': table('epoch,step,"a, b",val/loss', '0,4,1.5,', '0,9,nan,', '0,9,,inf', '1,19,-0.0,0.25'),
    });
    expect(run).toMatchObject({ format: 'lightning', experiment: 'digits', status: 'unknown', startedMs: null, params: { lr: 0.1 } });
    expect([...series['a, b']!.values]).toEqual([1.5, Number.NaN, -0]);
    expect([...series['a, b']!.steps!]).toEqual([4, 9, 19]);
    expect([...series['val/loss']!.values]).toEqual([Number.POSITIVE_INFINITY, 0.25]);
    expect([...series.epoch!.steps!]).toEqual([4, 9, 19]);
    expect(series['val/loss']!.times).toBeNull();
    expect(run.issues).toEqual([]);
  });

  test('a line without its end is left out and told; so is text in a number column', async () => {
    const { run, series } = await runOf({ 'version_0/metrics.csv': 'step,loss\r\n1,0.5\r\n2,oops\r\n3,0.2' });
    expect([...series.loss!.values]).toEqual([0.5]);
    expect(run.issues.map(({ code, where }) => [code, where])).toEqual([
      ['truncated', 'line 4'],
      ['bad-value', 'line 3'],
    ]);
  });

  test('the id stays when a new metric rewrites the file, and is another for the same numbers in another version', async () => {
    const idOf = async (files: ScriptedFiles) => (await read(files)).runs[0]!.run.id;
    const rows = Array.from({ length: 20 }, (_, i) => `${i},0.${i}`);
    const id = await idOf({ 'x/version_0/metrics.csv': table('step,loss', ...rows) });
    const wider = rows.map((row) => `${row.split(',')[1]},,${row.split(',')[0]}`);
    expect(await idOf({ 'y/z/version_0/metrics.csv': table('loss,new,step', ...wider, ',7,20') })).toBe(id);
    expect(await idOf({ 'x/version_1/metrics.csv': table('step,loss', ...rows) })).not.toBe(id);
  });

  test('a table without steps, or outside a version folder, is left to others', async () => {
    const { runs } = await read({ 'version_0/metrics.csv': table('a,b', '1,2', '2,3'), 'other/metrics.csv': table('step,loss', '1,2', '2,3') });
    expect(runs.map(({ run }) => run.format)).not.toContain('lightning');
  });
});

describe('settings', () => {
  test('Python tags are data: tuples, classes, objects', async () => {
    const hparams =
      "act: !!python/name:torch.nn.ReLU ''\nbetas: !!python/tuple\n- 0.9\n- 0.99\ncfg: !!python/object:my.Config\n  seed: 7\n  depth: 1e-5\nnone: null\n";
    const { run } = await runOf({ 'version_0/hparams.yaml': hparams });
    expect(run.params).toEqual({ act: 'torch.nn.ReLU', betas: [0.9, 0.99], 'cfg.seed': 7, 'cfg.depth': 1e-5, none: null });
    expect(run.facts).toEqual([{ kind: 'seed', value: 7, evidence: [{ file: 'hparams.yaml', where: 'key cfg.seed', value: '7' }] }]);
  });

  test('config.yaml of the command line: params, seed, determinism, precision, version', async () => {
    const config = `# lightning.pytorch==2.6.6
seed_everything: 11
trainer:
  deterministic: true
  precision: 16-mixed
  devices: 2
  num_nodes: 3
model:
  class_path: my.Net
  init_args:
    lr: 0.02
`;
    const { run } = await runOf({
      'version_0/config.yaml': config,
      'version_0/hparams.yaml': 'lr: 0.02\n',
      'version_0/metrics.csv': table('step,loss', '1,1'),
    });
    expect(run.params).toMatchObject({ lr: 0.02, 'model.init_args.lr': 0.02, seed_everything: 11 });
    expect(Object.fromEntries(run.facts.map(({ kind, value }) => [kind, value]))).toEqual({
      seed: 11,
      determinism: { deterministic: true },
      precision: '16-mixed',
      world_size: 6,
      framework: { 'lightning.pytorch': '2.6.6' },
    });
    expect(run.artifacts.map(({ path }) => path)).toEqual(['config.yaml', 'hparams.yaml']);
  });

  test('a settings file that cannot be understood is an issue, and the curves stay', async () => {
    const { run } = await runOf({ 'version_0/hparams.yaml': 'a: [1, 2\n', 'version_0/metrics.csv': table('step,loss', '1,1') });
    expect(run.issues.map(({ code }) => code)).toEqual(['bad-record']);
    expect(run.series).toHaveLength(1);
  });
});

describe('event files', () => {
  const at = (step: number) => ({ step, at: 1700000000 + step });
  const events = fileOf(
    version(2, 1700000000),
    scalar('hp_metric', -1, at(0)),
    scalar('loss', 0.1, at(1)),
    scalar('epoch', 0, at(1)),
    scalar('epoch', 0, at(1)),
    scalar('loss', 0.2, at(2)),
    scalar('only', 5, at(2)),
  );

  test('the placeholder is left out, unless the user logged it', async () => {
    const { run } = await runOf({ 'version_0/hparams.yaml': '{}\n', 'version_0/events.out.tfevents.1.h.1.0': events });
    expect(run).toMatchObject({ format: 'lightning', startedMs: 1700000000000 });
    expect(run.series.map(({ name, count }) => [name, count])).toEqual([
      ['epoch', 1],
      ['loss', 2],
      ['only', 1],
    ]);
    const logged = fileOf(version(), scalar('hp_metric', -1, at(0)), scalar('hp_metric', 0.9, at(1)));
    expect((await runOf({ 'version_0/hparams.yaml': '{}\n', 'version_0/events.out.tfevents.1.h.1.0': logged })).series.hp_metric!.values).toHaveLength(2);
  });

  test('both loggers in one folder: exact values with wall times, each series once', async () => {
    const { series } = await runOf({
      'version_0/hparams.yaml': '{}\n',
      'version_0/metrics.csv': table('step,loss,csv_only', '1,0.1,', '2,0.2,3'),
      'version_0/events.out.tfevents.1.h.1.0': events,
    });
    expect(Object.keys(series)).toEqual(['csv_only', 'epoch', 'loss', 'only']);
    expect([...series.loss!.values]).toEqual([0.1, 0.2]);
    expect([...series.loss!.times!]).toEqual([1700000001000, 1700000002000]);
    expect(series.csv_only!.times).toBeNull();
  });

  test('both loggers that disagree: the one with more points counts', async () => {
    const { series } = await runOf({
      'version_0/hparams.yaml': '{}\n',
      'version_0/metrics.csv': table('step,loss', '1,0.1'),
      'version_0/events.out.tfevents.1.h.1.0': events,
    });
    expect([...series.loss!.values]).toEqual([Math.fround(0.1), Math.fround(0.2)]);
  });

  test('sub-runs of add_scalars belong to the version', async () => {
    const { run } = await runOf({
      'version_0/hparams.yaml': '{}\n',
      'version_0/events.out.tfevents.1.h.1.0': events,
      'version_0/cmp_a/events.out.tfevents.2.h.1.1': fileOf(version(), scalar('cmp', 1)),
    });
    expect(run.series.find(({ name }) => name === 'cmp')!.context).toEqual({ subrun: 'cmp_a' });
  });
});

test('checkpoints are listed with their step and never opened', async () => {
  const locked = {
    'version_0/metrics.csv': table('step,loss', '1,1'),
    'version_0/checkpoints/epoch=1-step=20.ckpt': 'not a zip',
    'version_0/checkpoints/last.ckpt/shard_0.pt': '',
  };
  const { run } = await runOf(locked);
  expect(run.facts).toMatchObject([
    {
      kind: 'checkpoint',
      value: [
        { path: 'checkpoints/epoch=1-step=20.ckpt', step: 20, digest: null },
        { path: 'checkpoints/last.ckpt', step: null, digest: null },
      ],
    },
  ]);
  expect(run.artifacts.map(({ path }) => path)).toEqual(['checkpoints/epoch=1-step=20.ckpt', 'checkpoints/last.ckpt/shard_0.pt']);
});

test('a version folder dropped by itself, and one that has just begun', async () => {
  const { runs } = await read({ 'metrics.csv': table('step,loss', '1,1') }, 'version_5');
  expect(runs[0]!.run).toMatchObject({ format: 'lightning', path: '.', experiment: null });
  const begun = await read({ 'version_0/hparams.yaml': 'lr: 1\n', 'version_0/metrics.csv': '' });
  expect(begun.runs[0]!.run.params).toEqual({ lr: 1 });
  expect(allIssues(begun)).toEqual([]);
});
