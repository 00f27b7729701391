// The outcome as models see it: lower is better, mean 0, deviation 1, the worst tail drawn in.

import { mean, median } from '../statistics/basic';

export interface Outcome {
  /** One a trial, in the order given. */
  readonly values: Float64Array;
  /** Back to what was logged. */
  toValue(z: number): number;
  /** From what was logged; the tail is drawn in. */
  toScore(value: number): number;
  /** Units of the metric in one unit of the score. */
  readonly scale: number;
}

/**
 * Scores of finite values. What is worse than the median by more than 3 times the way from the median to the best counts as that: a run
 * that diverged says "not here", and ten times worse would say nothing more but would hide the rest.
 */
export function outcomeOf(values: readonly number[], direction: 'min' | 'max'): Outcome {
  const sign = direction === 'min' ? 1 : -1;
  const oriented = values.map((value) => sign * value);
  const centre = median(oriented);
  const best = Math.min(...oriented);
  const worst = centre > best ? centre + 3 * (centre - best) : Number.POSITIVE_INFINITY;
  const drawn = oriented.map((value) => Math.min(value, worst));
  const middle = mean(drawn);
  const spread = Math.sqrt(mean(drawn.map((value) => (value - middle) ** 2)));
  const scale = spread > 0 ? spread : 1;
  const toScore = (value: number): number => (Math.min(sign * value, worst) - middle) / scale;
  return { values: Float64Array.from(values, toScore), toValue: (z) => sign * (z * scale + middle), toScore, scale };
}
