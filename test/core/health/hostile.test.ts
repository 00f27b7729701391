// Hostile input: every rule answers, whatever a run holds, the same each time, and nothing throws.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { healthRules } from '../../../src/core/health/index';
import { judgeAcross, judgeRun } from '../../../src/core/health/judge';
import type { RunRule } from '../../../src/core/health/rule';
import type { Value, Values } from '../../../src/core/model/values';
import { type DrawnSeries, readRunFromSeries } from '../../support/run-drawing';

const names = [
  'train/loss',
  'val/loss',
  'loss',
  'val_loss',
  'eval_loss',
  'train_accuracy',
  'val_accuracy',
  'val_f1',
  'val_precision',
  'val_recall',
  'lr',
  'grad_norm',
  'epoch',
  'val_perplexity',
  'train/dead',
  'd_loss',
  'g_loss',
  'rollout/ep_rew_mean',
  'train/approx_kl',
  'train-rmse',
  'validation_0-rmse',
  'metrics/mAP50(B)',
  'x',
] as const;

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, -1, 100, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308, 5e-324) },
);
const curve = fc.oneof(
  fc.array(value, { maxLength: 60 }),
  fc.tuple(value, fc.nat(400)).map(([constant, n]) => Array.from({ length: n }, () => constant)),
  fc.tuple(value, value, fc.nat(400)).map(([from, to, n]) => Array.from({ length: n }, (_, i) => from + ((to - from) * i) / Math.max(1, n - 1))),
);
const steps = fc.oneof(fc.constant('count'), fc.constant('zero'), fc.constant('down'), fc.constant('nan'), fc.constant('shuffle'), fc.constant('huge'));
const stepsOf = (kind: string, n: number): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length: n }, (_, i) =>
    kind === 'count'
      ? i
      : kind === 'zero'
        ? 0
        : kind === 'down'
          ? n - i
          : kind === 'nan'
            ? i % 3 === 0
              ? Number.NaN
              : i
            : kind === 'huge'
              ? 2 ** 53 + 2 * i
              : (i * 7919) % 101,
  );

const param: fc.Arbitrary<Value> = fc.oneof(
  fc.double(),
  fc.string({ maxLength: 8 }),
  fc.constantFrom<Value>(null, true, false, 'nan', '1e999', 10, 2, 0, -1, 10n ** 30n),
  fc.array(fc.double(), { maxLength: 3 }),
);
const params = fc.dictionary(
  fc.constantFrom('num_classes', 'max_steps', 'epochs', 'vocab_size', 'max_grad_norm', 'lr_scheduler_type', 'n_val', 'dropout', 'model', 'a.b/c'),
  param,
) as fc.Arbitrary<Values>;

const run = fc.record({
  series: fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), values: curve, kind: steps }), { selector: ({ name }) => name, maxLength: 8 }),
  params,
});

const drawn = (series: readonly { name: string; values: readonly number[]; kind: string }[]): readonly DrawnSeries[] =>
  series.map(({ name, values, kind }) => ({ name, values: Float64Array.from(values), steps: stepsOf(kind, values.length) }));

const ids = healthRules.filter((rule) => rule.scope === 'run').map(({ meta }) => meta.id);

test('every rule answers: it finds, is clear, or says why it was not assessed; twice the same', () => {
  fc.assert(
    fc.property(run, ({ series, params: settings }) => {
      const read = readRunFromSeries(drawn(series), { params: settings });
      const { health, sketch } = judgeRun(read);
      expect(health.notAssessed.filter(({ reason }) => reason.startsWith('The rule failed'))).toEqual([]);
      const answered = new Set([...health.findings.map(({ rule }) => rule), ...health.notAssessed.map(({ rule }) => rule), ...health.clear]);
      const yields = healthRules.filter((rule) => (rule.meta.yieldsTo ?? []).length > 0).map(({ meta }) => meta.id);
      expect(ids.filter((id) => !answered.has(id) && !yields.includes(id))).toEqual([]);
      for (const { onset, marks } of health.findings) {
        if (onset) expect(Number.isFinite(onset.step) && onset.fraction >= 0 && onset.fraction <= 1).toBe(true);
        for (const { from, to } of marks) expect(Number.isFinite(from) && Number.isFinite(to)).toBe(true);
      }
      expect(judgeRun(read).health).toEqual(health);
      const across = judgeAcross([sketch, sketch]);
      expect(across.notAssessed.filter(({ reason }) => reason.startsWith('The rule failed'))).toEqual([]);
    }),
    { numRuns: 150, seed: 1 },
  );
});

describe('runs at the edges', () => {
  const judge = (series: readonly DrawnSeries[], settings: Values = {}) => judgeRun(readRunFromSeries(series, { params: settings })).health;
  const plain = (name: string, values: readonly number[]): DrawnSeries => ({
    name,
    values: Float64Array.from(values),
    steps: Float64Array.from(values, (_, i) => i),
  });
  const failed = (health: ReturnType<typeof judge>) => health.notAssessed.filter(({ reason }) => reason.startsWith('The rule failed'));

  test.each([
    ['nothing', []],
    ['one point', names.map((name) => plain(name, [1]))],
    ['constants', names.map((name) => plain(name, Array(500).fill(0.5)))],
    ['all NaN', names.map((name) => plain(name, Array(500).fill(Number.NaN)))],
    ['all infinite', names.map((name) => plain(name, Array(500).fill(Number.POSITIVE_INFINITY)))],
    ['all zero', names.map((name) => plain(name, Array(500).fill(0)))],
    [
      'huge',
      names.map((name) =>
        plain(
          name,
          Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? 1.7e308 : -1.7e308)),
        ),
      ),
    ],
  ] as const)('%s', (_, series) => {
    expect(failed(judge(series))).toEqual([]);
  });

  test('ten thousand metrics, params that are lists', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => plain(`${i % 2 === 0 ? 'train' : 'val'}/${i % 4 < 2 ? 'loss' : 'accuracy'}_${i}`, [1, 0.5, 0.25]));
    const health = judge(many, { num_classes: [1, 2], epochs: [3], max_grad_norm: { a: 1 } });
    expect(failed(health)).toEqual([]);
  });

  test('a rule that throws is not assessed, and the others still run', () => {
    const broken: RunRule = {
      ...(healthRules[0] as RunRule),
      check: () => {
        throw new Error('broken');
      },
    };
    const { health } = judgeRun(readRunFromSeries([plain('train/loss', [2, Number.NaN])]), {
      rules: [broken, healthRules.find(({ meta }) => meta.id === 'A-35') as RunRule],
    });
    expect(health.notAssessed).toEqual([{ rule: 'A-01', reason: 'The rule failed: broken.' }]);
    expect(health.clear).toEqual(['A-35']);
  });
});
