// a classifier that never finds the positive class, or calls everything positive.

import { stemOf } from '../main-series';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { count, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-34',
    title: 'Degenerate classifier',
    about:
      'Precision, recall or F1 stays at zero, or recall at one with a precision that never moves: one class is always predicted, whatever the accuracy says.',
    needs: ['precision, recall or F1 of the validation set, at least 3 evaluations'],
    reference: 'definition of the metrics',
    thresholds: [
      {
        what: 'evaluations at the end with that value',
        value: '≥ 5, or all of at least 3',
        source: 'a rare class is often found only after a few evaluations',
      },
    ],
    wrongWhen: 'Detection scores are zero for the first epochs; a class that does not occur in the validation set.',
    noteBeside: ['A-01', 'A-02'],
  },
  check(prepared) {
    const scores = prepared.series.filter(
      (one) =>
        one.sure &&
        one.split !== 'train' &&
        one.clean.values.length >= 3 &&
        (one.role === 'score' || one.role === 'accuracy') &&
        /\b(precision|recall|f1|fscore|f score|sensitivity|prec|rec)\b/.test(stemOf(one)),
    );
    if (scores.length === 0) return notAssessed('It needs precision, recall or F1 of the validation set, with at least 3 evaluations.');
    const zero = scores.flatMap((series) => ({ series, run: endingAt(series, (value) => value === 0) })).filter(({ series, run }) => longEnough(series, run));
    const recall = scores.find((one) => /\b(recall|sensitivity|rec)\b/.test(stemOf(one)));
    const precision = scores.find((one) => /\b(precision|prec)\b/.test(stemOf(one)));
    const everything =
      recall && precision
        ? Math.min(
            endingAt(recall, (value) => value === 1 || value === 100),
            sameAtEnd(precision),
          )
        : 0;
    const all = zero.length === 0 && recall && longEnough(recall, everything) && (precision?.series.last ?? 1) < 0.9;
    const lead = zero[0] ?? (all && recall ? { series: recall, run: everything } : null);
    if (!lead) return clear;
    const { series, run } = lead;
    const { steps, values } = series.clean;
    const from = values.length - run;
    const names = zero.map((one) => one.series.name).join(', ');
    return found({
      severity: 'warn',
      series: zero.length > 0 ? zero.map((one) => one.series.key) : [series.key],
      onset: prepared.onset(series, from),
      marks: [{ series: series.key, from: steps[from] as number, to: series.lastStep, label: 'degenerate' }],
      summary:
        zero.length > 0
          ? `${names} ${zero.length > 1 ? 'are' : 'is'} 0 for the last ${count(run, 'evaluation')}: the positive class is never found.`
          : `${series.name} is 1 for the last ${count(run, 'evaluation')} while ${precision?.name} stays at ${say(precision?.series.last ?? Number.NaN)}: everything is called positive.`,
      evidence: { evaluations: run, of: values.length, last: values[values.length - 1] as number, metrics: zero.length },
      caveat: 'A class that does not occur in the validation set gives the same numbers.',
      advice: {
        text: 'Weight the classes or resample, check the threshold and which class counts as positive, and report balanced accuracy or AUPRC beside accuracy.',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'val_accuracy 0.96 =x19\nval_f1 0 =x19\nval_recall 0 =x19' },
    { says: 'clear', draw: 'val_f1 0 0 0 0.2 ~>0.8 x15' },
    { says: 'not-assessed', draw: 'val_accuracy 0.96 =x20' },
  ],
};

/** Points at the end for which the test holds without a break. */
function endingAt(series: PreparedSeries, test: (value: number) => boolean): number {
  const { values } = series.clean;
  let run = 0;
  while (run < values.length && test(values[values.length - 1 - run] as number)) run += 1;
  return run;
}

const sameAtEnd = (series: PreparedSeries): number => {
  const last = series.clean.values[series.clean.values.length - 1] as number;
  return endingAt(series, (value) => Math.abs(value - last) < 1e-6);
};

const longEnough = (series: PreparedSeries, run: number): boolean => run >= 5 || (run >= 3 && run === series.clean.values.length);
