// A y range that a few wild points do not ruin, and how many points it hides.

import { quantile } from '../statistics/basic';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Least and greatest finite value of flat pairs; null where there is none. `positive` leaves out what a log axis cannot show. */
export function rangeOf(lines: readonly Float64Array[], positive = false): Range | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    for (let i = 1; i < line.length; i += 2) {
      const value = line[i] as number;
      if (!Number.isFinite(value) || (positive && value <= 0)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? { min, max } : null;
}

/**
 * The range between the 5th and the 95th percentile of the values, widened by half of it on either side, and never beyond the data.
 * Null where that hides nothing. On a log axis percentiles and widening are in log y.
 * @param values finite values in any order; sorted in place
 */
export function robustRange(values: Float64Array, log = false): Range | null {
  const sorted = values.sort();
  const positive = log ? sorted.subarray(firstPositive(sorted)) : sorted;
  if (positive.length < 8) return null;
  const to = log ? Math.log : (y: number): number => y;
  const from = log ? Math.exp : (y: number): number => y;
  const low = to(quantile(positive, 0.05));
  const high = to(quantile(positive, 0.95));
  const slack = (high - low) / 2;
  const least = positive[0] as number;
  const greatest = positive[positive.length - 1] as number;
  // All but a few values equal: any range would hide every other value, which is not what clipping is for.
  if (!(slack > 0)) return null;
  const range = { min: Math.max(least, from(low - slack)), max: Math.min(greatest, from(high + slack)) };
  return range.min > least || range.max < greatest ? range : null;
}

/** Finite values outside a range. */
export function countOutside(y: Float64Array, range: Range, from = 0, to = y.length): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const value = y[i] as number;
    if (Number.isFinite(value) && (value < range.min || value > range.max)) count += 1;
  }
  return count;
}

function firstPositive(sorted: Float64Array): number {
  let at = 0;
  while (at < sorted.length && (sorted[at] as number) <= 0) at += 1;
  return at;
}
