// The model together with what it is asked for: predictions in the metric's units, the best run, and how promising a point is.

import { randomOf } from '../base/random';
import { logExpectedImprovement } from './acquisition';
import { choicesOf, coordinate, type NumberAxis } from './axis';
import type { Candidate } from './candidates';
import { type CostModel, costModelOf } from './cost';
import type { Configuration, Experience } from './experience';
import { feasibilityOf } from './feasibility';
import type { Prediction } from './suggestion';
import { eighty, type Surrogate, surrogateOf } from './surrogate';

/** A configuration and what the model believes of its mean. */
export interface Believed {
  readonly configuration: Configuration;
  /** In the metric's units. */
  readonly estimate: number;
  /** Of the estimate, in scores. */
  readonly score: number;
  readonly deviation: number;
}

export interface Guide {
  readonly experience: Experience;
  readonly surrogate: Surrogate;
  /** Configurations by their estimated mean, the best first. */
  readonly ranked: readonly Believed[];
  readonly feasibility: (point: ArrayLike<number>) => number;
  readonly cost: CostModel | null;
}

/** @returns null where no model can be fitted */
export function guideOf(experience: Experience, seed: number): Guide | null {
  const { space, points, groups, outcome } = experience;
  const categories = choicesOf(space.axes);
  const surrogate = surrogateOf({ points, categories }, outcome.values, groups, noiseGuess(experience), randomOf(`${seed}/model`));
  if (surrogate === null) return null;
  const ranked = experience.configurations
    .map((configuration): Believed => {
      const { mean, deviation } = surrogate.predict(configuration.point);
      return { configuration, estimate: outcome.toValue(mean), score: mean, deviation };
    })
    .sort((a, b) => a.score - b.score || a.configuration.index - b.configuration.index);
  return { experience, surrogate, ranked, feasibility: feasibilityOf(points, experience.failed, categories), cost: costModelOf(experience) };
}

/**
 * A model is too hopeful of what it picked, and more so beyond what was tried. With these factors on the deviations 80 % intervals held about
 * 80 % of what came out on tables with a known answer (test/bench, 950 suggestions; without them 74 %, and 70 % beyond).
 */
const hopeful = { repeated: 1, picked: 1.25, beyond: 1.6 } as const;

/** What a single run at a point will come out as. @param repeated whether the params ran already, so that no model picked them */
export function predictionAt({ experience: { outcome, bounds, space }, surrogate }: Guide, point: ArrayLike<number>, repeated: boolean): Prediction {
  const { mean, deviation } = surrogate.predict(point);
  const beyond = space.axes.some((axis, k) => axis.kind === 'number' && !within(axis, point[k] as number));
  const factor = repeated ? hopeful.repeated : beyond ? hopeful.beyond : hopeful.picked;
  const half = eighty * surrogate.widening * factor * Math.hypot(deviation, surrogate.noise);
  const value = (score: number): number => Math.min(bounds[1], Math.max(bounds[0], outcome.toValue(score)));
  const [a, b] = [value(mean - half), value(mean + half)];
  return { mean: value(mean), interval: [Math.min(a, b), Math.max(a, b)] };
}

/** Whether a coordinate lies within what was tried. */
function within(axis: NumberAxis, at: number): boolean {
  const [low, high] = [coordinate(axis, axis.zero ? 0 : axis.seen[0]), coordinate(axis, axis.seen.at(-1))];
  return at >= low - 1e-9 && at <= high + 1e-9;
}

/**
 * How promising a candidate is; larger is better. Improvement to expect, times the chance to end, by what it costs where that differs much.
 * @param best the score to improve on
 */
export function promise(guide: Guide, surrogate: Surrogate, best: number, { point }: Pick<Candidate, 'point'>): number {
  return logExpectedImprovement(surrogate.predict(point), best) + Math.log(guide.feasibility(point)) - (guide.cost?.penalty(point) ?? 0);
}

/** Ids of the runs nearest to a point, as the model measures distance; one a configuration first. */
export function nearestRuns(
  experience: Experience,
  distance: (a: ArrayLike<number>, b: ArrayLike<number>) => number,
  point: ArrayLike<number>,
  count = 3,
): readonly string[] {
  return [...experience.configurations]
    .map((configuration) => ({ configuration, far: distance(configuration.point, point) }))
    .sort((a, b) => a.far - b.far || a.configuration.index - b.configuration.index)
    .slice(0, count)
    .map(({ configuration }) => configuration.trials[0]?.id ?? '');
}

/** Deviation between replicates around the best, in units of the metric: measured where replicates allow it, else as the model learned it. */
export function noiseOf({ experience: { noise, outcome }, surrogate, ranked }: Guide): number {
  if (noise !== null && noise.freedom >= 3) return noise.deviation;
  const best = ranked[0]?.score ?? 0;
  return Math.abs(outcome.toValue(best + surrogate.noise) - outcome.toValue(best));
}

/** Variance between replicates in scores, pooled; a tenth of the whole where nothing was repeated. */
function noiseGuess({ configurations, complete, groups, outcome }: Experience): number {
  const sums = new Float64Array(configurations.length);
  for (const [i, group] of groups.entries()) sums[group] = (sums[group] as number) + (outcome.values[i] as number);
  let squares = 0;
  for (const [i, group] of groups.entries())
    squares += ((outcome.values[i] as number) - (sums[group] as number) / (configurations[group]?.trials.length ?? 1)) ** 2;
  const freedom = complete.length - configurations.length;
  return freedom > 0 ? Math.min(1, Math.max(1e-4, squares / freedom)) : 0.1;
}
