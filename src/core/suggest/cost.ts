// How long a run at a point should take, from the runs near it.

import { quantile, sorted } from '../statistics/basic';
import { choicesOf, plainDistance } from './axis';
import type { Experience } from './experience';

export interface CostModel {
  expectedMs(point: ArrayLike<number>): number;
  /** What to take off the logarithm of the improvement; 0 where durations differ little. */
  penalty(point: ArrayLike<number>): number;
}

const neighbours = 5;
const fewest = 5;
/** Durations that differ by less than this factor do not decide what to try. */
const muchLonger = 3;
/** Improvement per time would always pick the quickest runs; per root of the time weighs both. */
const weight = 0.5;

/** Geometric mean of the nearest runs' durations, weighted by distance; null where fewer than 5 runs have one. */
export function costModelOf({ complete, points, space }: Experience): CostModel | null {
  const distance = plainDistance(choicesOf(space.axes));
  const known = complete.flatMap(({ durationMs }, i) =>
    durationMs !== null && durationMs > 0 ? [{ log: Math.log(durationMs), point: points[i] as Float64Array }] : [],
  );
  if (known.length < fewest) return null;
  const logs = sorted(known.map(({ log }) => log));
  const middle = quantile(logs, 0.5);
  const differ = quantile(logs, 0.9) - quantile(logs, 0.1) >= Math.log(muchLonger);
  const expectedLog = (point: ArrayLike<number>): number => {
    const near = known
      .map(({ log, point: other }) => ({ log, far: distance(other, point) }))
      .sort((a, b) => a.far - b.far || a.log - b.log)
      .slice(0, neighbours);
    const weights = near.map(({ far }) => 1 / (far + 1e-3));
    const total = weights.reduce((sum, one) => sum + one, 0);
    return near.reduce((sum, { log }, i) => sum + (log * (weights[i] as number)) / total, 0);
  };
  return { expectedMs: (point) => Math.exp(expectedLog(point)), penalty: (point) => (differ ? weight * (expectedLog(point) - middle) : 0) };
}
