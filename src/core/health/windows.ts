// Medians and means of stretches of a curve.

import { median } from '../statistics/basic';

/** Median of values[from, to), cut to what there is; NaN of nothing. NaN values are left out. */
export const medianOf = (values: Float64Array, from: number, to: number): number =>
  median(values.subarray(Math.max(0, Math.floor(from)), Math.min(values.length, Math.ceil(to))).filter((value) => !Number.isNaN(value)));

/** Mean of values[from, to); NaN of nothing. */
export function meanOf(values: Float64Array, from = 0, to = values.length): number {
  let sum = 0;
  const start = Math.max(0, Math.floor(from));
  const end = Math.min(values.length, Math.ceil(to));
  for (let i = start; i < end; i++) sum += values[i] as number;
  return sum / (end - start);
}

/** Least and greatest value; null of nothing. */
export function extremesOf(values: Float64Array): { readonly low: number; readonly high: number } | null {
  if (values.length === 0) return null;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
