// training and validation look like the same data.

import { shareFactor, validationRows } from '../chance';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-15',
    title: 'Signs of leakage',
    about: 'The validation metric is perfect from the first evaluations, or training and validation curves are identical.',
    needs: ['a validation metric, or the same metric on training and validation data'],
    reference: 'UMLAUT; Deep Learning Tuning Playbook on overlap of training and test data',
    thresholds: [
      {
        what: 'largest difference of a pair, of its range',
        value: '< 1e-5, at ≥ 4 evaluations with ≥ 3 distinct values',
        source: 'the same values logged twice, beyond rounding',
      },
      { what: 'accuracy, AUC or F1 of the first two evaluations', value: '≥ 0.999', source: 'no task is solved before it is learned' },
    ],
    wrongWhen: 'A task that is truly that easy, a validation set of a few rows, a model that was trained before.',
  },
  check(prepared) {
    const held = [...prepared.ofRole('loss', 'val'), ...prepared.ofRole('loss', 'test'), ...prepared.taskMetrics('val')].filter(
      ({ clean }) => clean.values.length >= 2,
    );
    if (held.length === 0) return notAssessed('It needs a validation metric with at least 2 evaluations.');
    for (const val of held) {
      const train = prepared.counterpart(val);
      const n = train ? sameUpTo(train, val) : 0;
      if (!train || n < 4) continue;
      return found({
        severity: 'warn',
        series: [train.key, val.key],
        onset: prepared.onset(val, 0),
        marks: [{ series: val.key, from: val.firstStep, to: val.lastStep, label: 'same as training' }],
        summary: `${train.name} and ${val.name} hold the same values at all ${n} evaluations: one data set was evaluated twice, or one number logged under both names.`,
        evidence: { evaluations: n, identical: true },
        caveat: 'One loader for both on purpose (a smoke test) looks the same.',
        advice: {
          text: 'Check which loader the evaluation uses and that the split is made before anything is fitted; log the number of rows and a digest of each split.',
        },
      });
    }
    const perfect = prepared
      .taskMetrics('val')
      .find(
        (one) =>
          (one.role === 'accuracy' || /auc|f1/i.test(one.name)) &&
          one.clean.values.length >= 3 &&
          [0, 1].every((i) => inShare((one.clean.values[i] as number) * shareFactor(prepared, one))),
      );
    const rows = validationRows(prepared);
    if (!perfect || (rows !== null && rows < 20)) return clear;
    return found({
      severity: 'warn',
      series: [perfect.key],
      onset: prepared.onset(perfect, 0),
      marks: [{ series: perfect.key, from: perfect.firstStep, to: perfect.clean.steps[1] as number, label: 'perfect at once' }],
      summary: `${perfect.name} is ${say(perfect.clean.values[0] as number)} at the first evaluation and ${say(perfect.clean.values[1] as number)} at the second: perfect before anything can have been learned.`,
      evidence: { first: perfect.clean.values[0] as number, second: perfect.clean.values[1] as number, threshold: 0.999, validation_rows: rows },
      caveat: 'A very easy task, or a model that had been trained before, does this honestly.',
      advice: {
        text: 'Look for the label, or something made from it, among the inputs, and for rows that are in both sets; train on shuffled labels: the metric must fall to chance.',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train_loss 2.3 ~>0.5 x20\nval_loss 2.3 ~>0.5 x20' },
    { says: 'warn', draw: 'val_accuracy 1 1 1 1\nval_loss 0.01 0.01 0.01 0.01\nlr 1 1 1 1' },
    { says: 'clear', draw: 'train_loss 2.3 ~>0.5 x20\nval_loss 2.3 ~>0.52 x20' },
    { says: 'not-assessed', draw: 'train_loss 2.3 ~>0.5 x20' },
  ],
};

const inShare = (value: number): boolean => value >= 0.999 && value <= 1;

/** Evaluations at which both curves hold the same value at the same place, if that is everywhere they meet (at least 80 % of the held-out ones); else 0. */
function sameUpTo(train: PreparedSeries, val: PreparedSeries): number {
  const a = train.clean;
  const b = val.clean;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of b.values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const close = 1e-5 * (high - low);
  if (!(close > 0)) return 0;
  let at = 0;
  let met = 0;
  const distinct = new Set<number>();
  for (let i = 0; i < b.values.length; i++) {
    while (at < a.clock.length && (a.clock[at] as number) < (b.clock[i] as number)) at += 1;
    if (at >= a.clock.length || a.clock[at] !== b.clock[i]) continue;
    if (Math.abs((a.values[at] as number) - (b.values[i] as number)) > close) return 0;
    met += 1;
    distinct.add(b.values[i] as number);
  }
  return met >= 0.8 * b.values.length && distinct.size >= 3 ? met : 0;
}
