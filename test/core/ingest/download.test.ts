import { expect, test } from 'vitest';
import type { ClaimMark, IngestEvent, IngestOptions } from '../../../src/core/ingest/contract';
import { type Downloaded, download } from '../../../src/core/ingest/download';
import type { RunEvent } from '../../../src/core/model/events';
import { tracker } from '../../../src/core/readers/mlflow-server/tracker';
import { HttpError } from '../../../src/core/source/http';
import { defaultLimits } from '../../../src/core/source/reader';
import type { Connection, ListedRun } from '../../../src/core/source/tracker';

const query = { projects: [], filter: null, since: null };
const options: IngestOptions = {
  signal: new AbortController().signal,
  limits: defaultLimits,
  keepContents: false,
  asset: () => Promise.reject(new Error('none')),
};

const listed = (id: number, mark = 'a'): ListedRun => ({
  nativeId: `run${id}`,
  project: '1',
  name: `run ${id}`,
  status: 'finished',
  startedMs: null,
  user: null,
  mark,
});

/** A tracker in memory: each run one point. `read` may be told to fail at a run. */
function drawn(
  pages: readonly (readonly ListedRun[])[],
  failAt: Readonly<Record<string, HttpError>> = {},
  runsAtOnce = 2,
): Connection & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    server: 'Drawn 1',
    user: null,
    runsAtOnce,
    async *projects() {},
    async *runs() {
      yield* pages;
    },
    async *read(runs): AsyncGenerator<RunEvent> {
      for (const [run, { nativeId }] of runs.entries()) {
        asked.push(nativeId);
        yield { kind: 'begin', run, identity: { nativeId }, path: nativeId };
        const failure = failAt[nativeId];
        if (failure) throw failure;
        yield { kind: 'series', run, series: 0, key: { name: 'loss', context: {} } };
        yield { kind: 'points', run, series: 0, steps: Float64Array.of(0), values: Float64Array.of(1), times: null };
        yield { kind: 'end', run };
      }
    },
  };
}

async function all(connection: Connection, known?: Readonly<Record<string, string>>) {
  const events: IngestEvent[] = [];
  const reading = download({ tracker, connection, query, source: 0 }, known ? { ...options, known } : options);
  let sum: Downloaded | undefined;
  while (!sum) {
    const next = await reading.next();
    if (next.done) sum = next.value;
    else events.push(next.value);
  }
  const runs = events.flatMap((event) => (event.kind === 'run' ? [event.read.run.nativeId] : []));
  const issues = events.flatMap((event) => (event.kind === 'issue' ? [event.issue] : []));
  const claims = events.flatMap((event): readonly ClaimMark[] => (event.kind === 'claims' ? event.claims : []));
  return { runs, issues, claims, sum };
}

const knownOf = (claims: readonly ClaimMark[]) => Object.fromEntries(claims.map(({ key, mark }) => [key, mark]));

test('every run once, also where a page is turned while runs arrive', async () => {
  const connection = drawn([[listed(3), listed(2)], [listed(2), listed(1)], [listed(0)]]);
  const { runs, sum } = await all(connection);
  expect([...runs].sort()).toEqual(['run0', 'run1', 'run2', 'run3']);
  expect(sum).toMatchObject({ listed: 4, read: 4, known: 0, failed: 0, stopped: null });
  expect(connection.asked.length).toBe(4);
});

test('a second time only what changed is read', async () => {
  const { claims } = await all(drawn([[listed(1), listed(2), listed(3)]]));
  const again = await all(drawn([[listed(4), listed(1), listed(2, 'b'), listed(3)]]), knownOf(claims));
  expect([...again.runs].sort()).toEqual(['run2', 'run4']);
  expect(again.sum).toMatchObject({ listed: 4, known: 2, read: 2 });
});

test('a run that fails is left out with a word, and the others are read', async () => {
  const failure = new HttpError('server-error', 'It failed.', 'http://t/x');
  const { runs, issues, claims, sum } = await all(drawn([[1, 2, 3, 4].map((id) => listed(id))], { run2: failure }));
  expect([...runs].sort()).toEqual(['run1', 'run3', 'run4']);
  expect(issues).toMatchObject([{ code: 'server-error', message: 'It failed. One run was left out.', file: 'http://t/x' }]);
  expect(sum).toMatchObject({ failed: 1, stopped: null });
  expect(claims.length).toBe(3);
});

test('a server that is gone ends it, keeps what was read, and the next time goes on from there', async () => {
  const gone = new HttpError('unreachable', 'It is gone.', 'http://t/');
  const pages = [Array.from({ length: 20 }, (_, id) => listed(id))];
  const first = await all(drawn(pages, { run6: gone }));
  expect(first.sum.stopped).toBe(gone);
  expect(first.runs).toContain('run5');
  expect(first.runs.length).toBeLessThan(12);
  expect(first.issues.at(-1)).toMatchObject({ code: 'unreachable', severity: 'critical' });
  expect(first.issues.at(-1)?.message).toContain(`${first.runs.length} of 20 runs were read and kept`);
  const second = await all(drawn(pages), knownOf(first.claims));
  expect([...first.runs, ...second.runs].sort()).toEqual(pages[0]?.map(({ nativeId }) => nativeId).sort());
});

test('a run that was cut in the middle is not given: it would take the place of a whole one', async () => {
  const cut = new HttpError('cut-off', 'Cut.', 'http://t/');
  const { runs, claims } = await all(drawn([[listed(1)]], { run1: cut }));
  expect(runs).toEqual([]);
  expect(claims).toEqual([]);
});

test('a cancel ends it with its reason', async () => {
  const controller = new AbortController();
  const connection = drawn([Array.from({ length: 50 }, (_, id) => listed(id))]);
  const reading = download({ tracker, connection, query, source: 0 }, { ...options, signal: controller.signal });
  await reading.next();
  controller.abort(new Error('cancelled'));
  await expect(
    (async () => {
      for (;;) if ((await reading.next()).done) return;
    })(),
  ).rejects.toThrow('cancelled');
});
