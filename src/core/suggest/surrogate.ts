// The model that stands in for a training: from a point to the score to expect there, and how sure that is.

import type { Random } from '../base/random';
import { mean, quantile, sorted } from '../statistics/basic';
import { type Forest, fitForest } from '../statistics/forest';
import { type Design, fitGaussianProcess, type GaussianProcess, leaveGroupsOut, type Posterior } from '../statistics/gaussian-process';
import { plainDistance } from './axis';

export interface Surrogate {
  readonly method: 'gaussian-process' | 'forest';
  /** Share of the variance between runs that it predicts for configurations it has not seen; below 0 is worse than their mean. */
  readonly r2: number;
  /** Factor on deviations with which 80 % intervals hold 80 % of what was left out; at least 1. */
  readonly widening: number;
  /** Share of the runs left out that plain 80 % intervals held. */
  readonly held: number;
  /** Standard deviation of one run around its configuration's mean, in scores. */
  readonly noise: number;
  predict(point: ArrayLike<number>): Posterior;
  /** As if a run at this point had come out so: how a batch is kept apart ("kriging believer", Ginsbourger et al. 2010). */
  observing(point: Float64Array, score: number): Surrogate;
  /** For each coordinate how much it matters beside the one that matters most, 0 to 1: the ratio of their length scales. */
  readonly relevance: readonly number[];
  /** How far two points are for this model: squared, in its own units. */
  distance(a: ArrayLike<number>, b: ArrayLike<number>): number;
}

/** Beyond this many runs a Gaussian process takes seconds. */
const mostForProcess = 200;
/** More choices than this share of the runs, and a process has too little to learn of each. */
const mostChoicesShare = 0.5;

/**
 * A Gaussian process, or a forest for more than 200 runs or very many choices; null where neither can be fitted.
 * @param groups for each point the number of its configuration
 * @param noise a guess of the variance between replicates, in scores
 */
export function surrogateOf(design: Design, scores: Float64Array, groups: readonly number[], noise: number, random: Random): Surrogate | null {
  const choices = [...design.categories].reduce((sum, k) => sum + new Set(design.points.map((point) => point[k])).size, 0);
  const many = scores.length > mostForProcess || choices > Math.max(12, mostChoicesShare * scores.length);
  return many ? forestSurrogate(design, scores, groups, random) : processSurrogate(design, scores, groups, noise, random);
}

/** Judged by leaving out one configuration at a time with all its replicates. */
function processSurrogate(design: Design, scores: Float64Array, groups: readonly number[], noise: number, random: Random): Surrogate | null {
  const process = fitGaussianProcess(design, scores, noise, random);
  if (process === null) return null;
  const left = leaveGroupsOut(design, scores, process.hyper, groups);
  return ofProcess(process, judged(scores, left, groups));
}

/** Judged by what trees say that have not seen a configuration. */
function forestSurrogate(design: Design, scores: Float64Array, groups: readonly number[], random: Random): Surrogate | null {
  if (scores.length < 2 || (design.points[0]?.length ?? 0) === 0) return null;
  const forest = fitForest(design, scores, groups, random);
  // What the spread of the trees leaves of the squared errors is noise.
  const rest = forest.unseen.flatMap(({ mean: expected, deviation }, i) =>
    Number.isNaN(expected) ? [] : [((scores[i] as number) - expected) ** 2 - deviation ** 2],
  );
  const noise = rest.length > 0 ? Math.sqrt(Math.max(mean(rest), 1e-6)) : 1;
  const verdict = judged(
    scores,
    forest.unseen.map(({ mean: expected, deviation }) => ({ mean: expected, deviation: Math.hypot(deviation, noise) })),
    groups,
  );
  return ofForest(forest, noise, verdict, plainDistance(design.categories), []);
}

/** Near what a batch holds the trees count as agreed: they cannot be told of one more run. */
function ofForest(forest: Forest, noise: number, verdict: Judged, distance: Surrogate['distance'], batch: readonly Float64Array[]): Surrogate {
  return {
    method: 'forest',
    ...verdict,
    noise,
    predict(point) {
      const { mean: expected, deviation } = forest.predict(point);
      const apart = batch.reduce((share, other) => share * (1 - Math.exp(-distance(point, other) / (2 * batchReach ** 2))), 1);
      return { mean: expected, deviation: Math.max(1e-6, deviation * Math.sqrt(apart)) };
    },
    observing: (point) => ofForest(forest, noise, verdict, distance, [...batch, point]),
    distance,
    relevance: [],
  };
}

/** Distance in the unit cube over which a proposal of the batch stands for its surroundings. */
const batchReach = 0.1;

type Judged = Pick<Surrogate, 'r2' | 'widening' | 'held'>;

const ofProcess = (process: GaussianProcess, verdict: Judged): Surrogate => ({
  method: 'gaussian-process',
  ...verdict,
  noise: Math.sqrt(Math.exp(process.hyper.logNoise)),
  predict: process.predict,
  observing: (point, score) => ofProcess(process.observing(point, score), verdict),
  distance: process.distance,
  relevance: relevanceOf(process.hyper.logLengths),
});

function relevanceOf(logLengths: Float64Array): readonly number[] {
  const shortest = Math.min(...logLengths);
  return Array.from(logLengths, (log) => Math.exp(shortest - log));
}

/** 80 % of a normal lie within so many deviations. */
export const eighty = 1.2815515655446004;
const mostWidening = 3;

function judged(scores: Float64Array, left: readonly Posterior[], groups: readonly number[]): Judged {
  const off = left.map(({ mean: expected, deviation }, i) => Math.abs((scores[i] as number) - expected) / deviation).filter(Number.isFinite);
  const r2 = explained(
    scores,
    Float64Array.from(left, ({ mean: expected }) => expected),
    groups,
  );
  if (off.length === 0) return { r2, widening: mostWidening, held: 0 };
  return { r2, widening: Math.min(mostWidening, Math.max(1, quantile(sorted(off), 0.8) / eighty)), held: off.filter((z) => z <= eighty).length / off.length };
}

/** 1 − squared errors of `predicted` / squared errors of the mean of all other groups. */
function explained(scores: Float64Array, predicted: Float64Array, groups: readonly number[]): number {
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
    if (Number.isNaN(predicted[i])) continue;
    const { sum, count } = sums.get(group) as { sum: number; count: number };
    const other = (total - sum) / (scores.length - count);
    errors += ((scores[i] as number) - (predicted[i] as number)) ** 2;
    spread += ((scores[i] as number) - other) ** 2;
  }
  return spread > 0 ? 1 - errors / spread : Number.NaN;
}
