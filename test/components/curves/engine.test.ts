// The worker's side: latest wish wins, long series come in two steps, probes tell stored points, memory stays within bounds.
import { expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import type { Points } from '../../../src/core/model/run';
import type { PlacedSeries } from '../../../src/core/view/curves-lines';
import type { MarkWish } from '../../../src/core/view/curves-marks';
import { ColumnCache, type ReadPoints } from '../../../src/renderer/features/curves/column-cache';
import { CurveEngine } from '../../../src/renderer/features/curves/engine';
import type { CurveReply } from '../../../src/renderer/features/curves/messages';
import { lossCurve, plainWish, pointsOf } from '../../support/curves';

const placed = (run: string, count: number, more: Partial<PlacedSeries> = {}): PlacedSeries => ({
  key: `${run}/0`,
  run: runId(run),
  index: 0,
  axis: { kind: 'step' },
  other: null,
  startedMs: null,
  stamp: '1',
  count,
  ...more,
});
const wishOf = (...series: PlacedSeries[]) => ({
  series,
  draw: plainWish(series.map((one) => ({ kind: 'series', id: one.key, series: one.key }))),
  marks: [] as readonly MarkWish[],
});
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function engineOver(read: ReadPoints) {
  const replies: CurveReply[] = [];
  const engine = new CurveEngine(new ColumnCache(read), (reply) => replies.push(reply), turn);
  const until = async (count: number): Promise<readonly CurveReply[]> => {
    for (let i = 0; i < 200 && replies.length < count; i++) await turn();
    return replies;
  };
  return { engine, replies, until };
}

test('of several wishes for a panel only the latest is worked on', async () => {
  const { engine, until } = engineOver(async () => [pointsOf(1, 2, 3)]);
  for (let id = 1; id <= 5; id++) engine.handle({ kind: 'draw', id, panel: 'p', wish: wishOf(placed('a', 3)) });
  engine.handle({ kind: 'draw', id: 6, panel: 'other', wish: wishOf(placed('a', 3)) });
  const replies = await until(2);
  await turn();
  expect(replies.map((reply) => reply.id)).toEqual([5, 6]);
  expect(replies[0]).toMatchObject({ kind: 'drawn', partial: false });
});

test('a long series is drawn from its overview first, then from every point', async () => {
  const asked: string[] = [];
  const long = lossCurve(1, 100_000);
  const { engine, until } = engineOver(async (_, series, detail) => {
    asked.push(detail);
    return series.map(() => (detail === 'full' ? long : lossCurve(1, 500)));
  });
  engine.handle({ kind: 'draw', id: 1, panel: 'p', wish: wishOf(placed('a', 100_000)) });
  const [first, second] = await until(2);
  expect(asked).toEqual(['overview', 'full']);
  expect(first).toMatchObject({ partial: true, drawing: { logged: 500 } });
  expect(second).toMatchObject({ partial: false, drawing: { logged: 100_000 } });
});

test('points are read once, and again when the run grew', async () => {
  let reads = 0;
  const { engine, until } = engineOver(async (_, series) => {
    reads += 1;
    return series.map(() => pointsOf(...Array.from({ length: reads * 3 }, (_, i) => i)));
  });
  engine.handle({ kind: 'draw', id: 1, panel: 'p', wish: wishOf(placed('a', 3)) });
  await until(1);
  engine.handle({ kind: 'draw', id: 2, panel: 'p', wish: wishOf(placed('a', 3)) });
  await until(2);
  expect(reads).toBe(1);
  engine.handle({ kind: 'draw', id: 3, panel: 'p', wish: wishOf(placed('a', 6, { stamp: '2' })) });
  const replies = await until(3);
  expect(reads).toBe(2);
  expect(replies[2]).toMatchObject({ drawing: { logged: 6 } });
});

test('a probe tells the nearest stored point, and statistics of a group', async () => {
  const { engine, until } = engineOver(async (run) => [run === 'a' ? pointsOf(1, Number.NaN, 3) : pointsOf(5, 6, 7)]);
  const wish = wishOf(placed('a', 3), placed('b', 3));
  const lines = [...wish.draw.lines, { kind: 'group', id: 'g', members: ['a/0', 'b/0'] } as const];
  engine.handle({ kind: 'draw', id: 1, panel: 'p', wish: { ...wish, draw: { ...wish.draw, lines, band: 'minmax' } } });
  await until(1);
  engine.handle({ kind: 'probe', id: 2, panel: 'p', x: 1.9, lines: ['a/0', 'g', 'nobody'] });
  const replies = await until(2);
  expect(replies[1]).toEqual({
    kind: 'probed',
    id: 2,
    probes: [
      { line: 'a/0', x: 2, y: 3, shown: 3, group: null },
      { line: 'g', x: 2, y: 5, shown: 5, group: { n: 2, lower: 3, upper: 7 } },
    ],
  });
});

test('a store that fails is told, and the next wish is answered', async () => {
  let broken = true;
  const { engine, until } = engineOver(async () => {
    if (broken) throw new Error('disk gone');
    return [pointsOf(1)];
  });
  engine.handle({ kind: 'draw', id: 1, panel: 'p', wish: wishOf(placed('a', 1)) });
  expect((await until(1))[0]).toEqual({ kind: 'failed', id: 1, panel: 'p', message: 'disk gone' });
  broken = false;
  engine.handle({ kind: 'draw', id: 2, panel: 'p', wish: wishOf(placed('a', 1)) });
  expect((await until(2))[1]).toMatchObject({ kind: 'drawn', id: 2 });
});

test('points are kept within the budget, those in use whatever it is', async () => {
  const read = async (_: unknown, series: readonly number[]): Promise<readonly Points[]> => series.map(() => pointsOf(...new Array<number>(100).fill(1)));
  const cache = new ColumnCache(read, 100 * 8 * 2 * 3);
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) await cache.load([placed(name, 100)], 'quick');
  expect(names.map((name) => cache.columns(placed(name, 100)) !== undefined)).toEqual([false, false, true, true, true]);
  const all = names.map((name) => placed(name, 100));
  await cache.load(all, 'quick');
  expect(all.every((ref) => cache.columns(ref) !== undefined)).toBe(true);
});
