// The model that stands in for a training: from a point to the score to expect there, and how sure that is.

import type { Random } from '../base/random';
import { mean } from '../statistics/basic';
import { type Design, fitGaussianProcess, type GaussianProcess, leaveGroupsOut, type Posterior } from '../statistics/gaussian-process';

export interface Surrogate {
  readonly method: 'gaussian-process' | 'forest';
  /** Share of the variance between runs that it predicts for configurations it has not seen; below 0 is worse than their mean. */
  readonly r2: number;
  /** Standard deviation of one run around its configuration's mean, in scores. */
  readonly noise: number;
  predict(point: ArrayLike<number>): Posterior;
  /** As if a run at this point had come out so: how a batch is kept apart ("kriging believer", Ginsbourger et al. 2010). */
  observing(point: Float64Array, score: number): Surrogate;
  /** How far two points are for this model: squared, in its own units. */
  distance(a: ArrayLike<number>, b: ArrayLike<number>): number;
}

/** Beyond this many runs the process takes seconds. */
export const mostForProcess = 200;

/**
 * A Gaussian process, judged by leaving out one configuration at a time with all its replicates; null where it cannot be fitted.
 * @param groups for each point the number of its configuration
 * @param noise a guess of the variance between replicates, in scores
 */
export function processSurrogate(design: Design, scores: Float64Array, groups: readonly number[], noise: number, random: Random): Surrogate | null {
  const process = fitGaussianProcess(design, scores, noise, random);
  if (process === null) return null;
  const r2 = explained(scores, leaveGroupsOut(design, scores, process.hyper, groups), groups);
  return ofProcess(process, r2);
}

const ofProcess = (process: GaussianProcess, r2: number): Surrogate => ({
  method: 'gaussian-process',
  r2,
  noise: Math.sqrt(Math.exp(process.hyper.logNoise)),
  predict: process.predict,
  observing: (point, score) => ofProcess(process.observing(point, score), r2),
  distance: process.distance,
});

/** 1 − squared errors of `predicted` / squared errors of the mean of all other groups. */
export function explained(scores: Float64Array, predicted: Float64Array, groups: readonly number[]): number {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [i, group] of groups.entries()) {
    const entry = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: entry.sum + (scores[i] as number), count: entry.count + 1 });
  }
  if (sums.size < 3) return Number.NaN;
  const total = mean(scores) * scores.length;
  let errors = 0;
  let spread = 0;
  for (const [i, group] of groups.entries()) {
    const { sum, count } = sums.get(group) as { sum: number; count: number };
    const other = (total - sum) / (scores.length - count);
    errors += ((scores[i] as number) - (predicted[i] as number)) ** 2;
    spread += ((scores[i] as number) - other) ** 2;
  }
  return spread > 0 ? 1 - errors / spread : Number.NaN;
}
