// One pass over the values of a series: what tables and the command line show of it.

import type { Points, Series } from './run';

export type SeriesStatistics = Pick<
  Series,
  'count' | 'finite' | 'first' | 'last' | 'min' | 'max' | 'mean' | 'firstStep' | 'lastStep' | 'minStep' | 'maxStep'
> & { readonly nans: number };

/** Statistics over finite values; `mean` is Neumaier-compensated. First and last are as logged, non-finite ones too. */
export function statisticsOf({ steps, values }: Pick<Points, 'steps' | 'values'>): SeriesStatistics {
  const count = values.length;
  let finite = 0;
  let nans = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let minAt = -1;
  let maxAt = -1;
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    // Subtracting from itself is 0 for finite values only: one test for NaN and both infinities.
    if (value - value !== 0) {
      if (Number.isNaN(value)) nans++;
      continue;
    }
    finite++;
    if (value < min) {
      min = value;
      minAt = i;
    }
    if (value > max) {
      max = value;
      maxAt = i;
    }
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const mean = (sum + lost) / finite;
  return {
    count,
    finite,
    nans,
    first: count > 0 ? (values[0] as number) : null,
    last: count > 0 ? (values[count - 1] as number) : null,
    min: finite > 0 ? min : null,
    max: finite > 0 ? max : null,
    mean: finite === 0 ? null : Number.isFinite(mean) ? mean : scaledMean(values, finite),
    firstStep: stepAt(steps, 0),
    lastStep: stepAt(steps, count - 1),
    minStep: stepAt(steps, minAt),
    maxStep: stepAt(steps, maxAt),
  };
}

/** For sums beyond 1.8e308: divides before it adds. */
function scaledMean(values: Float64Array, finite: number): number {
  let mean = 0;
  for (const value of values) if (Number.isFinite(value)) mean += value / finite;
  return mean;
}

function stepAt(steps: Float64Array | null, index: number): number | null {
  const step = steps?.[index];
  return step === undefined || Number.isNaN(step) ? null : step;
}

/** Gives every NaN the one bit pattern that digests are over: 7ff8000000000000. */
export function canonicaliseNans(column: Float64Array<ArrayBuffer>): void {
  const words = new Uint32Array(column.buffer, column.byteOffset, 2 * column.length);
  for (let i = 0; i < column.length; i++) {
    if (!Number.isNaN(column[i])) continue;
    words[2 * i] = 0;
    words[2 * i + 1] = 0x7ff80000;
  }
}
