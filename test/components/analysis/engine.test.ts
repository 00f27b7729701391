// The worker's side of judging: jobs over the real store, cancel between pieces of work, background work that makes way.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/base/units';
import type { AnyJob, Job, JobContext, RunRef } from '../../../src/renderer/registry/jobs';
import { openStore } from '../../../src/renderer/storage/dexie-store';
import { AnalysisEngine } from '../../../src/renderer/workers/analysis-engine';
import type { AnalysisReply } from '../../../src/renderer/workers/analysis-messages';
import { jobStoreOf } from '../../../src/renderer/workers/analysis-store';
import { readRunFromText } from '../../support/run-from-text';

const ticks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function setUp(jobs: readonly AnyJob[], store: JobContext['store'] = { runs: async () => [], points: async () => [], content: async () => null }) {
  const replies: AnalysisReply[] = [];
  let wake: (() => void) | null = null;
  let clock = 0;
  const engine = new AnalysisEngine({
    jobs: new Map(jobs.map((job) => [job.meta.id, job])),
    store,
    post: (reply) => {
      replies.push(reply);
      wake?.();
    },
    breath: ticks,
    // Every look at the clock is a turn later: each breath lets messages in.
    now: () => (clock += 20),
    explain: (error) => (error as Error).message,
  });
  const until = async (count: number): Promise<readonly AnalysisReply[]> => {
    while (replies.length < count) await new Promise<void>((resolve) => (wake = resolve));
    return replies;
  };
  const start = (id: number, job: string, request: unknown = null, background = false) => engine.handle({ kind: 'start', id, job, request, background });
  return { engine, start, until, replies };
}

/** Counts as far as it is told, a breath each time. */
const counting: Job<number, number> = {
  meta: { id: 'counting' },
  async run(upTo, { breathe, progress }) {
    for (let done = 0; done < upTo; done += 1) {
      progress({ done, total: upTo, label: 'numbers' });
      await breathe();
    }
    return upTo;
  },
};

test('a job reads runs and points of the store, and a run is read once per stamp', async () => {
  const app = await openStore({ name: 'analysis' });
  const read = readRunFromText('step loss\n0 1\n1 0.5', { id: 'a', name: 'first' });
  await app.put(read);
  let opened = 0;
  const store = jobStoreOf(async () => {
    opened += 1;
    return app;
  });
  const reading: Job<readonly RunRef[], unknown> = {
    meta: { id: 'reading' },
    async run(refs, context) {
      const runs = await context.store.runs(refs);
      const points = await Promise.all(runs.map((run) => context.store.points(run.id, [0])));
      return runs.map((run, at) => [run.name, ...(points[at]?.[0]?.values ?? [])]);
    },
  };
  const { start, until } = setUp([reading], store);
  const gone = { id: 'gone' as RunId, stamp: 1 };
  start(1, 'reading', [{ id: read.run.id, stamp: 1 }, gone]);
  expect((await until(1)).at(-1)).toEqual({ kind: 'done', id: 1, result: [['first', 1, 0.5]] });
  await app.put({ ...read, run: { ...read.run, name: 'second' } });
  start(2, 'reading', [{ id: read.run.id, stamp: 1 }]);
  expect((await until(2)).at(-1)).toMatchObject({ result: [['first', 1, 0.5]] });
  start(3, 'reading', [{ id: read.run.id, stamp: 2 }]);
  expect((await until(3)).at(-1)).toMatchObject({ result: [['second', 1, 0.5]] });
  expect(opened).toBeGreaterThan(0);
  app.close();
});

test('progress is told, a failure is a value, a job that is not there as well', async () => {
  const broken: Job<null, never> = { meta: { id: 'broken' }, run: () => Promise.reject(new Error('all NaN')) };
  const { start, until, replies } = setUp([counting, broken]);
  start(1, 'broken');
  await until(1);
  start(2, 'nothing');
  expect(await until(2)).toEqual([
    { kind: 'failed', id: 1, message: 'all NaN' },
    { kind: 'failed', id: 2, message: "there is no job 'nothing'" },
  ]);
  start(3, 'counting', 30);
  while (!replies.some(({ kind }) => kind === 'done')) await until(replies.length + 1);
  const told = replies.filter((reply) => reply.kind === 'progress');
  expect(told.length).toBeGreaterThan(1);
  expect(told.length).toBeLessThan(30);
});

test('a cancel ends a job at its next breath', async () => {
  const { engine, start, replies, until } = setUp([counting]);
  start(1, 'counting', Number.POSITIVE_INFINITY);
  await until(1);
  engine.handle({ kind: 'cancel', id: 1 });
  while (replies.at(-1)?.kind !== 'ended') await until(replies.length + 1);
  const after = replies.length;
  await ticks();
  expect(replies).toHaveLength(after);
});

test('background work makes way until the foreground is done, or until it is raised', async () => {
  const { engine, start, replies } = setUp([counting]);
  const ended = (): readonly number[] => replies.filter(({ kind }) => kind === 'done').map(({ id }) => id);
  const until = async (count: number) => {
    while (ended().length < count) await ticks();
  };
  start(1, 'counting', 3, true);
  start(2, 'counting', 20);
  await until(2);
  expect(ended()).toEqual([2, 1]);
  start(3, 'counting', 3, true);
  start(4, 'counting', 40);
  engine.handle({ kind: 'raise', id: 3 });
  await until(4);
  expect(ended()).toEqual([2, 1, 3, 4]);
  start(5, 'counting', 3, true);
  start(6, 'counting', Number.POSITIVE_INFINITY);
  await ticks();
  engine.handle({ kind: 'cancel', id: 5 });
  while (!replies.some(({ kind, id }) => kind === 'ended' && id === 5)) await ticks();
  engine.handle({ kind: 'cancel', id: 6 });
  while (!replies.some(({ kind, id }) => kind === 'ended' && id === 6)) await ticks();
  expect(ended()).toHaveLength(4);
});
