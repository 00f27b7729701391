// Points out of the store: read once, kept within a budget, never twice.
import { expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { memoLast } from '../../../src/renderer/queries/memo-last';
import { PointCache, requestKey } from '../../../src/renderer/queries/point-cache';
import { pointCacheOf, readPoints } from '../../../src/renderer/queries/use-points';
import type { AppStore, Overview } from '../../../src/renderer/storage/contract';

const overview = (count: number): Overview => ({ points: { steps: null, values: new Float64Array(count), times: null }, thinned: false });
const [a, b] = [runId('a'), runId('b')];

test('what was used longest ago goes first when there is no room', () => {
  const cache = new PointCache(3 * (100 * 8 + 128));
  for (const series of [0, 1, 2]) cache.set(requestKey({ run: a, series }, 'full'), overview(100));
  cache.get(requestKey({ run: a, series: 0 }, 'full'));
  cache.set(requestKey({ run: b, series: 0 }, 'full'), overview(100));
  const kept = [0, 1, 2].map((series) => cache.get(requestKey({ run: a, series }, 'full')) !== undefined);
  expect(kept).toEqual([true, false, true]);
  cache.drop(a);
  expect(cache.get(requestKey({ run: b, series: 0 }, 'full'))).toBeDefined();
  expect(cache.bytes).toBe(100 * 8 + 128);
  cache.set('huge', overview(1_000_000));
  expect(cache.get('huge')).toBeDefined();
});

test('one read per run, and none for what is there; a replaced run is read again', async () => {
  const reads: string[] = [];
  const storage = {
    overviews: async (id: string, series: readonly number[]) => {
      reads.push(`${id}:${series.join('+')}`);
      return series.map(() => overview(3));
    },
    points: async (id: string, series: readonly number[]) => {
      reads.push(`${id} full`);
      return series.map(() => overview(3).points);
    },
  } as unknown as AppStore;
  const requests = [
    { run: a, series: 0 },
    { run: b, series: 1 },
    { run: a, series: 2 },
  ];
  const signal = new AbortController().signal;
  expect((await readPoints(storage, requests, 'overview', signal)).size).toBe(3);
  await readPoints(storage, requests, 'overview', signal);
  expect(reads).toEqual(['a:0+2', 'b:1']);
  pointCacheOf(storage).drop(a);
  await readPoints(storage, requests, 'overview', signal);
  expect(reads.slice(2)).toEqual(['a:0+2']);
  await readPoints(storage, requests.slice(0, 1), 'full', signal);
  expect(reads.at(-1)).toBe('a full');
});

test('a wish that is no longer wished for stops reading', async () => {
  const abort = new AbortController();
  let reads = 0;
  const storage = {
    overviews: async () => {
      reads += 1;
      abort.abort(new Error('latest wins'));
      return [overview(1)];
    },
  } as unknown as AppStore;
  const requests = [a, b].map((run) => ({ run, series: 0 }));
  await expect(readPoints(storage, requests, 'overview', abort.signal)).rejects.toThrow('latest wins');
  expect(reads).toBe(1);
});

test('the last answer is given again for the same arguments', () => {
  let computed = 0;
  const sum = memoLast((x: number, y: number) => {
    computed += 1;
    return x + y;
  });
  expect([sum(1, 2), sum(1, 2), sum(2, 2), sum(Number.NaN, 1), sum(Number.NaN, 1)]).toEqual([3, 3, 4, Number.NaN, Number.NaN]);
  expect(computed).toBe(3);
});
