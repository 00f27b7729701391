// What judges all runs: those that somebody looks at first, each once as it is, findings as they come.
import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/base/units';
import type { Run } from '../../../src/core/model/run';
import type { RoleStatement } from '../../../src/core/project/project';
import { refOf } from '../../../src/renderer/queries/run-refs';
import { createHealth, type HealthRequest, type HealthResult } from '../../../src/renderer/state/health';
import type { JobWish } from '../../../src/renderer/workers/analysis-client';
import { runFromText } from '../../support/run-from-text';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const drawn = (id: string, more = {}): Run => runFromText('step loss\n0 1\n1 0.5', { id, name: id, ...more });
const said = (ids: readonly RunId[]): HealthResult => ({ judged: ids.map((run) => ({ run, findings: [], notAssessed: [], clear: ['A-01'] })), failed: [] });

function setUp(count: number) {
  const runs = new Map(Array.from({ length: count }, (_, at) => drawn(`r${at}`)).map((run) => [run.id, run]));
  const asked: { readonly ids: readonly RunId[]; readonly background: boolean | undefined; readonly answer: (result?: HealthResult) => Promise<void> }[] = [];
  let first = new Set<RunId>();
  let roles: readonly RoleStatement[] = [];
  const health = createHealth({
    runs: () => runs,
    first: () => first,
    roles: () => roles,
    refOf,
    ask: (wish: JobWish) =>
      new Promise((resolve, reject) => {
        const ids = (wish.request as HealthRequest).runs.map(({ id }) => id);
        const answer = async (result?: HealthResult): Promise<void> => {
          if (result) resolve(result);
          else reject(new Error('no worker'));
          await turn();
        };
        asked.push({ ids, background: wish.background, answer });
      }),
  });
  const answerAll = async (): Promise<void> => {
    for (let at = 0; at < asked.length; at++) await asked[at]?.answer(said(asked[at]?.ids ?? []));
  };
  return {
    runs,
    asked,
    health,
    answerAll,
    show: (...ids: readonly string[]) => (first = new Set(ids as RunId[])),
    state: (next: typeof roles) => (roles = next),
  };
}

test('runs in charts come first, the rest follows in portions, all in the background', async () => {
  const { health, asked, answerAll, show } = setUp(40);
  show('r30', 'r31');
  health.refresh();
  await answerAll();
  expect(asked.map(({ ids }) => ids.length)).toEqual([2, 16, 16, 6]);
  expect(asked[0]?.ids).toEqual(['r30', 'r31']);
  expect(asked.every(({ background }) => background)).toBe(true);
  expect(health.store.getState().judged.size).toBe(40);
  health.refresh();
  expect(asked).toHaveLength(4);
});

test('what somebody looks at goes before all others, and tests wait for it', async () => {
  const { health, asked, answerAll } = setUp(40);
  health.refresh();
  const leave = health.want(['r39' as RunId]);
  await answerAll();
  expect(asked[1]).toMatchObject({ ids: ['r39'], background: false });
  expect(asked.slice(2).every(({ background }) => background)).toBe(true);
  leave();
});

test('a run that changed is judged again and keeps its findings meanwhile; one that is gone loses them', async () => {
  const { health, runs, asked, answerAll } = setUp(3);
  health.refresh();
  await answerAll();
  runs.set('r1' as RunId, drawn('r1', { notes: 'changed' }));
  runs.delete('r2' as RunId);
  health.refresh();
  expect([...health.store.getState().judged.keys()]).toEqual(['r0', 'r1']);
  expect(asked.at(-1)?.ids).toEqual(['r1']);
});

test('a statement about a metric judges the runs that have it', async () => {
  const { health, runs, asked, answerAll, state } = setUp(2);
  runs.set('other' as RunId, runFromText('step acc\n0 1', { id: 'other', name: 'other' }));
  health.refresh();
  await answerAll();
  state([{ metric: 'acc', role: 'accuracy', split: 'val', direction: 'max', unit: null }]);
  health.refresh();
  expect(asked.at(-1)?.ids).toEqual(['other']);
});

test('a failure is kept with its reason, and is not tried again until the run changes', async () => {
  const { health, asked } = setUp(2);
  health.refresh();
  await asked[0]?.answer();
  expect([...health.store.getState().failed]).toEqual([
    ['r0', 'no worker'],
    ['r1', 'no worker'],
  ]);
  health.refresh();
  expect(asked).toHaveLength(1);
});
