// Where a next run could lie: points that fill the space, and neighbours of the best runs.

import type { Random } from '../base/random';
import { levelText } from '../effects/param';
import type { Value, Values } from '../model/values';
import { sobol } from '../statistics/sobol';
import { type Axis, paramsAt, pointOf } from './axis';

/** A run that could be made: complete and valid params, and their point. */
export interface Candidate {
  readonly params: Values;
  readonly point: Float64Array;
  /** Equal for equal params. */
  readonly key: string;
}

const filling = 1000;
const neighbours = 300;
/** More axes than this, and half of the filling points only change some of the best run's params. */
const manyAxes = 10;
const boxHalf = 0.25;

export const keyOf = (axes: readonly Axis[], params: Values): string =>
  JSON.stringify(axes.map(({ name }) => (Object.hasOwn(params, name) ? levelText(params[name] as Value) : 0)));

/** The candidate nearest to a point: rounded to values that a person would write, its point moved to them. */
export function candidateAt(axes: readonly Axis[], fixed: Values, point: ArrayLike<number>): Candidate {
  const params = paramsAt(axes, fixed, point);
  return { params, point: pointOf(axes, params), key: keyOf(axes, params) };
}

/** Points of Sobol's sequence as candidates, in its order. */
export function fillingCandidates(axes: readonly Axis[], fixed: Values, count: number, random: Random): readonly Candidate[] {
  const points = sobol(count, axes.length, random);
  return Array.from({ length: count }, (_, i) =>
    candidateAt(
      axes,
      fixed,
      axes.map((axis, k) => spread(axis, points[i * axes.length + k] as number)),
    ),
  );
}

/**
 * All candidates for the model to choose from, without those in `taken`.
 * With many axes, half of the filling points stay in a box around the best and change few coordinates (Eriksson et al. 2019, TuRBO).
 * @param best points of the best runs, the best first
 */
export function candidatesFor(
  axes: readonly Axis[],
  fixed: Values,
  best: readonly Float64Array[],
  taken: ReadonlySet<string>,
  random: Random,
): readonly Candidate[] {
  const local = axes.length > manyAxes && best.length > 0;
  const out = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => {
    if (!taken.has(candidate.key) && !out.has(candidate.key)) out.set(candidate.key, candidate);
  };
  for (const candidate of fillingCandidates(axes, fixed, local ? filling / 2 : filling, random)) add(candidate);
  if (local) for (let i = 0; i < filling / 2; i++) add(candidateAt(axes, fixed, inBox(axes, best[0] as Float64Array, random)));
  for (let i = 0; i < neighbours && best.length > 0; i++) add(candidateAt(axes, fixed, neighbourOf(axes, best[i % best.length] as Float64Array, random)));
  return [...out.values()];
}

/** A uniform draw as a coordinate: of a choice, its index. */
const spread = (axis: Axis, uniform: number): number => (axis.kind === 'choice' ? Math.floor(uniform * axis.choices.length) : uniform);

/** A point that differs from `from` in at least one coordinate, in a third of them on average. */
export function neighbourOf(axes: readonly Axis[], from: ArrayLike<number>, random: Random, width = 0.15): Float64Array {
  const sure = random.integer(axes.length);
  const rate = Math.max(1 / axes.length, 1 / 3);
  return Float64Array.from(axes, (axis, k) => {
    const here = from[k] as number;
    if (k !== sure && random.next() >= rate) return here;
    return axis.kind === 'choice' ? random.integer(axis.choices.length) : reflected(here + width * random.normal());
  });
}

function inBox(axes: readonly Axis[], from: ArrayLike<number>, random: Random): Float64Array {
  const rate = Math.min(1, 20 / axes.length) / 2;
  return Float64Array.from(axes, (axis, k) => {
    const here = from[k] as number;
    if (random.next() >= rate) return here;
    return axis.kind === 'choice' ? random.integer(axis.choices.length) : reflected(here + boxHalf * (2 * random.next() - 1));
  });
}

/** Back into [0, 1] where a step leaves it. */
const reflected = (x: number): number => Math.min(1, Math.max(0, x < 0 ? -x : x > 1 ? 2 - x : x));
