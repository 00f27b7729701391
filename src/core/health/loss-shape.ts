// The course of the training loss: where it starts, its best, where it ends, and since when it has been up. Shared by the rules on divergence and learning.

import type { PreparedRun } from './prepared-run';
import type { PreparedSeries } from './prepared-series';
import { medianOf } from './windows';

export interface LossShape {
  readonly series: PreparedSeries;
  readonly n: number;
  readonly first: number;
  /** Median of the first 5 % of the points, at least three. */
  readonly start: number;
  /** Median of the last 5 % of the points, at least three. */
  readonly end: number;
  readonly best: number;
  /** Place in the clean curve. */
  readonly bestPlace: number;
  readonly sigma: number;
  /** start − best; at least the smallest positive number. */
  readonly drop: number;
  /** The lowest it was known to be: the best, or the first value where the blow-up lies inside the first window. */
  readonly base: number;
  /** end − base. */
  readonly rise: number;
  /** rise / |base|. */
  readonly relative: number;
  /** Place from which the smoothed curve has stayed above base + 10 % of the rise; half-way in logarithms where it grew more than threefold. */
  readonly risePlace: number;
  /** Share of the points since the curve last lay below the middle between base and end (in logarithms where it grew more than threefold). */
  readonly upShare: number;
  /** The last point logged is not a number. */
  readonly endsBad: boolean;
  /** No value is negative. */
  readonly positive: boolean;
}

/** Null without a sure training objective or with fewer than three finite points. */
export const lossShapeOf = (prepared: PreparedRun): LossShape | null =>
  prepared.once('loss-shape', () => (prepared.trainObjective ? shapeOf(prepared.trainObjective) : null));

export function shapeOf(series: PreparedSeries): LossShape | null {
  const { values } = series.clean;
  const n = values.length;
  if (n < 3) return null;
  const k = Math.max(3, Math.floor(n / 20));
  const start = medianOf(values, 0, k);
  const end = medianOf(values, n - k, n);
  const { at, values: smooth } = series.smooth;
  const bestPlace = series.best;
  const bestAt = at.indexOf(bestPlace);
  const best = smooth[bestAt] as number;
  const first = values[0] as number;
  const base = Math.min(best, first);
  const rise = end - base;
  let low = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < low) low = value;
  const grew = base > 0 && end > 3 * Math.max(Math.min(start, first), Number.MIN_VALUE);
  const level = grew ? Math.sqrt(base * end) : base + 0.1 * rise;
  const riseAt = Math.min(smooth.length - 1, lastAtMost(smooth, level) + 1);
  const upAt = lastAtMost(smooth, grew ? level : base + 0.5 * rise) + 1;
  return {
    series,
    n,
    first,
    start,
    end,
    best,
    bestPlace,
    base,
    sigma: series.noise,
    drop: Math.max(start - base, Number.MIN_VALUE),
    rise,
    relative: rise / Math.max(Math.abs(base), Number.MIN_VALUE),
    risePlace: at[riseAt] as number,
    upShare: rise > 0 ? (smooth.length - upAt) / smooth.length : 0,
    endsBad: series.length > 0 && !Number.isFinite(series.valueAt(series.length - 1)),
    positive: low >= 0,
  };
}

/** Last index whose value is at most `level`; −1 where none is. */
function lastAtMost(values: Float64Array, level: number): number {
  for (let i = values.length - 1; i >= 0; i--) if ((values[i] as number) <= level) return i;
  return -1;
}
