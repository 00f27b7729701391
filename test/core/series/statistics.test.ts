// Smoothing, group statistics and Student's t against definitions and published values.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupCurve } from '../../../src/core/series/group';
import { type Smoothing, smooth } from '../../../src/core/series/smooth';
import { tQuantile } from '../../../src/core/statistics/student';

const f64 = (values: readonly number[]): Float64Array<ArrayBuffer> => Float64Array.from(values);
const evenly = (n: number): Float64Array<ArrayBuffer> => f64([...new Array(n).keys()]);

const ways: readonly Smoothing[] = [
  { kind: 'ema', weight: 0.9 },
  { kind: 'gaussian', sigma: 3 },
  { kind: 'mean', points: 7 },
];

const rough = fc.array(
  fc.oneof({ weight: 8, arbitrary: fc.double({ noNaN: true, min: -1e9, max: 1e9 }) }, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)),
  {
    maxLength: 120,
  },
);

test.each(ways)('$kind: gaps stay, length stays, values stay within the data', (way) =>
  fc.assert(
    fc.property(rough, fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 120, maxLength: 120 }), (list, gaps) => {
      const y = f64(list);
      let at = 0;
      const x = f64(list.map((_, i) => (at += gaps[i] as number)));
      const out = smooth(x, y, way);
      const finite = list.filter(Number.isFinite);
      const [low, high] = [Math.min(...finite), Math.max(...finite)];
      const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
      expect(out.length).toBe(y.length);
      const plain = finite.length < 3 || low === high;
      for (let i = 0; i < list.length; i++) {
        if (plain) expect(out[i]).toBe(y[i]);
        else if (!Number.isFinite(list[i])) expect(out[i]).toBeNaN();
        else {
          expect(out[i]).toBeGreaterThanOrEqual(low - slack);
          expect(out[i]).toBeLessThanOrEqual(high + slack);
        }
      }
    }),
  ),
);

test.each(ways)('$kind: constants and lines of two points stay to the last bit', (way) => {
  expect([...smooth(evenly(9), new Float64Array(9).fill(0.1 + 0.2), way)]).toEqual(new Array(9).fill(0.1 + 0.2));
  expect([...smooth(evenly(2), f64([1, 5]), way)]).toEqual([1, 5]);
  expect([...smooth(evenly(3), f64([1, Number.NaN, 5]), way)]).toEqual([1, Number.NaN, 5]);
});

test.each(ways)('$kind: huge values neither overflow nor leave a trace', (way) => {
  const y = new Float64Array(400).fill(1);
  y[0] = 1.7e308;
  y[1] = 1.7e308;
  y[2] = 1.6e308;
  y[3] = 2;
  const out = smooth(evenly(400), y, way);
  expect(out.every(Number.isFinite)).toBe(true);
  if (way.kind !== 'ema') expect(out[399]).toBe(1);
});

test('even spacing: the debiased exponential average of TensorBoard', () => {
  const y = f64([5, 3, 4, 1, 7, 2, 2.5]);
  let last = 0;
  const wanted = [...y].map((value, i) => {
    last = last * 0.6 + 0.4 * value;
    return last / (1 - 0.6 ** (i + 1));
  });
  const got = smooth(evenly(7), y, { kind: 'ema', weight: 0.6 });
  for (const [i, value] of wanted.entries()) expect(got[i]).toBeCloseTo(value, 12);
});

test('time-weighted: a long pause forgets more than a short one', () => {
  const y = f64([10, 10, 0, 0]);
  const near = smooth(f64([0, 1, 2, 10]), y, { kind: 'ema', weight: 0.5 })[2] as number;
  const far = smooth(f64([0, 1, 9, 10]), y, { kind: 'ema', weight: 0.5 })[2] as number;
  expect(far).toBeLessThan(near);
});

test('running mean and Gaussian agree with their definitions', () => {
  const y = f64([3, 1, Number.NaN, 8, 2, 9, 4, 4, 7, 0, 6, 5, 3]);
  const x = f64([0, 1, 2, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15]);
  const spacing = 15 / 12;
  const weigh = (weight: (i: number, j: number) => number) =>
    [...y].map((at, i) => {
      if (Number.isNaN(at)) return Number.NaN;
      let [sum, mass] = [0, 0];
      for (let j = 0; j < y.length; j++) {
        if (Number.isNaN(y[j])) continue;
        sum += weight(i, j) * (y[j] as number);
        mass += weight(i, j);
      }
      return sum / mass;
    });
  const mean = weigh((i, j) => (Math.abs(i - j) <= 2 ? 1 : 0));
  for (const [i, value] of smooth(x, y, { kind: 'mean', points: 5 }).entries()) if (!Number.isNaN(mean[i])) expect(value).toBeCloseTo(mean[i] as number, 10);
  const bell = weigh((i, j) => {
    const d = ((x[i] as number) - (x[j] as number)) / (2 * spacing);
    return Math.abs(d) <= 3 ? Math.exp(-0.5 * d * d) : 0;
  });
  for (const [i, value] of smooth(x, y, { kind: 'gaussian', sigma: 2 }).entries()) if (!Number.isNaN(bell[i])) expect(value).toBeCloseTo(bell[i] as number, 10);
});

test('Student’s t as in the tables', () => {
  for (const [df, t] of [
    [1, 12.7062047364],
    [2, 4.30265272975],
    [4, 2.7764451052],
    [10, 2.22813885199],
    [30, 2.0422724563],
    [1000, 1.96233907856],
  ] as const)
    expect(tQuantile(0.95, df)).toBeCloseTo(t, 8);
  expect(tQuantile(0.99, 5)).toBeCloseTo(4.03214298355, 8);
  expect(tQuantile(0.95, 0)).toBeNaN();
});

test('mean and bands of members that share their steps', () => {
  const x = evenly(2);
  const members = [f64([1, 10]), f64([2, 20]), f64([6, 60])].map((y) => ({ x, y }));
  const std = groupCurve(members, 'mean', 'std');
  expect([...std.centre]).toEqual([3, 30]);
  expect(std.upper[0]).toBeCloseTo(3 + Math.sqrt(7), 12);
  expect([...std.n]).toEqual([3, 3]);
  expect(std.interpolated).toBe(false);
  expect(groupCurve(members, 'mean', 'stderr').upper[0]).toBeCloseTo(3 + Math.sqrt(7 / 3), 12);
  expect(groupCurve(members, 'mean', 'ci95').upper[0]).toBeCloseTo(3 + 4.30265272975 * Math.sqrt(7 / 3), 8);
  expect(groupCurve(members, 'median', 'minmax')).toMatchObject({ centre: f64([2, 20]), lower: f64([1, 10]), upper: f64([6, 60]) });
});

test('members speak only between their ends, and n says how many', () => {
  const group = groupCurve(
    [
      { x: f64([0, 10]), y: f64([0, 10]) },
      { x: f64([4, 5, 6]), y: f64([8, Number.NaN, 8]) },
    ],
    'mean',
    'std',
  );
  expect([...group.x]).toEqual([0, 4, 5, 6, 10]);
  expect([...group.n]).toEqual([1, 2, 1, 2, 1]);
  expect([...group.centre]).toEqual([0, 6, 5, 7, 10]);
  expect(group.lower[0]).toBeNaN();
  expect(group.interpolated).toBe(true);
});

test('the centre lies between the least and the greatest, whatever the members', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      (rows) => {
        const members = rows.map((row) => ({ x: evenly(3), y: f64(row) }));
        for (const centre of ['mean', 'median'] as const) {
          const group = groupCurve(members, centre, 'minmax');
          for (let i = 0; i < 3; i++) {
            const [low, high] = [group.lower[i] as number, group.upper[i] as number];
            expect(low).toBeLessThanOrEqual(high);
            const slack = 1e-12 * Math.max(Math.abs(low), Math.abs(high));
            expect(group.centre[i]).toBeGreaterThanOrEqual(low - slack);
            expect(group.centre[i]).toBeLessThanOrEqual(high + slack);
          }
        }
      },
    ),
  ));
