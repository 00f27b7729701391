// How ways of choosing the next run are compared: the same ten random runs, then each goes its way, with the noise of one seed a run.

import { type Random, randomOf } from '../../../src/core/base/random';
import { suggestNext } from '../../../src/core/suggest/suggest';
import type { Trial, TrialTable } from '../../../src/core/trials/trial';
import type { TruthTable } from './tables';

export const firstRuns = 10;
export const lastRun = 40;
export const checkpoints = [15, 20, 40] as const;

export interface Observation {
  readonly cell: number;
  readonly value: number;
}

/** From what was observed so far to the cells of the next runs. */
export type Method = (table: TruthTable, seen: readonly Observation[], random: Random, repeat: number) => readonly number[];

/** Quantile of the chosen run's true mean at each checkpoint, 0 is the best cell of the table. */
export function walk(table: TruthTable, method: Method, repeat: number): readonly number[] {
  const draw = randomOf(`${table.name}/${repeat}`);
  const observe = (cell: number, random: Random): Observation => ({ cell, value: table.outcomes(cell)[random.integer(table.seeds)]! });
  const seen: Observation[] = Array.from({ length: firstRuns }, () => observe(draw.integer(table.cells), draw));
  const noise = randomOf(`${table.name}/${repeat}/noise`);
  const random = randomOf(`${table.name}/${repeat}/method`);
  while (seen.length < lastRun) for (const cell of method(table, seen, random, repeat).slice(0, lastRun - seen.length)) seen.push(observe(cell, noise));
  return checkpoints.map((n) => table.rank(chosen(table, seen.slice(0, n))));
}

/** The configuration with the best mean of what was observed of it. */
export function chosen(table: TruthTable, seen: readonly Observation[]): number {
  const sign = table.direction === 'min' ? 1 : -1;
  const byCell = new Map<number, number[]>();
  for (const { cell, value } of seen) byCell.set(cell, [...(byCell.get(cell) ?? []), value]);
  const scored = [...byCell].map(([cell, values]) => ({ cell, score: (sign * values.reduce((a, b) => a + b, 0)) / values.length }));
  return scored.reduce((a, b) => (b.score < a.score ? b : a)).cell;
}

export const atRandom: Method = (table, _, random) => [random.integer(table.cells)];

/** One of the best three with one or two params moved by one level, as people do. */
export const neighbours: Method = (table, seen, random) => {
  const sign = table.direction === 'min' ? 1 : -1;
  const best = [...seen].sort((a, b) => sign * (a.value - b.value)).slice(0, 3);
  const levels = [...table.levelsOf(best[random.integer(best.length)]!.cell)];
  const sizes = Object.values(table.params).map(({ length }) => length);
  for (let moves = 1 + random.integer(2); moves > 0; moves--) {
    const k = random.integer(levels.length);
    const up = levels[k] === 0 || (levels[k] !== sizes[k]! - 1 && random.next() < 0.5);
    levels[k] = levels[k]! + (up ? 1 : -1);
  }
  return [table.cellAt(levels)];
};

export function asTrials(table: TruthTable, seen: readonly Observation[]): TrialTable {
  const trials = seen.map(({ cell, value }, i): Trial => {
    const failed = !Number.isFinite(value);
    return { id: `r${i}`, name: `r${i}`, params: table.valuesOf(cell), value: failed ? null : value, seed: String(i), circumstances: {}, durationMs: null };
  });
  return { metric: table.metric, direction: table.direction, reading: 'last', seedParam: 'seed', trials };
}

export const suggested =
  (count: number): Method =>
  (table, seen, _, repeat) =>
    suggestNext(asTrials(table, seen), { count, seed: repeat, directionStated: true }).suggestions.map(({ params }) => table.cellOf(params));
