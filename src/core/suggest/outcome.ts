// The outcome as models see it: lower is better, mean 0, deviation 1, what is far worse than the best drawn together.

import { mean, median } from '../statistics/basic';

export interface Outcome {
  /** One a run, in the order given. */
  readonly values: Float64Array;
  /** Back to what was logged. */
  toValue(score: number): number;
  toScore(value: number): number;
}

/** What is worse than the median by more than this many times the way from the best to the median counts as that. */
const worstWays = 3;

/**
 * Scores of finite values. The way from the best is taken by its logarithm, in units of the way from the best to the median: a run that
 * diverged says "not here", and ten times worse would say nothing more but would hide what the good runs differ by. Better than the best
 * so far the scale goes on straight. Nothing changes when the metric is shifted or scaled.
 */
export function outcomeOf(values: readonly number[], direction: 'min' | 'max'): Outcome {
  const sign = direction === 'min' ? 1 : -1;
  const oriented = values.map((value) => sign * value);
  const best = oriented.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const way = median(oriented) - best;
  const unit = way > 0 ? way : oriented.reduce((a, b) => Math.max(a, b), best) - best || 1;
  const drawn = (value: number): number => {
    const ways = Math.min((sign * value - best) / unit, 1 + worstWays);
    return ways > 0 ? Math.log1p(ways) : ways;
  };
  const all = values.map(drawn);
  const middle = mean(all);
  const spread = Math.sqrt(mean(all.map((value) => (value - middle) ** 2)));
  const scale = spread > 0 ? spread : 1;
  return {
    values: Float64Array.from(all, (value) => (value - middle) / scale),
    toScore: (value) => (drawn(value) - middle) / scale,
    toValue(score) {
      const ways = score * scale + middle;
      return sign * (best + unit * (ways > 0 ? Math.expm1(ways) : ways));
    },
  };
}
