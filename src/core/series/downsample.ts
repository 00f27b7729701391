// A curve thinned to what a panel can show: least and greatest of every bucket, so no spike hides; few points are drawn as they are.

import { emptyStretch, type Pyramid, stretchOf } from './pyramid';

/** Part of the x axis, in the axis' own unit; buckets are even in log x on a log axis. */
export interface Window {
  readonly min: number;
  readonly max: number;
  readonly log: boolean;
}

export interface Column {
  /** Finite and non-falling. */
  readonly x: Float64Array<ArrayBuffer>;
  readonly pyramid: Pyramid;
}

export interface Thinned {
  /** Flat [x0, y0, x1, y1, …] in order of x; y is NaN at a gap. Every pair is a stored point. */
  readonly line: Float64Array<ArrayBuffer>;
  /** Rows of four, [x, mean, least, greatest, …], one per bucket, NaN at a gap; empty where every point is drawn. */
  readonly buckets: Float64Array<ArrayBuffer>;
  /** Stored points in the window. */
  readonly points: number;
  /** Stored points in `line` that lie in the window. */
  readonly drawn: number;
  /** Nothing was left out. */
  readonly exact: boolean;
}

/**
 * The part of a curve in a window, one point beyond it on either side included, so that lines run to the edge.
 * With at most `2 × buckets` points in the window all are drawn; otherwise the least and the greatest of each bucket, in the order in
 * which they occur. A bucket that holds only NaN or ±Infinity is a gap.
 */
export function thin({ x, pyramid }: Column, window: Window, buckets: number): Thinned {
  const y = pyramid.y;
  const lowest = window.log ? Math.max(window.min, Number.MIN_VALUE) : window.min;
  const from = firstAtLeast(x, lowest);
  const to = firstAbove(x, window.max);
  const before = from > 0 && !(window.log && (x[from - 1] as number) <= 0) ? from - 1 : from;
  const after = Math.min(x.length, to + 1);
  const points = to - from;
  if (points <= 2 * buckets) return { line: pairs(x, y, before, after), buckets: new Float64Array(0), points, drawn: points, exact: true };

  const line = new Float64Array(4 * buckets + 4);
  const summary = new Float64Array(4 * buckets + 8);
  const stretch = emptyStretch();
  let pair = 0;
  let filled = 0;
  let drawn = 0;
  const push = (at: number): void => {
    line[pair++] = x[at] as number;
    line[pair++] = y[at] as number;
  };
  const row = (at: number, mean: number, least: number, greatest: number): void => {
    summary[filled++] = at;
    summary[filled++] = mean;
    summary[filled++] = least;
    summary[filled++] = greatest;
  };
  const neighbour = (at: number): void => {
    push(at);
    row(x[at] as number, y[at] as number, y[at] as number, y[at] as number);
  };
  if (before < from) neighbour(before);
  let start = from;
  for (let bucket = 0; bucket < buckets && start < to; bucket++) {
    const end = bucket === buckets - 1 ? to : firstAtLeast(x, boundary(window, lowest, (bucket + 1) / buckets), start, to);
    if (end === start) continue;
    stretchOf(pyramid, start, end, stretch);
    const middle = ((x[start] as number) + (x[end - 1] as number)) / 2;
    if (stretch.finite === 0) {
      push(start);
      row(middle, Number.NaN, Number.NaN, Number.NaN);
    } else {
      const first = Math.min(stretch.least, stretch.greatest);
      const second = Math.max(stretch.least, stretch.greatest);
      push(first);
      if (second !== first) push(second);
      drawn += second === first ? 1 : 2;
      const [least, greatest] = [y[stretch.least] as number, y[stretch.greatest] as number];
      row(middle, meanOf(stretch.sum, stretch.finite, least, greatest), least, greatest);
    }
    start = end;
  }
  if (after > to) neighbour(to);
  return { line: line.slice(0, pair), buckets: summary.slice(0, filled), points, drawn, exact: false };
}

/** A curve with two edges, such as a group's centre with its band. All three share x. */
export interface Banded {
  readonly x: Float64Array<ArrayBuffer>;
  readonly lower: Pyramid;
  readonly upper: Pyramid;
}

/** Rows of three, [x, lower, upper, …]: the least of `lower` and the greatest of `upper` in each bucket, NaN where there is no band. */
export function thinBand({ x, lower, upper }: Banded, window: Window, buckets: number): Float64Array<ArrayBuffer> {
  const lowest = window.log ? Math.max(window.min, Number.MIN_VALUE) : window.min;
  const from = Math.max(0, firstAtLeast(x, lowest) - 1);
  const to = Math.min(x.length, firstAbove(x, window.max) + 1);
  const exact = to - from <= 2 * buckets;
  const rows: number[] = [];
  const [least, greatest] = [emptyStretch(), emptyStretch()];
  let start = from;
  for (let bucket = 0; start < to; bucket++) {
    const end = exact ? start + 1 : bucket >= buckets - 1 ? to : firstAtLeast(x, boundary(window, lowest, (bucket + 1) / buckets), start, to);
    if (end === start) continue;
    stretchOf(lower, start, end, least);
    stretchOf(upper, start, end, greatest);
    const spoken = least.finite > 0 && greatest.finite > 0;
    rows.push(
      ((x[start] as number) + (x[end - 1] as number)) / 2,
      spoken ? (lower.y[least.least] as number) : Number.NaN,
      spoken ? (upper.y[greatest.greatest] as number) : Number.NaN,
    );
    start = end;
  }
  return Float64Array.from(rows);
}

/** A sum of huge values may be infinite where their mean is not; the middle is then the best that can be said. */
const meanOf = (sum: number, count: number, least: number, greatest: number): number =>
  Number.isFinite(sum) ? Math.min(greatest, Math.max(least, sum / count)) : least / 2 + greatest / 2;

function boundary(window: Window, lowest: number, share: number): number {
  if (!window.log) return window.min * (1 - share) + window.max * share;
  return Math.exp(Math.log(lowest) * (1 - share) + Math.log(window.max) * share);
}

function pairs(x: Float64Array, y: Float64Array, from: number, to: number): Float64Array<ArrayBuffer> {
  const flat = new Float64Array(2 * (to - from));
  for (let i = from; i < to; i++) {
    flat[2 * (i - from)] = x[i] as number;
    flat[2 * (i - from) + 1] = y[i] as number;
  }
  return flat;
}

/** Index of the first x ≥ `value` in [from, to), `to` where there is none. x is non-falling. */
export function firstAtLeast(x: Float64Array, value: number, from = 0, to = x.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first x > `value`, the length where there is none. x is non-falling. */
export function firstAbove(x: Float64Array, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Flat pairs of points that no line reaches: finite, with a gap or an end on both sides. They need a dot to be seen. */
export function isolated(line: Float64Array): Float64Array<ArrayBuffer> {
  const dots: number[] = [];
  const finite = (i: number): boolean => i >= 0 && i < line.length && Number.isFinite(line[i + 1] as number);
  for (let i = 0; i < line.length; i += 2) if (finite(i) && !finite(i - 2) && !finite(i + 2)) dots.push(line[i] as number, line[i + 1] as number);
  return Float64Array.from(dots);
}
