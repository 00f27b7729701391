// What a panel draws: counts that add up, ranges, envelopes, groups, and everything left out put into words.
import { expect, test } from 'vitest';
import type { Points } from '../../../src/core/model/run';
import { type DrawWish, drawPanel, type LineWish } from '../../../src/core/view/curves-draw';
import { badgeOf, notesOf, specOf } from '../../../src/core/view/curves-spec';
import { runStyle } from '../../../src/core/view/run-style';
import { columnsOf, lossCurve, plainWish, pointsOf } from '../../support/curves';

const seriesLine = (id: string): LineWish => ({ kind: 'series', id, series: id });

function draw(series: Readonly<Record<string, Points>>, more: Partial<DrawWish> = {}) {
  const wish = plainWish(more.lines ?? Object.keys(series).map(seriesLine), more);
  return { wish, drawing: drawPanel(wish, new Map(Object.entries(series).map(([key, points]) => [key, columnsOf(points)])), new Map()) };
}

test('a long curve is thinned and says so; a narrow window is drawn point by point', () => {
  const series = { a: lossCurve(1, 50_000) };
  const { drawing } = draw(series);
  expect(drawing.logged).toBe(50_000);
  expect(drawing.inWindow).toBe(50_000);
  expect(drawing.drawn).toBeLessThanOrEqual(600);
  const { drawing: zoomed } = draw(series, { x: { min: 1000, max: 3000 } });
  expect(zoomed.inWindow).toBe(201);
  expect(zoomed.drawn).toBe(201);
  expect(zoomed.extent).toEqual({ min: 0, max: 499_990 });
});

test('an envelope spans least and greatest of every bucket around the mean', () => {
  const values = Array.from({ length: 2000 }, (_, i) => (i === 777 ? 40 : i % 2));
  const { drawing } = draw({ a: pointsOf(...values) }, { envelope: true, buckets: 100 });
  const [line] = drawing.lines;
  const band = line?.band as Float64Array;
  expect([...band].filter((_, i) => i % 3 === 2)).toContain(40);
  expect(drawing.y).toEqual({ min: 0, max: 40 });
  for (let i = 0; i < band.length; i += 3) expect(band[i + 1] as number).toBeLessThanOrEqual(band[i + 2] as number);
});

test('smoothing keeps the stored points faint behind, or as an envelope', () => {
  const series = { a: lossCurve(2, 4000) };
  const smoothing = { kind: 'ema', weight: 0.9 } as const;
  expect(draw(series, { smoothing }).drawing.lines[0]?.raw).not.toBeNull();
  expect(draw(series, { smoothing, showRaw: false }).drawing.lines[0]?.raw).toBeNull();
  const { drawing } = draw(series, { smoothing, envelope: true });
  expect(drawing.lines[0]?.raw).toBeNull();
  expect(drawing.lines[0]?.band?.length).toBeGreaterThan(0);
});

test('a single point is a dot in a window around it', () => {
  const { drawing } = draw({ a: pointsOf(3) });
  expect([...(drawing.lines[0]?.dots ?? [])]).toEqual([0, 3]);
  expect(drawing.x).toEqual({ min: -0.5, max: 0.5 });
});

test('what is not a number is marked, and a log axis counts what it cannot show', () => {
  const { drawing, wish } = draw({ a: pointsOf(1, -1, Number.NaN, 0, Number.POSITIVE_INFINITY, 2) }, { logY: true });
  expect(drawing.lines[0]?.marks.map((mark) => [mark.kind, mark.x])).toEqual([
    ['nan', 2],
    ['plus', 4],
  ]);
  expect(drawing.nonPositive).toBe(2);
  expect(drawing.y).toEqual({ min: 1, max: 2 });
  expect(notesOf(drawing, wish)).toEqual(['2 points ≤ 0 cannot be shown on a log axis']);
});

test('clipping narrows the range and counts exactly what lies outside', () => {
  const values = Array.from({ length: 500 }, (_, i) => (i % 100 === 3 ? 1e6 : 1 + (i % 7) / 7));
  const { drawing, wish } = draw({ a: pointsOf(...values) }, { clipOutliers: true });
  expect(drawing.y?.max).toBeLessThan(10);
  expect(drawing.hidden).toBe(5);
  expect(notesOf(drawing, wish)).toEqual(['5 points outside the range (outliers clipped)']);
  expect(draw({ a: pointsOf(...values) }, { clipOutliers: true, settled: false }).drawing.hidden).toBe(-1);
});

test('a group has one line with a band and says how many speak; its members are counted once', () => {
  const lines: LineWish[] = [{ kind: 'group', id: 'g', members: ['a', 'b', 'c'] }, seriesLine('a')];
  const { drawing } = draw({ a: pointsOf(1, 2, 3), b: pointsOf(3, 4), c: pointsOf(5, 6, 7) }, { lines });
  const [group, member] = drawing.lines;
  expect([...(group?.line ?? [])]).toEqual([0, 3, 1, 4, 2, 5]);
  expect(group?.n).toEqual({ min: 2, max: 3 });
  expect([...(group?.band ?? [])].slice(0, 3)).toEqual([0, 1, 5]);
  expect(member?.id).toBe('a');
  expect(drawing).toMatchObject({ logged: 8, inWindow: 8, means: 3, drawn: 3 });
  expect(badgeOf({ ...drawing, partial: false })).toMatchObject({ text: '3 from 8', whole: true });
});

test('repeated steps and missing axes are told', () => {
  const restarted = { steps: Float64Array.from([0, 1, 2, 1, 2]), values: Float64Array.from([5, 4, 3, 2, 1]), times: null };
  const { drawing, wish } = draw({ a: restarted });
  expect(drawing).toMatchObject({ replaced: 2, logged: 5, inWindow: 3 });
  expect(notesOf(drawing, wish)).toEqual(['2 points logged again at the same step: the last is shown']);
});

test('the badge tells what is drawn of what was logged', () => {
  const badge = (drawn: number, inWindow: number, logged: number) => badgeOf({ drawn, inWindow, logged, means: 0, partial: false });
  expect(badge(600, 50_000, 50_000)).toMatchObject({ text: '600 of 50k', whole: false });
  expect(badge(201, 201, 50_000)).toMatchObject({ text: '201', whole: true, hint: expect.stringContaining('50,000 points logged') });
  expect(badge(90, 90, 90).hint).toBe('90 points logged, every one drawn.');
});

test('nothing to show is no error', () => {
  expect(draw({}).drawing).toMatchObject({ extent: null, x: null, y: null, lines: [], drawn: 0 });
  expect(draw({ a: pointsOf() }).drawing.extent).toBeNull();
  const { drawing } = draw({ a: pointsOf(Number.NaN, Number.NaN) });
  expect(drawing.y).toBeNull();
  expect(drawing.lines[0]?.marks[0]).toMatchObject({ kind: 'nan', count: 1 });
});

test('a spec has room on its axes, also for constants, huge values and log', () => {
  const looks = new Map([['a', { owner: 'r', label: 'run', style: runStyle(0), member: false }]]);
  const yOf = (points: Points, more: Partial<DrawWish> = {}) => {
    const { wish, drawing } = draw({ a: points }, more);
    return specOf('loss', wish, drawing, looks, { label: 'step', scale: 'linear' }).y;
  };
  expect(yOf(pointsOf(0.05, 0.99))).toMatchObject({ min: 0, max: 1 });
  expect(yOf(pointsOf(-0.02, 3)).min).toBeGreaterThan(-0.5);
  expect(yOf(pointsOf(10, 20))).toMatchObject({ min: 9.5, max: 20.5 });
  expect(yOf(pointsOf(5, 5, 5))).toMatchObject({ min: 4.5, max: 5.5 });
  expect(yOf(pointsOf(0, 0))).toMatchObject({ min: -1, max: 1 });
  for (const points of [pointsOf(-1.7e308, 1.7e308), pointsOf(1e308, 1e308), pointsOf(5e-324, 0)]) {
    const { min, max } = yOf(points);
    expect(max).toBeGreaterThan(min);
    expect(Number.isFinite(min) && Number.isFinite(max)).toBe(true);
  }
  const log = yOf(pointsOf(0.01, 10), { logY: true });
  expect(log.min).toBeGreaterThan(0);
  expect(log.min).toBeLessThan(0.01);
});
