// Statistics of a group of curves at each x: centre, band, and how many members speak.

import { quantile } from '../statistics/basic';
import { tQuantile } from '../statistics/student';

export type Centre = 'mean' | 'median';
/** Sample standard deviation, standard error of the mean, 95 % t-interval of the mean, or least and greatest. */
export type Band = 'std' | 'stderr' | 'ci95' | 'minmax' | 'none';

export interface Member {
  /** Finite and non-falling. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** One entry per x of the union of the members' x. */
export interface GroupCurve {
  readonly x: Float64Array<ArrayBuffer>;
  readonly centre: Float64Array<ArrayBuffer>;
  /** NaN where a band cannot be said: one member for std, stderr and ci95. */
  readonly lower: Float64Array<ArrayBuffer>;
  readonly upper: Float64Array<ArrayBuffer>;
  /** Members with a finite value there. */
  readonly n: Uint32Array<ArrayBuffer>;
  /** Some members had no point of their own at some x and were interpolated between their neighbours. */
  readonly interpolated: boolean;
}

/**
 * Aligns curves on the union of their x and takes statistics at each. A member speaks only between its first and its last point: it is
 * interpolated linearly between its own neighbouring points, never carried beyond its end, and silent next to a gap. n says how many spoke.
 * Of points with equal x a member's last counts. std uses n − 1. For `median`, std, stderr and ci95 still spread around the mean.
 */
export function groupCurve(members: readonly Member[], centre: Centre, band: Band): GroupCurve {
  const x = unionOf(members);
  const count = x.length;
  const out = {
    x,
    centre: new Float64Array(count).fill(Number.NaN),
    lower: new Float64Array(count).fill(Number.NaN),
    upper: new Float64Array(count).fill(Number.NaN),
    n: new Uint32Array(count),
  };
  const cursors = members.map((member) => new Cursor(member));
  const values = new Float64Array(members.length);
  for (let i = 0; i < count; i++) {
    let n = 0;
    for (const cursor of cursors) {
      const value = cursor.at(x[i] as number);
      if (Number.isFinite(value)) values[n++] = value;
    }
    out.n[i] = n;
    if (n === 0) continue;
    const spoken = values.subarray(0, n);
    const mean = meanOf(spoken);
    const [lower, upper] = bandOf(spoken, mean, band);
    out.centre[i] = centre === 'mean' ? mean : quantile(spoken.slice().sort(), 0.5);
    out.lower[i] = lower;
    out.upper[i] = upper;
  }
  return { ...out, interpolated: cursors.some((cursor) => cursor.interpolated) };
}

/** Mean without overflow; rounding never puts it outside the values. */
function meanOf(values: Float64Array): number {
  let mean = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    mean = mean * (i / (i + 1)) + value / (i + 1);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return Math.min(high, Math.max(low, mean));
}

function bandOf(values: Float64Array, mean: number, band: Band): readonly [lower: number, upper: number] {
  const n = values.length;
  if (band === 'none') return [Number.NaN, Number.NaN];
  if (band === 'minmax') return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  if (n < 2) return [Number.NaN, Number.NaN];
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((values[i] as number) - mean) ** 2;
  const std = Math.sqrt(squares / (n - 1));
  const half = band === 'std' ? std : (std / Math.sqrt(n)) * (band === 'ci95' ? tQuantile(0.95, n - 1) : 1);
  return [mean - half, mean + half];
}

/** All x of all members, each once, rising. */
function unionOf(members: readonly Member[]): Float64Array<ArrayBuffer> {
  const total = members.reduce((sum, member) => sum + member.x.length, 0);
  const all = new Float64Array(total);
  let at = 0;
  for (const { x } of members) {
    all.set(x, at);
    at += x.length;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < total; i++) if (kept === 0 || all[i] !== all[kept - 1]) all[kept++] = all[i] as number;
  return all.slice(0, kept);
}

/** Walks along one member while x rises. */
class Cursor {
  interpolated = false;
  #next = 0;

  constructor(readonly member: Member) {}

  at(x: number): number {
    const { x: xs, y: ys } = this.member;
    while (this.#next < xs.length && (xs[this.#next] as number) <= x) this.#next += 1;
    const before = this.#next - 1;
    if (before < 0) return Number.NaN;
    const x0 = xs[before] as number;
    const y0 = ys[before] as number;
    if (x0 === x) return y0;
    if (this.#next >= xs.length) return Number.NaN;
    const y1 = ys[this.#next] as number;
    if (!Number.isFinite(y0) || !Number.isFinite(y1)) return Number.NaN;
    this.interpolated = true;
    const share = (x - x0) / ((xs[this.#next] as number) - x0);
    return y0 * (1 - share) + y1 * share;
  }
}
