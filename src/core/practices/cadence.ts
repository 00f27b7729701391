// How regularly a series was logged: its intervals in steps and in time.

import type { Points } from '../model/run';
import { orderBySteps } from '../series/restarts';
import { deviation, mean, quantile, sorted } from '../statistics/basic';

export interface Cadence {
  /** Intervals between points as logged, repeated steps and falls at restarts taken out. */
  readonly intervals: number;
  /** In steps. */
  readonly median: number;
  readonly commonest: number;
  /** Share of the intervals that equal the commonest. */
  readonly commonestShare: number;
  /** Standard deviation over mean of the intervals. */
  readonly variation: number;
  /** Intervals only grow, or only shrink: a schedule, not disorder. */
  readonly monotone: boolean;
  /** Standard deviation over mean of the intervals in time; null without times. */
  readonly timeVariation: number | null;
  /** Milliseconds since the epoch of the newest point; null without times. */
  readonly lastMs: number | null;
}

/** Intervals equal up to rounding of steps that are not whole, such as epochs. */
const tolerance = 1e-6;

/** More falls of the step than this share of the points are disorder of the file, not restarts. */
const mostRestarts = 0.1;

/** Null where no point has a step and none a time. O(n log n). */
export function cadenceOf({ steps, times, values }: Points): Cadence | null {
  const lastMs = times && newest(times);
  if (!steps || values.length === 0) return lastMs === null ? null : { ...noIntervals, lastMs };
  const { order, segments } = orderBySteps(steps);
  // After a restart the steps lie between those before it: intervals are taken within each stretch.
  const inFile = order === null || segments.length - 1 <= Math.max(1, mostRestarts * steps.length);
  const { gaps, pauses } = inFile ? gapsOf(steps, times) : gapsOf(pick(steps, order), times && pick(times, order));
  if (gaps.length === 0) return { ...noIntervals, lastMs };
  const ascending = sorted(gaps);
  const { value, share } = commonestOf(ascending);
  return {
    intervals: gaps.length,
    median: quantile(ascending, 0.5),
    commonest: value,
    commonestShare: share,
    variation: variationOf(gaps),
    monotone: isMonotone(gaps),
    timeVariation: pauses?.every(Number.isFinite) ? variationOf(pauses) : null,
    lastMs,
  };
}

/** Rises from one point to the next, with the time between. */
function gapsOf(steps: Float64Array, times: Float64Array | null): { readonly gaps: Float64Array; readonly pauses: Float64Array | null } {
  const gaps = new Float64Array(Math.max(0, steps.length - 1));
  const pauses = times && new Float64Array(gaps.length);
  let count = 0;
  for (let i = 1; i < steps.length; i++) {
    const gap = (steps[i] as number) - (steps[i - 1] as number);
    if (!(gap > 0) || gap === Number.POSITIVE_INFINITY) continue;
    gaps[count] = gap;
    if (pauses && times) pauses[count] = (times[i] as number) - (times[i - 1] as number);
    count += 1;
  }
  return { gaps: gaps.subarray(0, count), pauses: pauses?.subarray(0, count) ?? null };
}

function isMonotone(gaps: Float64Array): boolean {
  let grows = true;
  let shrinks = true;
  for (let i = 1; i < gaps.length; i++) {
    grows &&= (gaps[i] as number) >= (gaps[i - 1] as number) * (1 - tolerance);
    shrinks &&= (gaps[i] as number) <= (gaps[i - 1] as number) * (1 + tolerance);
  }
  return grows || shrinks;
}

const pick = (from: Float64Array, order: Uint32Array): Float64Array => Float64Array.from(order, (index) => from[index] as number);

const noIntervals = { intervals: 0, median: Number.NaN, commonest: Number.NaN, commonestShare: 0, variation: 0, monotone: true, timeVariation: null };

const variationOf = (gaps: Float64Array): number => (gaps.length < 2 ? 0 : deviation(gaps) / mean(gaps));

function commonestOf(ascending: Float64Array): { readonly value: number; readonly share: number } {
  let best = 0;
  let value = Number.NaN;
  for (let from = 0; from < ascending.length; ) {
    const first = ascending[from] as number;
    let to = from + 1;
    while (to < ascending.length && (ascending[to] as number) <= first * (1 + tolerance)) to += 1;
    if (to - from > best) {
      best = to - from;
      value = first;
    }
    from = to;
  }
  return { value, share: best / ascending.length };
}

function newest(times: Float64Array): number | null {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) if ((times[i] as number) > last) last = times[i] as number;
  return Number.isFinite(last) ? last : null;
}

/** Cadences of all series of a run. Series that were logged together share their steps and times, and are worked out once. */
export function cadencesOf(
  series: readonly { readonly stepsDigest: string | null; readonly timesDigest: string | null }[],
  points: readonly Points[],
): readonly (Cadence | null)[] {
  const known = new Map<string, Cadence | null>();
  return series.map(({ stepsDigest, timesDigest }, index) => {
    const one = points[index];
    if (!one) return null;
    const key = `${stepsDigest} ${timesDigest} ${one.values.length}`;
    const cadence = known.has(key) ? (known.get(key) ?? null) : cadenceOf(one);
    known.set(key, cadence);
    return cadence;
  });
}
