import { expect, test, vi } from 'vitest';
import { randomOf, shuffled } from '../../../src/core/base/random';
import { type Effects, effectsOf } from '../../../src/core/effects/effects';
import type { Trial } from '../../../src/core/trials/trial';
import { drawnFactorial, sweepOf, tableOf, trial, trueShares } from '../../support/sweeps';

// Many surfaces are fitted: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const of = (effects: Effects, name: string) => effects.params.find((param) => param.name === name);

/** Sweeps of a response surface each: `n` runs, noise of 0.3. */
const sweeps = (count: number, n: number) =>
  Array.from({ length: count }, (_, i) => {
    const factorial = drawnFactorial(`factorial ${i}`);
    return { effects: effectsOf(sweepOf(factorial, n, 0.3, `runs ${i}`)), truth: trueShares(factorial) };
  });

test('of 24 drawn sweeps, a param without effect is likely-top in at most 5 %, the strongest is found in 70 %', () => {
  const all = sweeps(24, 26);
  expect(all.filter(({ effects }) => of(effects, 'idle')?.tier === 'likely-top').length).toBeLessThanOrEqual(1);
  const findable = all.flatMap(({ effects, truth }) => {
    const [name, share] = Object.entries(truth).reduce((best, entry) => (entry[1] > best[1] ? entry : best));
    return share >= 0.3 ? [of(effects, name)?.tier] : [];
  });
  expect(findable.length).toBeGreaterThan(12);
  expect(findable.filter((tier) => tier === 'likely-top').length / findable.length).toBeGreaterThanOrEqual(0.7);
  expect(findable).not.toContain('no-sign');
});

test('intervals from 30 configurations on hold the true share in at least 85 %, and are no empty talk', () => {
  const all = sweeps(14, 36).flatMap(({ effects, truth }) =>
    effects.params.flatMap(({ name, interval }) => (interval ? [{ interval, share: truth[name] as number }] : [])),
  );
  expect(all.length).toBeGreaterThan(25);
  const covered = all.filter(({ interval: [low, high], share }) => low - 0.005 <= share && share <= high + 0.005);
  expect(covered.length / all.length).toBeGreaterThanOrEqual(0.85);
  const widths = all.map(({ interval: [low, high] }) => high - low).sort((a, b) => a - b);
  expect(widths[Math.floor(widths.length / 2)]).toBeLessThan(0.4);
});

test('pure noise has no top and no numbers', () => {
  const noise = { params: { a: [1, 2, 3], b: ['x', 'y'], c: [0.1, 0.2, 0.3] }, outcome: () => 0 };
  for (const seed of ['1', '2', '3', '4', '5', '6']) {
    const effects = effectsOf(sweepOf(noise, 40, 1, seed));
    expect(effects.params.map(({ tier, importance }) => [tier === 'likely-top', importance])).toEqual(effects.params.map(() => [false, null]));
  }
});

test('the order of runs and of keys changes nothing', () => {
  const table = sweepOf(drawnFactorial('order'), 24, 0.2, 'order');
  const mixed = shuffled(table.trials, randomOf(1)).map((one) => ({ ...one, params: Object.fromEntries(Object.entries(one.params).reverse()) }));
  expect({ ...effectsOf({ ...table, trials: mixed }), paired: [] }).toEqual({ ...effectsOf(table), paired: [] });
});

test('below ten configurations there are observations and no claims', () => {
  const table = tableOf([0.1, 0.2, 0.3].flatMap((lr, i) => [trial(`a${i}`, { lr, width: 8 }, lr), trial(`b${i}`, { lr, width: 16 }, lr + 1)]));
  const effects = effectsOf(table);
  expect(effects.gates.find(({ code }) => code === 'tiers')?.passed).toBe(false);
  expect(effects.params.map(({ tier, importance, interval, rankedFirst }) => [tier, importance, interval, rankedFirst])).toEqual([
    ['unclear', null, null, null],
    ['unclear', null, null, null],
  ]);
  expect(effects.paired.filter(({ param }) => param === 'width').map(({ from, to, difference }) => [from, to, difference])).toEqual([
    ['8', '16', 1],
    ['8', '16', 1],
    ['8', '16', 1],
  ]);
});

/** 36 runs of lr × width, each twice with a seed. */
const grid = (more: (row: number, lr: number) => Partial<Trial> & { readonly params?: Trial['params'] }): readonly Trial[] =>
  Array.from({ length: 36 }, (_, row) => {
    const lr = [0.001, 0.01, 0.1][row % 3] as number;
    const width = [8, 16, 32][Math.floor(row / 3) % 3] as number;
    const base = trial(`r${row}`, { lr, width }, Math.log10(lr) + 0.1 * Math.log2(width) + 0.05 * ((row * 7) % 5), String(row % 4));
    const { params, ...rest } = more(row, lr);
    return { ...base, ...rest, params: { ...base.params, ...params } };
  });

test('what changed only together cannot be told apart, and is claimed of none', () => {
  const effects = effectsOf(
    tableOf(grid((_, lr) => ({ params: { batch: lr * 1000 }, circumstances: { commit: lr > 0.05 ? 'new' : lr > 0.005 ? 'mid' : 'old' } }))),
  );
  for (const name of ['lr', 'batch']) {
    const found = of(effects, name);
    expect(found?.tier).not.toBe('likely-top');
    expect(found?.importance).toBeNull();
    expect(found?.note).toMatch(/cannot be told apart/);
  }
  expect(of(effects, 'lr')?.aliases).toEqual(['batch']);
  expect(of(effects, 'lr')?.confounders.map(({ name }) => name)).toEqual(['commit']);
  expect(of(effects, 'width')?.confounders).toEqual([]);
});

test('a param that is settled by another, without settling it, is confounded with it', () => {
  const effects = effectsOf(tableOf(grid((_, lr) => ({ params: { batch: lr > 0.005 ? 64 : 32 } }))));
  expect(of(effects, 'lr')?.confounders.map(({ name }) => name)).toEqual(['batch']);
  expect(of(effects, 'batch')?.confounders.map(({ name }) => name)).toEqual(['lr']);
  for (const name of ['lr', 'batch']) expect(of(effects, name)).toMatchObject({ importance: null, note: expect.stringMatching(/cannot be told apart/) });
  expect(of(effects, 'lr')?.tier).not.toBe('likely-top');
});

test('a param that went with the time of the run is said to', () => {
  const effects = effectsOf(tableOf(grid((row, lr) => ({ circumstances: { started: lr * 1e6 + row } }))));
  expect(of(effects, 'lr')?.confounders).toMatchObject([{ name: 'started', kind: 'circumstance' }]);
});

test('failures that follow a param count as the worst outcome, others are left out', () => {
  const clustered = effectsOf(tableOf(grid((_, lr) => (lr > 0.05 ? { value: null } : {}))));
  expect(clustered.failed).toBe(12);
  expect(clustered.gates.find(({ code }) => code === 'failures')).toMatchObject({ passed: false, message: expect.stringContaining('lr') });
  expect(clustered.n).toBe(9);
  const chance = effectsOf(tableOf(grid((row) => (row % 17 === 5 ? { value: null } : {}))));
  expect(chance.gates.find(({ code }) => code === 'failures')?.passed).toBe(true);
});

test('a param whose runs end alike to the last digit did nothing', () => {
  const table = sweepOf({ params: { lr: [1, 2, 3, 4], depth: [1, 2, 3] }, outcome: ([lr = 0, depth = 0]) => lr + depth }, 12, 0.4, 'inert');
  const doubled = table.trials.flatMap((one) => [0, 4].map((workers) => ({ ...one, id: `${one.id} ${workers}`, params: { ...one.params, workers } })));
  const effects = effectsOf({ ...table, trials: doubled });
  expect(of(effects, 'workers')).toMatchObject({ tier: 'no-sign', note: expect.stringMatching(/^12 pairs/) });
  expect(effects.n).toBeLessThanOrEqual(12);
});

test('directions are said along the scale', () => {
  const words = (curve: (level: number) => number, levels: readonly (number | string)[]) =>
    of(effectsOf(sweepOf({ params: { x: levels, other: [1, 2, 3, 4, 5] }, outcome: ([x = 0]) => curve(x) }, 40, 0.05, 'words')), 'x')?.directionText;
  expect(words((x) => x, [0.001, 0.01, 0.1])).toBe('higher was better');
  expect(words((x) => -x, [0.001, 0.01, 0.1])).toBe('lower was better');
  expect(words((x) => -((x - 2) ** 2), [0.001, 0.01, 0.1, 1, 10])).toBe('higher was better up to 0.1, then worse');
  expect(words((x) => x, ['relu', 'tanh'])).toBe('tanh was best, relu worst');
  expect(words(() => 0, [1, 2, 3])).toBe('no clear direction');
});

test('whatever a table holds, there is an answer, and no word of causes', () => {
  const many = Array.from({ length: 60 }, (_, row) => row);
  const tables = [
    tableOf([]),
    tableOf([trial('a', { lr: 1 }, 1)]),
    tableOf([trial('a', {}, null), trial('b', {}, null)]),
    tableOf(many.map((row) => trial(`r${row}`, { lr: 1 }, row))),
    tableOf(many.map((row) => trial(`r${row}`, { lr: row % 3 }, 5))),
    tableOf(many.map((row) => trial(`r${row}`, { lr: row % 3, layers: [row % 2, [row % 4]], text: 'x'.repeat(row) }, row * 1e300))),
    tableOf(many.map((row) => trial(`r${row}`, { lr: row % 2 ? Number.NaN : Number.POSITIVE_INFINITY, big: 10n ** 30n + BigInt(row % 3) }, (row * 13) % 7))),
    tableOf(Array.from({ length: 2000 }, (_, row) => trial(`r${row}`, { category: `c${(row * 7) % 1000}`, lr: row % 5 }, (row * 31) % 11))),
    tableOf(many.map((row) => trial(`r${row}`, Object.fromEntries(Array.from({ length: 300 }, (_, k) => [`p${k}`, (row * (k + 3)) % 5])), (row * 17) % 13))),
  ];
  for (const table of tables) {
    const effects = effectsOf(table);
    expect(JSON.stringify(effects, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/\bcaus/i);
    for (const { importance, interval } of effects.params) {
      if (importance === null || interval === null) continue;
      expect(importance).toBeGreaterThanOrEqual(interval[0]);
      expect(importance).toBeLessThanOrEqual(interval[1]);
    }
  }
});
