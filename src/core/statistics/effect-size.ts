// How large a difference of two groups is, apart from whether it is real: Hedges g, and the chance that a run of one beats a run of the other.

import { mean, ranks, variance } from './basic';
import { normalQuantile } from './normal';
import { logGamma } from './student';

/** Standard deviation within both groups together; NaN without a single degree of freedom. */
export function pooledDeviation(groups: readonly ArrayLike<number>[]): number {
  let squares = 0;
  let df = 0;
  for (const values of groups) {
    if (values.length < 2) continue;
    squares += variance(values) * (values.length - 1);
    df += values.length - 1;
  }
  return df > 0 ? Math.sqrt(squares / df) : Number.NaN;
}

/**
 * Hedges g: the difference of means in pooled standard deviations, with the exact correction for small samples (Hedges 1981).
 * NaN where either has fewer than two values or neither varies.
 */
export function hedgesG(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const df = a.length + b.length - 2;
  const spread = pooledDeviation([a, b]);
  if (a.length < 2 || b.length < 2 || !(spread > 0)) return Number.NaN;
  const correction = Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2);
  return (correction * (mean(a) - mean(b))) / spread;
}

export interface Superiority {
  readonly probability: number;
  readonly interval: readonly [number, number];
}

/** P(A > B) + P(A = B) / 2, of one value of each drawn at random: Mann–Whitney's U / mn. NaN of nothing. */
export function superiorityShare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [m, n] = [a.length, b.length];
  const all = new Float64Array(m + n);
  all.set(Array.from(a));
  all.set(Array.from(b), m);
  const order = ranks(all);
  let sum = 0;
  for (let i = 0; i < m; i++) sum += order[i] as number;
  return (sum - (m * (m + 1)) / 2) / (m * n);
}

/**
 * `superiorityShare` with the interval of Newcombe's method 5 (Statistics in Medicine 25, 2006):
 * it stays within 0 and 1 and is not a point where the groups do not overlap. NaN of nothing.
 */
export function superiority(a: ArrayLike<number>, b: ArrayLike<number>, level = 0.95): Superiority {
  const [m, n] = [a.length, b.length];
  if (m === 0 || n === 0) return { probability: Number.NaN, interval: [Number.NaN, Number.NaN] };
  const probability = superiorityShare(a, b);
  const z = normalQuantile((1 + level) / 2);
  const middle = (m + n) / 2 - 1;
  const reach = (theta: number): number => z * Math.sqrt((theta * (1 - theta) * (1 + middle * ((1 - theta) / (2 - theta) + theta / (1 + theta)))) / (m * n));
  const solve = (outer: number): number => {
    // Between the estimate and the bound of the scale there is one theta whose reach is just as far as the estimate.
    let [inside, outside] = [probability, outer];
    for (let i = 0; i < 60; i++) {
      const theta = (inside + outside) / 2;
      if (Math.abs(theta - probability) < reach(theta)) inside = theta;
      else outside = theta;
    }
    return (inside + outside) / 2;
  };
  return { probability, interval: [probability > 0 ? solve(0) : 0, probability < 1 ? solve(1) : 1] };
}
