import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { gathered } from '../../../src/core/readers/tensorboard/server-runs';
import { json } from '../../host/http/serving';
import { asked } from './asking';

const environment = { version: '2.21.0', data_location: 'logs', debug: { flags: { samples_per_plugin: { scalars: 3 } } } };

/** What a server answers by path, besides its environment; 404 for all else. */
const answering =
  (answers: Readonly<Record<string, (response: ServerResponse) => void>>) => (request: { readonly url?: string | undefined }, response: ServerResponse) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const answer = { '/data/environment': (to: ServerResponse) => json(to, environment), ...answers }[path];
    if (answer) answer(response);
    else response.writeHead(404).end();
  };

test('runs are gathered as their folders are', () => {
  const of = (...names: string[]) => Object.fromEntries([...gathered(names)].map(([run, members]) => [run, members.map(({ below }) => below)]));
  expect(of('a', 'a/loss_train', 'b', 'c/d')).toEqual({ a: ['.', 'loss_train'], b: ['.'], 'c/d': ['.'] });
  expect(of('x/train', 'x/validation', 'train')).toEqual({ x: ['train', 'validation'], '.': ['train'] });
  expect(of('.', 'a', 'b/c')).toEqual({ '.': ['.', 'a', 'b/c'] });
  expect(of('a\\b', 'a\\b\\1795667126.6')).toEqual({ 'a/b': ['.', '1795667126.6'] });
});

test('a server without multirun and without the plugin of hyperparameters is read run by run; long curves are told', async () => {
  const { runs, issues } = await asked(
    'tensorboard',
    answering({
      '/data/runs': (to) => json(to, ['old', 'new', 7]),
      '/data/plugin/scalars/tags': (to) => json(to, { new: { loss: {} }, old: { loss: {} }, empty: {}, odd: 3 }),
      '/data/plugin/scalars/scalars': (to) =>
        to.writeHead(200, { 'content-type': 'application/json' }).end('[[1.5, 0, "NaN"], [2.5, 9007199254740993, 1], "row", [3.5, 2, "-Infinity"], [1]]'),
    }),
  );
  expect(issues).toEqual([]);
  expect(runs.map(({ run }) => [run.name, run.startedMs])).toEqual([
    ['new', 1500],
    ['old', 1500],
  ]);
  const [first] = runs;
  expect(first?.run.series).toMatchObject([{ name: 'loss', count: 3, finite: 1, lastStep: 2 }]);
  expect(first?.run.issues.map(({ code }) => code).sort()).toEqual(['precision', 'sampled']);
});

test('where hyperparameters cannot be had the curves are read, and the run says so', async () => {
  const { runs } = await asked(
    'tensorboard',
    answering({
      '/data/runs': (to) => json(to, ['a']),
      '/data/plugin/scalars/tags': (to) => json(to, { a: { loss: {} } }),
      '/data/plugin/hparams/session_groups': (to) => to.writeHead(400).end('<h1>Bad Request</h1>'),
      '/data/plugin/scalars/scalars_multirun': (to) => json(to, { a: [[1, 0, 0.5]], other: [[1, 0, 0.5]] }),
    }),
  );
  expect(runs.map(({ run }) => [run.name, run.series.length, run.issues.map(({ message }) => message.split(':')[0])])).toEqual([
    ['a', 1, ['Hyperparameters were left out']],
  ]);
});

test('a list of sessions that never ends is not asked for without end, and a filter that is none is refused', async () => {
  const group = { name: 'g', hparams: { lr: 0.1 }, sessions: [{ name: 'a', status: 'STATUS_RUNNING', startTimeSecs: 5, endTimeSecs: 0 }] };
  const answers = answering({
    '/data/runs': (to) => json(to, []),
    '/data/plugin/scalars/tags': (to) => json(to, {}),
    '/data/plugin/hparams/session_groups': (to) => json(to, { sessionGroups: [group], totalSize: 1e12 }),
  });
  const { runs, paths } = await asked('tensorboard', answers);
  expect(paths.length).toBeLessThan(110);
  expect(runs.map(({ run }) => run)).toMatchObject([{ name: 'a', status: 'running', group: 'g', params: { lr: 0.1 }, startedMs: 5000, endedMs: null }]);
  await expect(asked('tensorboard', answers, { filter: '(' })).rejects.toThrow('regular expression');
});

test('a server that was told to give no points says why there are none', async () => {
  const { runs } = await asked(
    'tensorboard',
    answering({
      '/data/environment': (to) => json(to, { data_location: 'logs', debug: { flags: { samples_per_plugin: { scalars: 0 } } } }),
      '/data/runs': (to) => json(to, ['a']),
      '/data/plugin/scalars/tags': (to) => json(to, { a: { loss: {} } }),
      '/data/plugin/scalars/scalars_multirun': (to) => json(to, { a: [] }),
    }),
  );
  expect(runs.map(({ run }) => run.issues.map(({ code, severity }) => [code, severity]))).toEqual([[['sampled', 'warn']]]);
});
