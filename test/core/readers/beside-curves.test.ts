// What trackers keep beside their curves: captured output, free-form values, settings one folder below, tables of the training's own.
import { expect, test } from 'vitest';
import type { ReadRun } from '../../../src/core/model/run';
import { filesOf, fixtureCases, treeOf } from '../../support/fixtures';
import { readTree } from '../../support/read';

type Files = Record<string, Uint8Array | string>;

/** A fixture's files with some more, read as one folder. */
async function readWith(id: string, more: Files) {
  const fixture = fixtureCases.find((one) => one.id === id);
  if (!fixture) throw new Error(`no fixture ${id}`);
  const bytes = Object.fromEntries(
    Object.entries(more).map(([path, content]) => [path, typeof content === 'string' ? new TextEncoder().encode(content) : content]),
  );
  return readTree(treeOf({ ...filesOf(fixture), ...bytes }), { keepContents: true });
}
const at = (runs: readonly ReadRun[], path: string): ReadRun => {
  const found = runs.find(({ run }) => run.path === path);
  if (!found) throw new Error(`no run at ${path}: ${runs.map(({ run }) => run.path).join(', ')}`);
  return found;
};

test('Sacred: what was written into info is in the summary, the output can be looked at, the index of metrics is not repeated', async () => {
  const { runs } = await readWith('sacred/file-storage-0.8.7', {
    'sacred_runs/3/info.json': '{"metrics": [{"id": "1", "name": "loss"}], "best": {"epoch": 4, "acc": 0.5}, "note": "ok"}',
    'sacred_runs/3/cout.txt': 'epoch 1\nepoch 2\n',
  });
  const { run, contents } = at(runs, 'sacred_runs/3');
  expect(run.summary).toMatchObject({ 'info.best.epoch': 4, 'info.best.acc': 0.5, 'info.note': 'ok' });
  expect(Object.keys(run.summary).filter((name) => name.startsWith('info.metrics'))).toEqual([]);
  expect(run.artifacts.map(({ path }) => path)).toContain('cout.txt');
  expect(new TextDecoder().decode(contents.find(({ path }) => path === 'cout.txt')?.bytes)).toBe('epoch 1\nepoch 2\n');
});

test('ClearML: configuration objects are params as they were written, the console is listed', async () => {
  const folder = 'offline-55346f4386b44993b36f4690c4ad09e4';
  const fixture = fixtureCases.find(({ id }) => id === 'clearml/sweep-offline')!;
  const task = JSON.parse(new TextDecoder().decode(filesOf(fixture)[`${folder}/task.json`])) as Record<string, unknown>;
  const text = 'model:\n  layers: [24, 10]\n';
  const { runs } = await readWith('clearml/sweep-offline', {
    [`${folder}/task.json`]: JSON.stringify({
      ...task,
      configuration: { model: { name: 'model', type: 'yaml', value: text }, empty: { name: 'empty', value: '' } },
    }),
  });
  const { run } = at(runs, folder);
  expect(run.params['configuration/model']).toBe(text);
  expect(Object.keys(run.params)).not.toContain('configuration/empty');
  expect(run.artifacts.map(({ path }) => path)).toContain('log.jsonl');
});

test('Stable-Baselines3: RL Zoo’s settings one folder below are params, with the seed', async () => {
  const { runs } = await readTree(
    treeOf({
      'ppo/CartPole-v1_1/0.monitor.csv': new TextEncoder().encode('#{"t_start": 1795420000.5, "env_id": "CartPole-v1"}\nr,l,t\n10,10,0.1\n20,20,0.2\n'),
      'ppo/CartPole-v1_1/CartPole-v1/config.yml': new TextEncoder().encode(
        '!!python/object/apply:collections.OrderedDict\n- - - batch_size\n    - 64\n  - - policy\n    - MlpPolicy\n',
      ),
      'ppo/CartPole-v1_1/CartPole-v1/args.yml': new TextEncoder().encode(
        '!!python/object/apply:collections.OrderedDict\n- - - algo\n    - ppo\n  - - seed\n    - 5\n',
      ),
    }),
  );
  expect(runs.map(({ run }) => [run.format, run.params])).toEqual([['sb3', { batch_size: 64, policy: 'MlpPolicy', 'args.algo': 'ppo', 'args.seed': 5 }]]);
  expect(runs[0]?.run.facts.find(({ kind }) => kind === 'seed')).toMatchObject({ value: 5, evidence: [{ file: 'CartPole-v1/args.yml' }] });
});

test('Guild: a table of the training is read, but for what the event files have', async () => {
  const id = '1521fbbe2f5c46b98952e1d71eaf17fa';
  const before = at((await readWith('guild/runs-0.9.0', {})).runs, `runs/${id}`).run;
  const known = before.series[0]!.name;
  const { run, points } = at(
    (await readWith('guild/runs-0.9.0', { [`runs/${id}/log.csv`]: `step,fresh_loss,${known},name\n0,3,99,a\n5,2,99,a\n` })).runs,
    `runs/${id}`,
  );
  expect(run.series.map(({ name }) => name)).toEqual([...before.series.map(({ name }) => name), 'fresh_loss'].sort());
  const fresh = run.series.findIndex(({ name }) => name === 'fresh_loss');
  expect([[...points[fresh]!.steps!], [...points[fresh]!.values]]).toEqual([
    [0, 5],
    [3, 2],
  ]);
  expect(run.series.find(({ name }) => name === known)?.valuesDigest).toBe(before.series[0]!.valuesDigest);
  expect(run.id).toBe(before.id);
});

test('DVC: experiments that lie in git alone are told, with the way to them', async () => {
  const { issues } = await readWith('dvclive/dvc-project-3.49', { '.git/refs/exps/c3/ff1f/fast-hare': '9e44559be8beb70cde53db28bd54cf5f32e30d6a\n' });
  expect(issues.filter(({ code }) => code === 'unsupported').map(({ tip }) => tip)).toEqual([
    'Open experiments.csv itself to see their params and last values.',
  ]);
  const bare = filesOf(fixtureCases.find(({ id }) => id === 'dvclive/dvc-project-3.49')!);
  delete bare['experiments.csv'];
  delete bare['experiments.json'];
  const { issues: told } = await readTree(
    treeOf({
      ...bare,
      '.git/refs/exps/c3/ff1f/fast-hare': new TextEncoder().encode('9e44\n'),
      '.git/refs/exps/c3/ff1f/slow-fox': new TextEncoder().encode('1f48\n'),
    }),
  );
  expect(told.map(({ message, severity }) => [message, severity])).toEqual([['2 experiments lie in git alone and were not read.', 'info']]);
});
