// The trials as distinct configurations: replicates averaged, failures and heavy tails settled, before any model sees them.

import { mean, quantile, sorted } from '../statistics/basic';
import type { TrialTable } from '../trials/trial';
import { failuresFollow } from './failures';
import type { Space } from './space';

export interface Configurations {
  /** Index of one trial of each configuration, in the order of keys, so that the order of trials does not matter. */
  readonly rows: Int32Array;
  /** Mean outcome of each, winsorised. */
  readonly outcome: Float64Array;
  /** How many seeds (or runs without a seed) each mean is of. */
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
 * Outcomes worse than this are drawn in to it: the farther of the median − 3 × (best − median) and the lower quartile − 3 × the distance of
 * the quartiles (Tukey's far outliers), so that only what lies apart from all others is touched.
 */
function lowerBound(ascending: Float64Array): number {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(ascending, q)) as [number, number, number];
  return Math.min(middle - 3 * ((ascending.at(-1) ?? Number.NaN) - middle), low - 3 * (high - low));
}

/** The same configuration with the same seed is one run done twice, and says nothing of the spread between seeds. */
function bySeed(rows: readonly number[], { trials }: TrialTable): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const seed = trials[row]?.seed ?? null;
    const key = seed === null ? `row ${row}` : `seed ${seed}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** One entry a configuration, whatever the order of the trials. */
export function configurationsOf(table: TrialTable, space: Space): Configurations {
  const sign = table.direction === 'max' ? 1 : -1;
  const goods = sorted(table.trials.flatMap(({ value }) => (value === null ? [] : [value * sign])));
  const bound = lowerBound(goods);
  const usesBound = goods.length >= 8 && (goods[0] as number) < bound;
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
  const read = (row: number): number => {
    const value = table.trials[row]?.value ?? null;
    return (value === null ? worst : Math.max(floor, value * sign)) * sign;
  };
  let squares = 0;
  let freedom = 0;
  const outcome = Float64Array.from(keys, (key) => {
    const values = sorted(bySeed(groups.get(key) as number[], table).map((rows) => mean(rows.map(read))));
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const value of values) squares += (value - centre) ** 2;
    freedom += values.length - 1;
    return centre;
  });
  return {
    rows: Int32Array.from(keys, (key) => (groups.get(key) as number[])[0] as number),
    outcome,
    replicates: Float64Array.from(keys, (key) => bySeed(groups.get(key) as number[], table).length),
    within: { squares, freedom },
    failed: table.trials.length - goods.length,
    failuresFollow: failures,
    winsorised: usesBound ? { count: goods.filter((good) => good < bound).length, bound: bound * sign } : null,
  };
}
