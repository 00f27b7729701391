// Statistics that a few wild values do not move: noise of a curve, running medians, distances in robust deviations.

import { quantile } from './basic';

/** MAD × this estimates σ of a normal distribution. */
export const madToSigma = 1.4826;

/** Modified z of a value: 0.6745 (x − median) / MAD (Iglewicz and Hoaglin 1993); 3.5 is the classic cut for outliers. `floor` keeps the MAD from vanishing. */
export const modifiedZ = (value: number, centre: number, spread: number, floor = 0): number => (0.6745 * (value - centre)) / Math.max(spread, floor);

/** Of longer curves so many neighbouring pairs are looked at, evenly spread: a median needs no more. */
const mostPairs = 1000;

/**
 * σ of the noise about a curve that itself moves slowly: 1.4826 · median |x[i] − x[i−1]| / √2 over the last 75 % of the points.
 * 0 for fewer than three.
 */
export function curveNoise(values: Float64Array): number {
  const from = Math.floor(values.length / 4);
  const count = values.length - from - 1;
  if (count < 2) return 0;
  const pairs = Math.min(count, mostPairs);
  const steps = new Float64Array(pairs);
  for (let i = 0; i < pairs; i++) {
    const at = from + Math.floor((i * count) / pairs);
    steps[i] = Math.abs((values[at + 1] as number) - (values[at] as number));
  }
  return (madToSigma * quantile(steps.sort(), 0.5)) / Math.SQRT2;
}

/** A window of values kept in order: median and MAD in O(log n), a change in O(n) moved octets. */
export class SortedWindow {
  #values: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity + 1);
  }

  get size(): number {
    return this.#size;
  }

  add(value: number): void {
    const at = this.#place(value);
    this.#values.copyWithin(at + 1, at, this.#size);
    this.#values[at] = value;
    this.#size += 1;
  }

  /** Takes out one value that was added. */
  remove(value: number): void {
    const at = this.#place(value);
    this.#values.copyWithin(at, at + 1, this.#size);
    this.#size -= 1;
  }

  get median(): number {
    const middle = this.#size >> 1;
    const upper = this.#values[middle] as number;
    return this.#size % 2 === 1 ? upper : ((this.#values[middle - 1] as number) + upper) / 2;
  }

  /** The value below which a share of the window lies. */
  at(share: number): number {
    return this.#values[Math.min(this.#size - 1, Math.floor(share * this.#size))] as number;
  }

  get max(): number {
    return this.#values[this.#size - 1] as number;
  }

  /** Median distance from `centre`: the window is in order, so the nearest half is one stretch of it, found by bisection. */
  mad(centre: number): number {
    const half = (this.#size + 1) >> 1;
    let low = 0;
    let high = this.#size - half;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (centre - (this.#values[middle] as number) > (this.#values[middle + half] as number) - centre) low = middle + 1;
      else high = middle;
    }
    return Math.max(centre - (this.#values[low] as number), (this.#values[low + half - 1] as number) - centre);
  }

  /** Median distance of ln x from ln centre; Infinity where half of the values are not positive. The order of logarithms is the order of values. */
  logMad(centre: number): number {
    const half = (this.#size + 1) >> 1;
    const log = (value: number): number => (value > 0 ? Math.log(value / centre) : Number.NEGATIVE_INFINITY);
    let low = 0;
    let high = this.#size - half;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (-log(this.#values[middle] as number) > log(this.#values[middle + half] as number)) low = middle + 1;
      else high = middle;
    }
    return Math.max(-log(this.#values[low] as number), log(this.#values[low + half - 1] as number));
  }

  #place(value: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Median of the points within (width − 1) / 2 on either side; at the ends of what there is. Values finite, width odd. */
export function runningMedian(values: Float64Array, width: number): Float64Array<ArrayBuffer> {
  if (width <= 1 || values.length <= 2) return Float64Array.from(values);
  const half = (width - 1) >> 1;
  const window = new SortedWindow(width);
  const out = new Float64Array(values.length);
  for (let i = 0; i < Math.min(half, values.length); i++) window.add(values[i] as number);
  for (let i = 0; i < values.length; i++) {
    if (i + half < values.length) window.add(values[i + half] as number);
    if (i - half - 1 >= 0) window.remove(values[i - half - 1] as number);
    out[i] = window.median;
  }
  return out;
}
