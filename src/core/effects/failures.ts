// Failures as an outcome of their own: whether they come and go with a param.

import { randomOf, shuffled } from '../base/random';
import type { TrialTable } from '../trials/trial';
import { bins } from './bins';
import type { Space } from './space';

const permutations = 999;
const level = 0.05;

/**
 * Names of params with whose values failures come and go.
 * Method: χ² of failures over the param's levels (ordered ones in at most five bins), p by permutation, Holm over the params.
 */
export function failuresFollow(table: TrialTable, space: Space): readonly string[] {
  const failed = Uint8Array.from(table.trials, ({ value }) => (value === null ? 1 : 0));
  const count = failed.reduce((sum, one) => sum + one, 0);
  if (count < 2 || count > failed.length - 2) return [];
  const order = Uint32Array.from(failed, (_, at) => at);
  // By name of the trial, so that the permutations do not hang on the order of rows.
  order.sort((a, b) => ((table.trials[a]?.id ?? '') < (table.trials[b]?.id ?? '') ? -1 : 1));
  const sortedFailed = Array.from(order, (at) => failed[at] as number);
  const found = space.params.slice(0, 200).map((param) => {
    const column = bins(param, 5);
    const groups = Array.from(order, (at) => column.of[at] as number);
    const seen = chiSquare(groups, sortedFailed, column.count);
    const random = randomOf(`failures ${param.name}`);
    let above = 1;
    for (let i = 0; i < permutations && above < 60; i++) if (chiSquare(groups, shuffled(sortedFailed, random), column.count) >= seen - 1e-9) above += 1;
    return { name: param.name, p: above / (permutations + 1) };
  });
  const ascending = found.sort((a, b) => a.p - b.p || (a.name < b.name ? -1 : 1));
  const stop = ascending.findIndex(({ p }, at) => p * (ascending.length - at) > level);
  return ascending.slice(0, stop < 0 ? ascending.length : stop).map(({ name }) => name);
}

/** Σ (failures − expected)² / expected over the groups; missing is a group of its own. */
function chiSquare(groups: readonly number[], failed: readonly number[], count: number): number {
  const n = new Float64Array(count + 1);
  const k = new Float64Array(count + 1);
  let all = 0;
  for (let i = 0; i < groups.length; i++) {
    const at = (groups[i] as number) + 1;
    n[at] = (n[at] as number) + 1;
    k[at] = (k[at] as number) + (failed[i] as number);
    all += failed[i] as number;
  }
  let sum = 0;
  for (let at = 0; at <= count; at++) {
    const expected = ((n[at] as number) * all) / groups.length;
    if (expected > 0) sum += ((k[at] as number) - expected) ** 2 / expected;
  }
  return sum;
}
