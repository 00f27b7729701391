// The trials as distinct configurations: replicates averaged, failures and heavy tails settled, before any model sees them.

import { median, quantile, sorted } from '../statistics/basic';
import type { TrialTable } from '../trials/trial';
import { failuresFollow } from './failures';
import type { Space } from './space';

export interface Configurations {
  /** Index of one trial of each configuration, in the order of keys, so that the order of trials does not matter. */
  readonly rows: Int32Array;
  /** Mean outcome of each, winsorised. */
  readonly outcome: Float64Array;
  /** How many trials each mean is of. */
  readonly replicates: Float64Array;
  /** Sum of squared deviations from the means of their configurations, and its degrees of freedom. */
  readonly within: { readonly squares: number; readonly freedom: number };
  readonly failed: number;
  /** Params with whose values failures come and go: then a failed run counts as the worst value seen; else it is left out. */
  readonly failuresFollow: readonly string[];
  /** Outcomes that were drawn in to a bound, and the bound. */
  readonly winsorised: { readonly count: number; readonly bound: number } | null;
}

/**
 * Winsorises at the median + 3 × (median − best), as far on the bad side as that, where that is nearer than the worst value.
 * Levels seen in one configuration share a key with equal outcomes only; what is compared are values, not spellings.
 */
export function configurationsOf(table: TrialTable, space: Space): Configurations {
  const sign = table.direction === 'max' ? 1 : -1;
  const goods = sorted(table.trials.flatMap(({ value }) => (value === null ? [] : [value * sign])));
  const middle = median(goods);
  // The best of many is an extreme itself: the 95th percentile stands for it where there are enough.
  const bound = middle - 3 * ((goods.length >= 20 ? quantile(goods, 0.95) : (goods.at(-1) ?? Number.NaN)) - middle);
  const usesBound = goods.length >= 8 && bound < middle && (goods[0] as number) < bound;
  const floor = usesBound ? bound : Number.NEGATIVE_INFINITY;
  const worst = Math.max(floor, goods[0] ?? Number.NaN);
  const failures = failuresFollow(table, space);

  const groups = new Map<string, number[]>();
  for (const [row, { value }] of table.trials.entries()) {
    if (value === null && failures.length === 0) continue;
    const key = space.params.map(({ column, levels }) => levels[column[row] as number]?.text ?? '\u0000').join('\u0001');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const keys = [...groups.keys()].sort();
  const valueOf = (row: number): number => {
    const value = table.trials[row]?.value ?? null;
    return (value === null ? worst : Math.max(floor, value * sign)) * sign;
  };
  let squares = 0;
  let freedom = 0;
  const outcome = Float64Array.from(keys, (key) => {
    const values = sorted((groups.get(key) as number[]).map(valueOf));
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const value of values) squares += (value - centre) ** 2;
    freedom += values.length - 1;
    return centre;
  });
  return {
    rows: Int32Array.from(keys, (key) => (groups.get(key) as number[])[0] as number),
    outcome,
    replicates: Float64Array.from(keys, (key) => (groups.get(key) as number[]).length),
    within: { squares, freedom },
    failed: table.trials.length - goods.length,
    failuresFollow: failures,
    winsorised: usesBound ? { count: goods.filter((good) => good < bound).length, bound: bound * sign } : null,
  };
}
