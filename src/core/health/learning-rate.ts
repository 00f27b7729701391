// The learning rate as logged: warmup, drops, cycles, and how it ends.

import type { PreparedSeries } from './prepared-series';

export interface LearningRate {
  readonly series: PreparedSeries;
  readonly peak: number;
  readonly peakStep: number;
  readonly constant: boolean;
  readonly allZero: boolean;
  /** The rate rose from at most half its peak: place in the clean curve where the climb ends, else null. */
  readonly warmupEnd: number | null;
  /** Places in the clean curve after falls of 20 % and more within one interval, cosine tails below a tenth of the peak left out. */
  readonly drops: readonly number[];
  /** At least two rises after the first peak. */
  readonly cyclic: boolean;
  /** Ends below 2 % of its peak: the schedule is used up. */
  readonly spent: boolean;
}

/** Facts of one series; null without finite points. */
function factsOf(series: PreparedSeries): LearningRate | null {
  const { steps, values } = series.clean;
  const n = values.length;
  if (n === 0) return null;
  let peakAt = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    if ((values[i] as number) > (values[peakAt] as number)) peakAt = i;
    least = Math.min(least, values[i] as number);
  }
  const peak = values[peakAt] as number;
  const drops: number[] = [];
  let rises = 0;
  let rising = false;
  for (let i = 1; i < n; i++) {
    const before = values[i - 1] as number;
    const here = values[i] as number;
    if (here <= 0.8 * before && before >= 0.1 * peak) drops.push(i);
    const up = here > before * (1 + 1e-9);
    if (up && !rising && i > peakAt) rises += 1;
    if (up) rising = true;
    else if (here < before * (1 - 1e-9)) rising = false;
  }
  // The first peak may not be the greatest: count climbs over the whole curve less the first one.
  const climbs = climbsOf(values);
  return {
    series,
    peak,
    peakStep: steps[peakAt] as number,
    constant: peak - least <= 1e-9 * Math.abs(peak),
    allZero: peak === 0 && least === 0,
    warmupEnd: (values[0] as number) <= 0.5 * peak && climbs.count <= 1 ? climbs.firstEnd : null,
    drops,
    cyclic: rises >= 2 || climbs.count >= 3,
    spent: n > 2 && (values[n - 1] as number) < 0.02 * peak,
  };
}

/** Climbs by at least a fifth of the range, and where the first ends (99 % of the greatest value). */
function climbsOf(values: Float64Array): { readonly count: number; readonly firstEnd: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const step = 0.2 * (high - low);
  let count = 0;
  let bottom = values[0] as number;
  let top = values[0] as number;
  let climbing = false;
  for (const value of values) {
    if (climbing) {
      top = Math.max(top, value);
      if (top - value >= step) {
        climbing = false;
        bottom = value;
      }
    } else {
      bottom = Math.min(bottom, value);
      if (step > 0 && value - bottom >= step) {
        climbing = true;
        count += 1;
        top = value;
      }
    }
  }
  const firstEnd = values.findIndex((value) => value >= high - 0.01 * Math.abs(high));
  return { count, firstEnd };
}

/** Of several param groups the one with the greatest peak, as a schedule multiplies them alike. */
export function learningRateOf(series: readonly PreparedSeries[]): LearningRate | null {
  let best: LearningRate | null = null;
  for (const one of series) {
    if (one.role !== 'learning-rate') continue;
    const facts = factsOf(one);
    if (facts && (!best || facts.peak > best.peak)) best = facts;
  }
  return best;
}
