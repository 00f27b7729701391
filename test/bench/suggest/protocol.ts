// How ways of choosing the next run are compared: the same ten random runs, then each goes its way, with the noise of one seed a run.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, randomOf } from '../../../src/core/base/random';
import { suggestNext } from '../../../src/core/suggest/suggest';
import type { Trial, TrialTable } from '../../../src/core/trials/trial';
import { type TruthTable, tableFolder } from './tables';

const firstRuns = 10;
const lastRun = 40;
export const checkpoints = [15, 20, 40] as const;

export interface Observation {
  readonly cell: number;
  readonly value: number;
}

/** From what was observed so far to the cells of the next runs. */
export type Method = (table: TruthTable, seen: readonly Observation[], random: Random, repeat: number) => readonly number[];

/** What all methods share: the first runs as cell and seed, and the seeds of the runs that follow. */
export interface Start {
  readonly table: string;
  readonly repeat: number;
  readonly first: readonly (readonly [cell: number, seed: number])[];
  readonly noise: readonly number[];
}

export function startOf(table: TruthTable, repeat: number): Start {
  const random = randomOf(`${table.name}/${repeat}`);
  return {
    table: table.name,
    repeat,
    first: Array.from({ length: firstRuns }, () => [random.integer(table.cells), random.integer(table.seeds)] as const),
    noise: Array.from({ length: lastRun - firstRuns }, () => random.integer(table.seeds)),
  };
}

/** Quantile of the chosen run's true mean at each checkpoint; 0 is the best cell of the table. */
export function walk(table: TruthTable, method: Method, repeat: number): readonly number[] {
  const random = randomOf(`${table.name}/${repeat}/method`);
  const cells: number[] = [];
  const { noise } = startOf(table, repeat);
  while (cells.length < noise.length) cells.push(...method(table, observed(table, repeat, cells), random, repeat));
  return qualities(table, repeat, cells);
}

/** The same for cells that were chosen elsewhere. */
export function qualities(table: TruthTable, repeat: number, cells: readonly number[]): readonly number[] {
  const seen = observed(table, repeat, cells);
  return checkpoints.map((n) => table.rank(chosen(table, seen.slice(0, n))));
}

function observed(table: TruthTable, repeat: number, cells: readonly number[]): readonly Observation[] {
  const { first, noise } = startOf(table, repeat);
  const runs = [...first, ...cells.slice(0, noise.length).map((cell, i) => [cell, noise[i]!] as const)];
  return runs.map(([cell, seed]) => ({ cell, value: table.outcomes(cell)[seed]! }));
}

/** The configuration with the best mean of what was observed of it. */
function chosen(table: TruthTable, seen: readonly Observation[]): number {
  const sign = table.direction === 'min' ? 1 : -1;
  const byCell = new Map<number, number[]>();
  for (const { cell, value } of seen) if (Number.isFinite(value)) byCell.set(cell, [...(byCell.get(cell) ?? []), value]);
  const scored = [...byCell].map(([cell, values]) => ({ cell, score: (sign * values.reduce((a, b) => a + b, 0)) / values.length }));
  return scored.reduce((a, b) => (b.score < a.score ? b : a)).cell;
}

export const atRandom: Method = (table, _, random) => [random.integer(table.cells)];

/** One of the best three with one or two params moved by one level, as people do. */
export const neighbours: Method = (table, seen, random) => {
  const sign = table.direction === 'min' ? 1 : -1;
  const best = seen
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => sign * (a.value - b.value))
    .slice(0, 3);
  const levels = [...table.levelsOf(best[random.integer(best.length)]!.cell)];
  const sizes = Object.values(table.params).map(({ length }) => length);
  for (let moves = 1 + random.integer(2); moves > 0; moves--) {
    const k = random.integer(levels.length);
    const up = levels[k] === 0 || (levels[k] !== sizes[k]! - 1 && random.next() < 0.5);
    levels[k] = levels[k]! + (up ? 1 : -1);
  }
  return [table.cellAt(levels)];
};

function asTrials(table: TruthTable, seen: readonly Observation[]): TrialTable {
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

/**
 * What a sampler of Optuna chooses from the same starts, one run at a time. Kept in `.cache`, since it takes minutes and always says the same.
 * @throws Error when Python fails
 */
export function optunaCells(python: string, sampler: 'tpe' | 'gp', starts: readonly Start[]): readonly (readonly number[])[] {
  const keys = starts.map((start) => createHash('sha256').update(JSON.stringify(start)).digest('hex'));
  const folder = join('.cache/bench/optuna', sampler);
  mkdirSync(folder, { recursive: true });
  const kept = (key: string): string => join(folder, `${key}.json`);
  for (const table of new Set(starts.map((start) => start.table))) {
    const open = starts.flatMap((start, i) => (start.table === table && !existsSync(kept(keys[i]!)) ? [{ start, key: keys[i]! }] : []));
    if (open.length === 0) continue;
    const args = ['test/bench/baselines/run_optuna.py', tableFolder, sampler];
    const input = JSON.stringify(open.map(({ start }) => start));
    const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', input, maxBuffer: 2 ** 26 });
    if (status !== 0) throw new Error(`Optuna ended with ${status}: ${stderr.slice(-2000)}`);
    for (const [i, cells] of (JSON.parse(stdout) as number[][]).entries()) writeFileSync(kept(open[i]!.key), JSON.stringify(cells));
  }
  return keys.map((key) => JSON.parse(readFileSync(kept(key), 'utf8')) as readonly number[]);
}
