// Suggestions over drawn runs: valid, reasoned, deterministic, and answers where there is little to go by.

import { describe, expect, test } from 'vitest';
import { randomOf, shuffled } from '../../../src/core/base/random';
import { mean, median } from '../../../src/core/statistics/basic';
import { suggestNext } from '../../../src/core/suggest/suggest';
import type { Kind, Suggestion } from '../../../src/core/suggest/suggestion';
import type { TrialTable } from '../../../src/core/trials/trial';
import { bowl, drawnParams, drawnTable, tableOf, trial } from './drawn';

const ask = (table: TrialTable, count = 5, seed = 1) => suggestNext(table, { count, seed });
const failed = (table: TrialTable) =>
  ask(table)
    .gates.filter(({ passed }) => !passed)
    .map(({ code }) => code);
const kinds = (suggestions: readonly Suggestion[]): readonly Kind[] => suggestions.map(({ kind }) => kind);

describe('with enough runs', () => {
  const table = drawnTable(40);
  const { suggestions, gates } = ask(table, 10);

  test('passes its gates and proposes what is better than most random runs', () => {
    expect(gates.every(({ passed }) => passed)).toBe(true);
    const random = randomOf('others');
    const others = Array.from({ length: 300 }, () => bowl(drawnParams(random)));
    const own = suggestions.filter(({ kind }) => kind === 'exploit' || kind === 'explore').map(({ params }) => bowl(params));
    expect(own.length).toBeGreaterThan(2);
    expect(others.filter((value) => value < median(own)).length / others.length).toBeLessThan(0.1);
  });

  test('each is complete and valid: branches, powers of two, choices seen, what never varied', () => {
    for (const { params } of suggestions) {
      expect(params).toHaveProperty('epochs', 20);
      expect(params).toHaveProperty('log_every');
      expect(['adam', 'sgd']).toContain(params.optimizer);
      expect('momentum' in params).toBe(params.optimizer === 'sgd');
      expect(Number.isInteger(Math.log2(params.batch_size as number))).toBe(true);
      expect(params.lr).toBeGreaterThan(0);
      if (params.momentum !== undefined) expect(params.momentum).toBeLessThan(1);
    }
  });

  test('no two are alike, none ran already but repeats, which have a seed of their own', () => {
    const text = ({ params }: Suggestion) => JSON.stringify(params);
    expect(new Set(suggestions.map(text)).size).toBe(suggestions.length);
    const ran = new Set(table.trials.map(({ params }) => JSON.stringify(Object.entries(params).sort())));
    for (const { params, kind } of suggestions) {
      const { seed, ...rest } = params;
      expect(ran.has(JSON.stringify(Object.entries(rest).sort()))).toBe(kind === 'replicate');
      expect(seed).toEqual(kind === 'replicate' ? expect.any(Number) : undefined);
      if (kind === 'replicate') expect(table.trials.map((one) => one.seed)).not.toContain(String(seed));
    }
  });

  test('of ten, two are probes; each says why with numbers, what is near, and what would change our mind', () => {
    expect(kinds(suggestions).filter((kind) => kind === 'boundary')).toHaveLength(2);
    for (const { why, changesMind, nearest, predicted, kind } of suggestions) {
      expect(why).toMatch(/\d/);
      expect(changesMind.length).toBeGreaterThan(20);
      expect(nearest.length).toBeGreaterThan(0);
      expect(table.trials.map(({ id }) => id)).toEqual(expect.arrayContaining([...nearest]));
      if (kind === 'exploit') expect(predicted!.interval[0]).toBeLessThan(predicted!.mean);
    }
  });

  test('80 % intervals hold most new runs, though the model picked where it is hopeful', () => {
    const random = randomOf('coverage');
    const held: number[] = [];
    for (let repeat = 0; repeat < 4; repeat++) {
      for (const { params, predicted, kind } of ask(drawnTable(40, 0.05, `coverage/${repeat}`), 10, repeat).suggestions) {
        if (kind === 'replicate' || predicted === null) continue;
        const value = bowl(params) + 0.05 * random.normal();
        held.push(Number(value >= predicted.interval[0] && value <= predicted.interval[1]));
      }
    }
    expect(mean(held)).toBeGreaterThan(0.65);
  });

  test('the same seed says the same, whatever the order of rows; another seed says something else', () => {
    const again = { ...table, trials: shuffled(table.trials, randomOf('rows')) };
    expect(ask(again, 10)).toEqual(ask(table, 10));
    expect(ask(table, 10, 2)).not.toEqual(ask(table, 10));
  });

  test('more of a metric that should be high is the same as less of its negative', () => {
    const turned = tableOf(
      table.trials.map((one) => ({ ...one, value: -(one.value as number) })),
      { direction: 'max', metric: 'score_x' },
    );
    expect(ask(turned).suggestions.map(({ params }) => params)).toEqual(ask({ ...table, metric: 'score_x' }).suggestions.map(({ params }) => params));
  });
});

describe('ranges', () => {
  /** Better the larger lr and the lower dropout are. */
  const edge = tableOf(
    Array.from({ length: 30 }, (_, i) => {
      const random = randomOf(`edge/${i}`);
      const params = { lr: [0.001, 0.01, 0.1][random.integer(3)]!, dropout: random.integer(6) / 10, depth: 1 + random.integer(4) };
      return trial(`r${i}`, params, 1 - 0.2 * Math.log10(params.lr) - 0.1 * params.dropout + 0.01 * random.normal());
    }),
    { direction: 'min' },
  );
  const suggested = [1, 2, 3].flatMap((seed) => ask(edge, 10, seed).suggestions.map(({ params }) => params));

  test('go one step beyond the side where the best lie, and no further', () => {
    const rates = suggested.map(({ lr }) => lr as number);
    expect(Math.max(...rates)).toBeGreaterThan(0.1);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.3);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.001);
  });

  test('never leave what is possible', () => {
    for (const { dropout, depth } of suggested) {
      expect(dropout).toBeGreaterThanOrEqual(0);
      expect(dropout).toBeLessThan(1);
      expect(Number.isInteger(depth)).toBe(true);
      expect(depth).toBeGreaterThan(0);
    }
  });
});

describe('kinds', () => {
  test('a clear lead is not repeated', () => {
    const runs = Array.from({ length: 20 }, (_, i) => trial(`r${i}`, { lr: (i + 1) / 100 }, ((i + 1) / 100 - 0.1) ** 2 * 100 + 1));
    const twice = runs.map((run, i) => ({ ...run, id: `again ${i}`, value: (run.value as number) + 1e-6 * (i % 2) }));
    expect(kinds(ask(tableOf([...runs, ...twice])).suggestions)).not.toContain('replicate');
  });

  test('params that always changed together are set apart', () => {
    const random = randomOf('tied');
    const runs = Array.from({ length: 24 }, (_, i) => {
      const step = random.integer(4);
      return trial(
        `r${i}`,
        { lr: [0.3, 0.1, 0.03, 0.01][step]!, batch_size: [64, 32, 16, 8][step]!, width: 8 * (1 + random.integer(4)) },
        step + 0.1 * random.normal(),
      );
    });
    const found = ask(tableOf(runs), 5).suggestions.find(({ kind }) => kind === 'disambiguate');
    expect(found).toBeDefined();
    const { lr, batch_size: batch } = found!.params;
    expect([0.3, 0.1, 0.03, 0.01].indexOf(lr as number)).not.toBe([64, 32, 16, 8].indexOf(batch as number));
    expect(found!.why).toContain('cannot be told apart');
  });

  test('where runs fail is avoided', () => {
    const random = randomOf('failures');
    const runs = Array.from({ length: 60 }, (_, i) => {
      const lr = Number((10 ** (-4 + 4 * random.next())).toPrecision(2));
      return trial(`r${i}`, { lr, width: 2 ** random.integer(6) }, lr > 0.03 ? null : -Math.log10(lr) + 0.05 * random.normal());
    });
    const rates = ask(tableOf(runs), 10)
      .suggestions.filter(({ kind }) => kind !== 'replicate')
      .map(({ params }) => params.lr as number);
    expect(rates.filter((lr) => lr > 0.1)).toHaveLength(0);
  });

  test('says what a run should take where durations are known', () => {
    const table = drawnTable(30);
    const timed = { ...table, trials: table.trials.map((one) => ({ ...one, durationMs: 1000 * (one.params.batch_size as number) })) };
    for (const { expectedMs } of ask(timed).suggestions) {
      expect(expectedMs).toBeGreaterThanOrEqual(16_000);
      expect(expectedMs).toBeLessThanOrEqual(256_000);
    }
    expect(ask(table).suggestions[0]!.expectedMs).toBeNull();
  });
});

describe('gates', () => {
  test('few runs: no model, only places to learn from and repeats', () => {
    const table = drawnTable(6);
    expect(failed(table)).toEqual(['complete-runs']);
    const { suggestions } = ask(table);
    expect(suggestions).toHaveLength(5);
    for (const { predicted, kind } of suggestions) {
      expect(predicted).toBeNull();
      expect(['explore', 'replicate']).toContain(kind);
    }
  });

  test('noise alone: the model is not asked in most cases', () => {
    const tables = Array.from({ length: 8 }, (_, repeat) => {
      const random = randomOf(`noise/${repeat}`);
      return tableOf(Array.from({ length: 30 }, (__, i) => trial(`r${i}`, drawnParams(random), random.normal())));
    });
    const refused = tables.filter((table) => failed(table).includes('model'));
    expect(refused.length).toBeGreaterThanOrEqual(6);
    for (const table of refused) expect(ask(table).suggestions.every(({ predicted }) => predicted === null)).toBe(true);
  });

  test('different data sets are not put in one model', () => {
    const table = drawnTable(20);
    const mixed = { ...table, trials: table.trials.map((one, i) => ({ ...one, circumstances: { data: `set ${i % 2}` } })) };
    expect(failed(mixed)).toEqual(['comparable']);
  });
});

describe('whatever the table holds, there is an answer', () => {
  const random = randomOf('odd');
  test.each<[string, TrialTable]>([
    ['nothing', tableOf([])],
    ['one run', tableOf([trial('a', { lr: 0.1 }, 1)])],
    ['nothing varied', tableOf(Array.from({ length: 12 }, (_, i) => trial(`r${i}`, { lr: 0.1 }, i)))],
    ['no params', tableOf(Array.from({ length: 12 }, (_, i) => trial(`r${i}`, {}, i)))],
    ['all failed', tableOf(Array.from({ length: 12 }, (_, i) => trial(`r${i}`, { lr: i + 1 }, null)))],
    ['one outcome', tableOf(Array.from({ length: 12 }, (_, i) => trial(`r${i}`, { lr: i + 1 }, 1)))],
    ['huge outcomes', tableOf(Array.from({ length: 12 }, (_, i) => trial(`r${i}`, { lr: i + 1 }, i % 2 ? 1e308 : -1e308)))],
    [
      'a thousand choices',
      tableOf(Array.from({ length: 1000 }, (_, i) => trial(`r${i}`, { data: `d${i % 500}`, lr: 1 + (i % 7) }, random.normal() + (i % 7)))),
    ],
    ['lists and objects', tableOf(Array.from({ length: 20 }, (_, i) => trial(`r${i}`, { betas: [0.9, i % 2 ? 0.99 : 0.999], net: { depth: i % 3 } }, i % 3)))],
    [
      'hostile names',
      tableOf(
        Array.from({ length: 20 }, (_, i) =>
          trial(
            `r${i}`,
            Object.fromEntries([
              ['__proto__', i % 4],
              ['constructor', i % 3],
            ]),
            i % 4,
          ),
        ),
      ),
    ],
    ['mixed types', tableOf(Array.from({ length: 20 }, (_, i) => trial(`r${i}`, { lr: i % 3 ? '1e-3' : 0.1, n: i % 2 ? null : 3 }, i % 3)))],
    ['integers beyond 2^53', tableOf(Array.from({ length: 20 }, (_, i) => trial(`r${i}`, { n: 2n ** 60n + BigInt(i % 4) }, i % 4)))],
    [
      'forty params',
      tableOf(Array.from({ length: 30 }, (_, i) => trial(`r${i}`, Object.fromEntries(Array.from({ length: 40 }, (_, k) => [`p${k}`, random.next()])), i))),
    ],
  ])('%s', (_, table) => {
    const { suggestions, gates } = ask(table);
    expect(gates.length).toBeGreaterThan(0);
    expect(suggestions.length).toBeLessThanOrEqual(5);
    for (const { why, predicted } of suggestions) {
      expect(why).not.toMatch(/NaN|undefined|Infinity/);
      if (predicted) expect([predicted.mean, ...predicted.interval].every(Number.isFinite)).toBe(true);
    }
  });

  test('more than a process can take goes to a forest, which learns too', () => {
    const table = drawnTable(400);
    const { suggestions, method } = ask(table);
    expect(method).toContain('Forest');
    const own = suggestions.filter(({ kind }) => kind === 'exploit' || kind === 'explore').map(({ params }) => bowl(params));
    expect(median(own)).toBeLessThan(0.7);
  });
});
