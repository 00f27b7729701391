// Intervals by resampling, seeded: the same values and seed give the same interval.

import { randomOf } from '../base/random';
import { mean, quantile, sorted, variance } from './basic';

/** Fewer values than this resample to too few different means for an interval. */
export const leastForBootstrap = 5;

/**
 * Studentised bootstrap interval (bootstrap-t, Efron and Tibshirani 1993, ch. 12) of mean(a) − mean(b) of independent samples, by Welch's standard error.
 * At small n it keeps its level where percentile and BCa intervals are too narrow. NaN where either has fewer than five values or neither varies.
 */
export function bootstrapDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { seed, level = 0.95, resamples = 2000 }: { readonly seed: number | string; readonly level?: number; readonly resamples?: number },
): readonly [number, number] {
  const error = Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  if (a.length < leastForBootstrap || b.length < leastForBootstrap || !(error > 0)) return [Number.NaN, Number.NaN];
  const random = randomOf(seed);
  const difference = mean(a) - mean(b);
  const scores: number[] = [];
  const [drawnA, drawnB] = [new Float64Array(a.length), new Float64Array(b.length)];
  for (let i = 0; i < resamples; i++) {
    for (let j = 0; j < a.length; j++) drawnA[j] = a[random.integer(a.length)] as number;
    for (let j = 0; j < b.length; j++) drawnB[j] = b[random.integer(b.length)] as number;
    const own = Math.sqrt(variance(drawnA) / a.length + variance(drawnB) / b.length);
    const step = mean(drawnA) - mean(drawnB) - difference;
    if (own > 0) scores.push(step / own);
    else if (step !== 0) scores.push(Math.sign(step) * Number.MAX_VALUE);
  }
  const ascending = sorted(scores);
  const [low, high] = [quantile(ascending, (1 - level) / 2), quantile(ascending, (1 + level) / 2)];
  return [difference - high * error, difference - low * error];
}

/**
 * Percentile interval of a statistic under resampling within each stratum, so that every stratum keeps its weight (stratified bootstrap).
 * `statistic` gets one resample a stratum; the arrays are used again, so it must not keep them.
 */
export function stratifiedInterval(
  strata: readonly ArrayLike<number>[],
  statistic: (drawn: readonly Float64Array[]) => number,
  { seed, level = 0.95, resamples = 2000 }: { readonly seed: number | string; readonly level?: number; readonly resamples?: number },
): readonly [number, number] {
  const random = randomOf(seed);
  const drawn = strata.map((values) => new Float64Array(values.length));
  const found = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    for (const [k, values] of strata.entries()) {
      const own = drawn[k] as Float64Array;
      for (let j = 0; j < own.length; j++) own[j] = values[random.integer(own.length)] as number;
    }
    found[i] = statistic(drawn);
  }
  found.sort();
  return [quantile(found, (1 - level) / 2), quantile(found, (1 + level) / 2)];
}
