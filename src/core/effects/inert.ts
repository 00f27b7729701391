// Params that demonstrably did nothing: runs that differ only in them, with the same seed, ended alike to the last digit.

import { randomOf } from '../base/random';
import type { TrialTable } from '../trials/trial';
import type { Param } from './param';
import type { Space } from './space';

/** Least pairs, and the chance with which runs of this table would be as alike without any reason. */
const fewestPairs = 3;
const chance = 0.001;
/** Params looked at, of very many the first by name. */
const mostLooked = 200;

/** Param → how many pairs of runs show that it did nothing. Without seeds nothing can be shown. */
export function inertParams({ trials, seedParam }: TrialTable, space: Space): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (seedParam === null) return found;
  const rows = [...trials.keys()].filter((row) => trials[row]?.value !== null && trials[row]?.seed !== null);
  const outcomes = rows.map((row) => trials[row]?.value as number);
  const ties = tieRate(outcomes);
  const terms = space.params.map(termsOf);
  const sums = rows.map((row) => space.params.reduce((sum, { column }, j) => sum + (terms[j]?.[(column[row] as number) + 1] as number), 0));
  for (const [j, param] of space.params.slice(0, mostLooked).entries()) {
    const keys = rows.map((row, at) => `${(sums[at] as number) - (terms[j]?.[(param.column[row] as number) + 1] as number)} ${trials[row]?.seed}`);
    const levels = rows.map((row) => param.column[row] as number);
    const pairs = identicalPairs(keys, levels, outcomes);
    if (pairs >= fewestPairs && ties ** pairs <= chance) found.set(param.name, pairs);
  }
  return found;
}

/** A whole number below 2^40 for each level of a param (missing first): their sum over all params stands for a configuration, exactly. */
function termsOf({ name, levels }: Param): Float64Array {
  const random = randomOf(`inert ${name}`);
  return Float64Array.from({ length: levels.length + 1 }, () => random.integer(2 ** 32) * 256 + random.integer(256));
}

/** Pairs with the same key and different levels; 0 as soon as one of them ended differently. */
function identicalPairs(keys: readonly string[], levels: readonly number[], outcomes: readonly number[]): number {
  const groups = new Map<string, { readonly outcome: number; readonly levels: Set<number>; differs: boolean }>();
  for (const [at, key] of keys.entries()) {
    const group = groups.get(key) ?? { outcome: outcomes[at] as number, levels: new Set<number>(), differs: false };
    group.levels.add(levels[at] as number);
    if (outcomes[at] !== group.outcome) group.differs = true;
    groups.set(key, group);
  }
  let pairs = 0;
  for (const group of groups.values()) {
    if (group.levels.size < 2) continue;
    if (group.differs) return 0;
    pairs += group.levels.size - 1;
  }
  return pairs;
}

/** Chance that two runs of the table have the same outcome. */
function tieRate(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let pairs = 0;
  for (const count of counts.values()) pairs += count * (count - 1);
  return pairs / Math.max(1, values.length * (values.length - 1));
}

export const withoutInert = (space: Space, inert: ReadonlyMap<string, number>): Space =>
  inert.size === 0 ? space : { ...space, params: space.params.filter(({ name }) => !inert.has(name)) };
