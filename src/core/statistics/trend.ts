// Does a series rise or fall, how fast, and how sure is that: Mann–Kendall and Theil–Sen.

import { median, quantile } from './basic';
import { normalCdf, normalQuantile } from './normal';

export interface MonotoneTrend {
  readonly n: number;
  /** Kendall's τ (b) of value against order, −1 to 1; 0 where the values do not vary. */
  readonly tau: number;
  /** Standard normal under "no trend". */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Mann–Kendall test: S over all pairs, Var S = n(n−1)(2n+5)/18 less the ties (Kendall 1975). Neighbouring values of a training curve are
 * alike, so Var S is multiplied by (1 + ρ)/(1 − ρ) with ρ the lag-1 correlation of what is left beside the Theil–Sen line, where ρ > 0.
 * O(n log n). @param values finite, in order
 */
export function mannKendall(values: ArrayLike<number>): MonotoneTrend {
  const n = values.length;
  if (n < 3) return { n, tau: 0, z: 0, p: 1 };
  const sorted = Float64Array.from(values).sort();
  let tiedPairs = 0;
  let tieTerm = 0;
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to += 1;
    const t = to - from;
    tiedPairs += (t * (t - 1)) / 2;
    tieTerm += t * (t - 1) * (2 * t + 5);
    from = to;
  }
  const pairs = (n * (n - 1)) / 2;
  const s = pairs - tiedPairs - 2 * inversions(Float64Array.from(values));
  const variance = ((n * (n - 1) * (2 * n + 5) - tieTerm) / 18) * inflation(values);
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  const tau = tiedPairs < pairs ? s / Math.sqrt(pairs * (pairs - tiedPairs)) : 0;
  return { n, tau, z, p: 2 * (1 - normalCdf(Math.abs(z))) };
}

export interface Slope {
  /** Change of value per unit of x. */
  readonly slope: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Value of the line at x = 0. */
  readonly intercept: number;
  readonly n: number;
}

const mostPoints = 120;

/**
 * Theil–Sen: the median of the slopes of all pairs, with the interval of Sen (1968) from the variance of Kendall's S, inflated for
 * autocorrelation as in `mannKendall`. More than 120 points are first thinned to medians of neighbours, so that it is never quadratic.
 * NaN for fewer than two distinct x.
 */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): Slope {
  const [xs, ys] = thinned(x, y);
  const n = xs.length;
  const slopes = slopesOf(xs, ys);
  if (slopes.length === 0) return { slope: Number.NaN, low: Number.NaN, high: Number.NaN, intercept: Number.NaN, n };
  const slope = quantile(slopes, 0.5);
  const residuals = Float64Array.from(ys, (value, i) => value - slope * (xs[i] as number));
  const spread = normalQuantile((1 + level) / 2) * Math.sqrt(((n * (n - 1) * (2 * n + 5)) / 18) * inflationOf(residuals));
  const low = Math.max(0, Math.floor((slopes.length - spread) / 2));
  const high = Math.min(slopes.length - 1, Math.ceil((slopes.length + spread) / 2));
  return { slope, low: slopes[low] as number, high: slopes[high] as number, intercept: median(residuals), n };
}

function slopesOf(x: Float64Array, y: Float64Array): Float64Array<ArrayBuffer> {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const run = (x[j] as number) - (x[i] as number);
      if (run !== 0) slopes[count++] = ((y[j] as number) - (y[i] as number)) / run;
    }
  }
  return slopes.slice(0, count).sort();
}

function thinned(x: ArrayLike<number>, y: ArrayLike<number>): readonly [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>] {
  const n = Math.min(x.length, y.length);
  if (n <= mostPoints) return [Float64Array.from(x), Float64Array.from(y)];
  const xs = new Float64Array(mostPoints);
  const ys = new Float64Array(mostPoints);
  for (let b = 0; b < mostPoints; b++) {
    const from = Math.floor((b * n) / mostPoints);
    const to = Math.floor(((b + 1) * n) / mostPoints);
    xs[b] = median(Array.prototype.slice.call(x, from, to) as number[]);
    ys[b] = median(Array.prototype.slice.call(y, from, to) as number[]);
  }
  return [xs, ys];
}

function inflation(values: ArrayLike<number>): number {
  const [xs, ys] = thinned(
    Float64Array.from({ length: values.length }, (_, i) => i),
    values,
  );
  const slopes = slopesOf(xs, ys);
  const slope = slopes.length > 0 ? quantile(slopes, 0.5) : 0;
  return inflationOf(Float64Array.from(ys, (value, i) => value - slope * (xs[i] as number)));
}

function inflationOf(residuals: Float64Array): number {
  const n = residuals.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += residuals[i] as number;
  const mean = sum / n;
  let square = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    const here = (residuals[i] as number) - mean;
    square += here * here;
    if (i > 0) product += here * ((residuals[i - 1] as number) - mean);
  }
  const rho = square > 0 ? Math.min(0.9, Math.max(0, product / square)) : 0;
  return (1 + rho) / (1 - rho);
}

/** Pairs in falling order, by merge sort. Sorts its argument. */
export function inversions(values: Float64Array<ArrayBuffer>): number {
  let from = values;
  let to = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        if (right >= end || (left < middle && (from[left] as number) <= (from[right] as number))) to[at] = from[left++] as number;
        else {
          to[at] = from[right++] as number;
          count += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
