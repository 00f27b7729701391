// Params that demonstrably did nothing: runs that differ only in them, with the same seed, ended alike to the last digit.

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
  const ties = tieRate(rows.map((row) => trials[row]?.value as number));
  for (const param of space.params.slice(0, mostLooked)) {
    const pairs = identicalPairs(
      param,
      space,
      rows,
      (row) => `${trials[row]?.seed}`,
      (row) => trials[row]?.value as number,
    );
    if (pairs >= fewestPairs && ties ** pairs <= chance) found.set(param.name, pairs);
  }
  return found;
}

/** Pairs that differ in this param alone; 0 as soon as one of them ended differently. */
function identicalPairs(param: Param, space: Space, rows: readonly number[], seedOf: (row: number) => string, outcomeOf: (row: number) => number): number {
  const others = space.params.filter((other) => other !== param);
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = `${seedOf(row)}|${others.map(({ column }) => column[row]).join()}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  let pairs = 0;
  for (const group of groups.values()) {
    const levels = new Set(group.map((row) => param.column[row]));
    if (levels.size < 2) continue;
    if (new Set(group.map(outcomeOf)).size > 1) return 0;
    pairs += levels.size - 1;
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
