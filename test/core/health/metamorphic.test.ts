// What must not change a verdict: names within a family, a constant on every step, the order and number of rows, the unit of the loss; and what may
// change it only a little: fewer points.
import { describe, expect, test } from 'vitest';
import { randomOf, shuffled } from '../../../src/core/base/random';
import { healthRules } from '../../../src/core/health/index';
import { judgeRun } from '../../../src/core/health/judge';
import type { Values } from '../../../src/core/model/values';
import { type HealthCase, healthCases } from '../../support/health-cases';
import { type DrawnSeries, readRunFromSeries } from '../../support/run-drawing';

const cases = await healthCases();
const none: ReadonlySet<string> = new Set();

interface Plain {
  readonly series: readonly DrawnSeries[];
  readonly params: Values;
}

function plainOf({ runs: [first] }: HealthCase): Plain {
  if (!first) throw new Error('a case without a run');
  const { run, points } = first;
  return {
    params: run.params,
    series: run.series.map(({ name }, index) => {
      const { steps, values } = points[index] as (typeof points)[number];
      return { name, values, steps: steps ?? Float64Array.from(values, (_, i) => i) };
    }),
  };
}

/** Rule → severity. Rules in `but` do not run, so that others do not give way to them either. */
function verdicts({ series, params }: Plain, but: ReadonlySet<string> = none): Record<string, string> {
  const { findings } = judgeRun(readRunFromSeries(series, { params }), { rules: healthRules.filter(({ meta }) => !but.has(meta.id)) }).health;
  return Object.fromEntries(findings.map(({ rule, severity }) => [rule, severity]));
}

const before = new Map(cases.map((one) => [one.id, verdicts(plainOf(one))]));
const sensitiveTo = (what: 'level' | 'rows' | 'points'): ReadonlySet<string> =>
  new Set(healthRules.filter(({ meta }) => meta.sensitiveTo?.includes(what)).map(({ meta }) => meta.id));

/** Cases whose verdicts differ from what is expected, with both. */
function changed(change: (plain: Plain, one: HealthCase) => Plain | null, but: ReadonlySet<string> = none): readonly object[] {
  return cases.flatMap((one) => {
    const plain = change(plainOf(one), one);
    if (!plain) return [];
    const now = verdicts(plain, but);
    const was = but === none ? (before.get(one.id) ?? {}) : verdicts(plainOf(one), but);
    return JSON.stringify(sortedKeys(now)) === JSON.stringify(sortedKeys(was)) ? [] : [{ id: one.id, was, now }];
  });
}

const sortedKeys = (all: Record<string, string>) => Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
const mapSeries = (plain: Plain, map: (series: DrawnSeries) => DrawnSeries): Plain => ({ ...plain, series: plain.series.map(map) });

const families: Readonly<Record<string, (split: 'train' | 'val', word: string) => string>> = {
  'train/loss, val/loss': (split, word) => `${split}/${word}`,
  'train_loss, val_loss': (split, word) => `${split}_${word}`,
  'loss/train, loss/val': (split, word) => `${word}/${split}`,
  'training_loss, validation_loss': (split, word) => `${split === 'train' ? 'training' : 'validation'}_${word}`,
  'train/loss, valid/loss': (split, word) => `${split === 'train' ? 'train' : 'valid'}/${word}`,
  'train/loss, eval/loss': (split, word) => `${split === 'train' ? 'train' : 'eval'}/${word}`,
  'trainLoss, valLoss': (split, word) => `${split}${word[0]?.toUpperCase()}${word.slice(1)}`,
};

describe('names', () => {
  test.each(Object.entries(families))('%s', (_, name) => {
    const renamed = changed((plain, { label }) => {
      // Games and reinforcement learning have names of their own.
      if (Object.values(label.columns).some((canonical) => /d_loss|ep_rew/.test(canonical))) return null;
      return mapSeries(plain, (series) => {
        const [split, word] = (label.columns[series.name] ?? '').split('.');
        return (split === 'train' || split === 'val') && word ? { ...series, name: name(split, word) } : series;
      });
    });
    expect(renamed).toEqual([]);
  });
});

test.each([7, 1000, 50_000, 10_000_000])('a constant of %i on every step', (constant) => {
  expect(changed((plain) => mapSeries(plain, (series) => ({ ...series, steps: series.steps.map((step) => step + constant) })))).toEqual([]);
});

test('rows shuffled, where there was one attempt', () => {
  // Which attempt a point belongs to is told by the order alone: a log with restarts cannot be shuffled.
  const shuffledRows = changed((plain) => {
    if (plain.series.some(({ steps }) => steps.some((step, i) => i > 0 && step < (steps[i - 1] as number)))) return null;
    const random = randomOf(1);
    return mapSeries(plain, ({ name, steps, values }) => {
      const order = shuffled(
        Array.from(steps, (_, i) => i),
        random,
      );
      return { name, steps: Float64Array.from(order, (i) => steps[i] as number), values: Float64Array.from(order, (i) => values[i] as number) };
    });
  }, sensitiveTo('rows'));
  expect(shuffledRows).toEqual([]);
});

test('rows doubled', () => {
  const twice = (column: Float64Array) => Float64Array.from({ length: 2 * column.length }, (_, i) => column[i >> 1] as number);
  expect(
    changed((plain) => mapSeries(plain, ({ name, steps, values }) => ({ name, steps: twice(steps), values: twice(values) })), sensitiveTo('rows')),
  ).toEqual([]);
});

test.each([0.01, 1 / 3, 8, 1000])('losses times %f', (factor) => {
  const scaled = changed((plain, { label }) => {
    return mapSeries(plain, (series) =>
      /\.(loss|recon|kl)$/.test(label.columns[series.name] ?? '') ? { ...series, values: series.values.map((value) => value * factor) } : series,
    );
  }, sensitiveTo('level'));
  expect(scaled).toEqual([]);
});

/**
 * Stable: a finding of warn or worse does not vanish and none appears; it may go down to a note, or come up from one.
 */
function unstable(change: (plain: Plain, one: HealthCase) => Plain, but: ReadonlySet<string> = none): readonly object[] {
  return cases.flatMap((one) => {
    const now = verdicts(change(plainOf(one), one), but);
    const was = but === none ? (before.get(one.id) ?? {}) : verdicts(plainOf(one), but);
    const loud = (all: Record<string, string>, other: Record<string, string>) => Object.keys(all).filter((rule) => all[rule] !== 'note' && !(rule in other));
    const lost = loud(was, now);
    const gained = loud(now, was);
    return lost.length + gained.length > 0 ? [{ id: one.id, lost, gained }] : [];
  });
}

describe('fewer points', () => {
  test.each([0.01, 0.02])('the last share of %f of the run is cut off', (share) => {
    const cut = unstable((plain) => {
      const last = Math.max(...plain.series.flatMap(({ steps }) => (steps.length > 0 ? [steps[steps.length - 1] as number] : [])));
      const first = Math.min(...plain.series.flatMap(({ steps }) => (steps.length > 0 ? [steps[0] as number] : [])));
      const until = last - share * (last - first);
      return mapSeries(plain, ({ name, steps, values }) => {
        const restarts = steps.some((step, i) => i > 0 && step < (steps[i - 1] as number));
        const keep = (_: number, i: number) => restarts || (steps[i] as number) <= until;
        return { name, steps: steps.filter(keep), values: values.filter(keep) };
      });
    });
    expect(cut).toEqual([]);
  });

  test('every other point of curves with at least 200 points is left out', () => {
    const thinned = unstable(
      (plain) =>
        mapSeries(plain, ({ name, steps, values }) => {
          const keep = (_: number, i: number) => values.length < 200 || i % 2 === 0;
          return { name, steps: steps.filter(keep), values: values.filter(keep) };
        }),
      // A spike of one point may be the point that is left out.
      sensitiveTo('points'),
    );
    expect(thinned).toEqual([]);
  });
});
