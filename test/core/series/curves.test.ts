// Axes, restarts, thinning, ranges and tooltips of curves: what is shown is stored, and nothing vanishes uncounted.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Points } from '../../../src/core/model/run';
import { curveOn } from '../../../src/core/series/axis';
import { firstAbove, firstAtLeast, isolated, thin } from '../../../src/core/series/downsample';
import { nearestCurves, nearestIndex } from '../../../src/core/series/nearest';
import { nonFiniteMarks } from '../../../src/core/series/nonfinite';
import { countOutside, rangeOf, robustRange } from '../../../src/core/series/outliers';
import { emptyStretch, pyramidOf, stretchOf } from '../../../src/core/series/pyramid';
import { orderBySteps } from '../../../src/core/series/restarts';
import { quantile } from '../../../src/core/statistics/basic';

const f64 = (values: readonly number[]): Float64Array<ArrayBuffer> => Float64Array.from(values);

/** Rows of `step value [time]`; `-` is not logged. */
function points(text: string): Points {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const column = (at: number) => (rows[0]?.[at] === undefined || rows[0][at] === '-' ? null : f64(rows.map((row) => Number(row[at]))));
  return { steps: column(0), values: column(1) as Float64Array<ArrayBuffer>, times: column(2) };
}

const wild = fc.oneof(
  { weight: 6, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }) },
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e308, -1e308, 0),
);
/** Non-falling x and any y, of one length. */
const curve = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), wild), { minLength: 1, maxLength: 400 }).map((rows) => {
  let at = 0;
  return { x: f64(rows.map(([dx]) => (at += dx))), y: f64(rows.map(([, y]) => y)) };
});

test('a curve over steps shows the last value at a step, segments in file order', () => {
  const { x, y, replaced, segments, logged } = curveOn(
    { kind: 'step' },
    points(`
      0 1.0
      1 0.9
      2 0.8
      1 0.7
      2 0.6
      3 0.5`),
    { startedMs: null },
  ) as NonNullable<ReturnType<typeof curveOn>>;
  expect([[...x], [...y]]).toEqual([
    [0, 1, 2, 3],
    [1, 0.7, 0.6, 0.5],
  ]);
  expect({ replaced, segments, logged }).toEqual({ replaced: 2, segments: 2, logged: 6 });
});

test('order by steps agrees with a map that keeps the last', () =>
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constant(Number.NaN)), { maxLength: 60 }), (list) => {
      const steps = f64(list);
      const { order, replaced, unplaced } = orderBySteps(steps);
      const last = new Map<number, number>();
      for (const [i, step] of list.entries()) if (Number.isFinite(step)) last.set(step, i);
      const shown = order ? [...order] : list.map((_, i) => i);
      expect(shown).toEqual([...last].sort((a, b) => a[0] - b[0]).map(([, i]) => i));
      expect(shown.length + replaced + unplaced).toBe(list.length);
    }),
  ));

test('without steps the index is the step', () => {
  expect([...(curveOn({ kind: 'step' }, { steps: null, values: f64([5, 6]), times: null }, { startedMs: null })?.x ?? [])]).toEqual([0, 1]);
});

test('time axes show every point in order of time', () => {
  const logged = points(`
    0 1 5000
    1 2 6000
    0 3 4000
    1 4 NaN`);
  expect(curveOn({ kind: 'wall' }, logged, { startedMs: null })).toMatchObject({ x: f64([4000, 5000, 6000]), y: f64([3, 1, 2]), unplaced: 1, replaced: 0 });
  expect([...(curveOn({ kind: 'relative' }, logged, { startedMs: 3000 })?.x ?? [])]).toEqual([1, 2, 3]);
  expect([...(curveOn({ kind: 'relative' }, logged, { startedMs: 9000 })?.x ?? [])]).toEqual([0, 1, 2]);
  expect(curveOn({ kind: 'wall' }, points('0 1'), { startedMs: null })).toBeNull();
});

test('another metric as x: what was last logged at or before the step, never interpolated', () => {
  const other = points(`
    2 0.5
    4 1.5`);
  const joined = curveOn(
    { kind: 'metric', name: 'epoch' },
    points(`
      1 9
      2 8
      3 7
      4 6`),
    { startedMs: null, other },
  );
  expect(joined).toMatchObject({ x: f64([0.5, 0.5, 1.5]), y: f64([8, 7, 6]), unplaced: 1 });
  expect(curveOn({ kind: 'epoch' }, points('0 1'), { startedMs: null })).toBeNull();
});

test('the pyramid agrees with a plain scan on any stretch', () => {
  const y = Float64Array.from({ length: 9001 }, (_, i) =>
    i % 97 === 0 ? Number.NaN : i % 501 === 0 ? Number.POSITIVE_INFINITY : Math.sin(i * 12.9898) * 1000,
  );
  const pyramid = pyramidOf(y);
  expect(pyramid.levels.length).toBeGreaterThan(1);
  fc.assert(
    fc.property(fc.nat(y.length), fc.nat(y.length), (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const got = emptyStretch();
      stretchOf(pyramid, from, to, got);
      const finite = [...y.subarray(from, to)].filter(Number.isFinite);
      expect(got.finite).toBe(finite.length);
      if (finite.length === 0) return;
      expect(y[got.least]).toBe(Math.min(...finite));
      expect(y[got.greatest]).toBe(Math.max(...finite));
      expect(got.sum).toBeCloseTo(
        finite.reduce((sum, value) => sum + value, 0),
        5,
      );
    }),
  );
});

test('thinning draws stored points only, in order, and never loses the extremes', () =>
  fc.assert(
    fc.property(
      curve,
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ({ x, y }, buckets, a, b) => {
        const end = x.at(-1) as number;
        const window = { min: Math.min(a, b) * end, max: Math.max(a, b) * end, log: false };
        const result = thin({ x, pyramid: pyramidOf(y) }, window, buckets);
        const inside = [...x.keys()].filter((i) => (x[i] as number) >= window.min && (x[i] as number) <= window.max);
        expect(result.points).toBe(inside.length);
        expect(result.exact).toBe(inside.length <= 2 * buckets);
        const drawn: [number, number][] = [];
        for (let i = 0; i < result.line.length; i += 2) drawn.push([result.line[i] as number, result.line[i + 1] as number]);
        for (const [at, value] of drawn) expect([...x.keys()].some((i) => x[i] === at && Object.is(y[i], value))).toBe(true);
        for (let i = 1; i < drawn.length; i++) expect((drawn[i] as [number, number])[0]).toBeGreaterThanOrEqual((drawn[i - 1] as [number, number])[0]);
        expect(drawn.length).toBeLessThanOrEqual(2 * buckets + 2);
        const finite = inside.map((i) => y[i] as number).filter(Number.isFinite);
        if (finite.length > 0) {
          const shown = drawn.map(([, value]) => value);
          expect(shown).toContain(Math.max(...finite));
          expect(shown).toContain(Math.min(...finite));
        }
      },
    ),
  ));

test('one spike in a hundred thousand points survives a hundred buckets', () => {
  const y = new Float64Array(100_000).fill(1);
  y[54_321] = 50;
  const { line, drawn, points: inWindow } = thin({ x: f64([...y.keys()]), pyramid: pyramidOf(y) }, { min: 0, max: 99_999, log: false }, 100);
  expect(rangeOf([line])).toEqual({ min: 1, max: 50 });
  expect(line).toContain(54_321);
  expect(drawn).toBeLessThanOrEqual(200);
  expect(inWindow).toBe(100_000);
});

test('a log axis spreads buckets over decades and leaves x ≤ 0 out', () => {
  const x = f64([...new Array(10_000).keys()]);
  const { line } = thin({ x, pyramid: pyramidOf(x) }, { min: 1, max: 9999, log: true }, 40);
  const xs = [...line].filter((_, i) => i % 2 === 0);
  expect(Math.min(...xs)).toBe(1);
  expect(xs.filter((at) => at < 100).length).toBeGreaterThan(15);
});

test('a bucket of NaN alone is a gap; a lone point between gaps gets a dot', () => {
  const y = new Float64Array(1000).fill(2);
  y.fill(Number.NaN, 400, 500);
  const { line } = thin({ x: f64([...y.keys()]), pyramid: pyramidOf(y) }, { min: 0, max: 999, log: false }, 50);
  expect([...line].some((value, i) => i % 2 === 1 && Number.isNaN(value))).toBe(true);
  expect([...isolated(f64([0, 1, 1, Number.NaN, 2, 3, 3, Number.NaN]))]).toEqual([0, 1, 2, 3]);
  expect([...isolated(f64([0, 1, 1, 2]))]).toEqual([]);
});

test('non-finite points are marked with their kind, and counted', () => {
  const marks = nonFiniteMarks(
    f64([0, 1, 2, 3, 4]),
    f64([1, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    { min: 0, max: 4, log: false },
    2,
  );
  expect(marks).toEqual([
    { kind: 'nan', x: 1, count: 1 },
    { kind: 'nan', x: 2, count: 1 },
    { kind: 'plus', x: 3, count: 1 },
    { kind: 'minus', x: 4, count: 1 },
  ]);
});

test('every non-finite point in the window is counted once', () =>
  fc.assert(
    fc.property(curve, fc.integer({ min: 1, max: 9 }), ({ x, y }, buckets) => {
      const counted = nonFiniteMarks(x, y, { min: x[0] as number, max: x.at(-1) as number, log: false }, buckets).reduce((sum, mark) => sum + mark.count, 0);
      expect(counted).toBe([...y].filter((value) => !Number.isFinite(value)).length);
    }),
  ));

test('clipping ignores a few wild values and counts what it hides', () => {
  const y = Float64Array.from({ length: 200 }, (_, i) => 1 + (i % 10) / 10);
  y[7] = 900;
  const range = robustRange(y.slice());
  expect(range?.max).toBeLessThan(5);
  expect(countOutside(y, range as NonNullable<typeof range>)).toBe(1);
  expect(robustRange(new Float64Array(50).fill(3))).toBeNull();
  expect(robustRange(f64([1, 2, 900]))).toBeNull();
});

test('quantiles by linear interpolation', () => {
  expect(quantile(f64([1, 2, 3, 4]), 0.5)).toBe(2.5);
  expect(quantile(f64([1, 2, 3, 4]), 0.25)).toBe(1.75);
  expect(quantile(f64([5]), 0.9)).toBe(5);
});

test('searches agree with plain scans', () =>
  fc.assert(
    fc.property(curve, fc.double({ min: -5, max: 1000, noNaN: true }), ({ x }, at) => {
      const first = [...x].findIndex((value) => value >= at);
      expect(firstAtLeast(x, at)).toBe(first < 0 ? x.length : first);
      const above = [...x].findIndex((value) => value > at);
      expect(firstAbove(x, at)).toBe(above < 0 ? x.length : above);
      const nearest = nearestIndex(x, at);
      expect(Math.abs((x[nearest] as number) - at)).toBe(Math.min(...[...x].map((value) => Math.abs(value - at))));
    }),
  ));

test('the tooltip lists the curve under the cursor first, and not a curve that ended', () => {
  const line = (level: number, length: number) => f64([...new Array(length).keys()].flatMap((i) => [i * 10, level]));
  const projection = { toX: (x: number) => x, toY: (y: number) => y };
  const near = nearestCurves([line(10, 50), line(100, 50), line(60, 50), line(64, 3)], { x: 300, y: 65 }, 300, projection, 2);
  expect(near).toEqual([
    { curve: 2, distance: 5 },
    { curve: 1, distance: 35 },
  ]);
});
