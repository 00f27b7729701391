// Sweeps with a known truth: a factorial of few params, its exact shares of variance, and random runs of it with seed noise.

import { type Random, randomOf } from '../../src/core/base/random';
import type { Value } from '../../src/core/model/values';
import type { Trial, TrialTable } from '../../src/core/trials/trial';

export interface Factorial {
  readonly params: Readonly<Record<string, readonly Value[]>>;
  /** Mean outcome at the levels given by their indices, in the order of `params`. */
  outcome(levels: readonly number[]): number;
}

/** Own effect of each param as a share of the variance over all cells. */
export function trueShares({ params, outcome }: Factorial): Readonly<Record<string, number>> {
  const sizes = Object.values(params).map(({ length }) => length);
  const cells = cellsOf(sizes).map((levels) => ({ levels, value: outcome(levels) }));
  const centre = average(cells.map(({ value }) => value));
  const total = average(cells.map(({ value }) => (value - centre) ** 2));
  const shareOf = (j: number): number => {
    const means = Array.from({ length: sizes[j] as number }, (_, level) =>
      average(cells.filter(({ levels }) => levels[j] === level).map(({ value }) => value)),
    );
    return average(means.map((mean) => (mean - centre) ** 2)) / total;
  };
  return Object.fromEntries(Object.keys(params).map((name, j) => [name, shareOf(j)]));
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const cellsOf = (sizes: readonly number[]): readonly (readonly number[])[] =>
  sizes.reduce<number[][]>((cells, size) => cells.flatMap((cell) => Array.from({ length: size }, (_, level) => [...cell, level])), [[]]);

/** Random cells, one run each, more is better. `noise` is the standard deviation between seeds. */
export function sweepOf({ params, outcome }: Factorial, n: number, noise: number, seed: string): TrialTable {
  const random = randomOf(seed);
  const names = Object.keys(params);
  const trials = Array.from({ length: n }, (_, row): Trial => {
    const levels = names.map((name) => random.integer((params[name] as readonly Value[]).length));
    const chosen = Object.fromEntries(names.map((name, j) => [name, params[name]?.[levels[j] as number] ?? null]));
    return trial(`r${row}`, chosen, outcome(levels) + noise * random.normal(), String(random.integer(1e9)));
  });
  return { metric: 'score', direction: 'max', reading: 'last', seedParam: 'seed', trials };
}

export const trial = (id: string, params: Trial['params'], value: number | null, seed: string | null = null): Trial => ({
  id,
  name: id,
  params,
  value,
  seed,
  circumstances: {},
  durationMs: null,
});

export const tableOf = (trials: readonly Trial[], more: Partial<TrialTable> = {}): TrialTable => ({
  metric: 'score',
  direction: 'max',
  reading: 'last',
  seedParam: null,
  trials,
  ...more,
});

/** A response surface drawn from a seed: curves of several kinds, interactions, sometimes a heavy tail, and `idle`, which does nothing. */
export function drawnFactorial(seed: string): Factorial {
  const random = randomOf(seed);
  const params: Record<string, readonly Value[]> = {
    lr: [0.001, 0.003, 0.01, 0.03, 0.1].slice(0, 3 + random.integer(3)),
    width: [16, 32, 64, 128].slice(0, 2 + random.integer(3)),
    opt: ['sgd', 'adam', 'lion'].slice(0, 2 + random.integer(2)),
    idle: [0, 2, 4],
  };
  const curves = Object.entries(params).map(([name, levels]) => curve(name, levels.length, random));
  const strength = 0.8 * random.next();
  const heavy = random.next() < 0.25;
  return {
    params,
    outcome(levels) {
      const own = curves.map((values, j) => values[levels[j] as number] as number);
      const sum = own.reduce((all, value) => all + value, 0) + strength * (own[0] as number) * (own[1] as number);
      return heavy ? -Math.exp(-0.7 * sum) : sum;
    },
  };
}

function curve(name: string, size: number, random: Random): readonly number[] {
  const weight = name === 'idle' ? 0 : Math.exp((name === 'lr' ? 0.5 : -0.7) + 0.6 * random.normal());
  const kind = name === 'opt' ? 3 : random.integer(3);
  const peak = random.next();
  const shapes = [(x: number) => 2 * x, (x: number) => -4 * (x - peak) ** 2, (x: number) => (x > peak ? -1 : 0.5), () => random.normal()] as const;
  return Array.from({ length: size }, (_, level) => weight * (shapes[kind] as (x: number) => number)(level / (size - 1)));
}
