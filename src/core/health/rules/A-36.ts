// an evaluation set so small that the metric moves in big steps.

import { plainAccuracy, validationRows } from '../chance';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { count, percent, say } from '../words';

/** Sets above this size are not told by the steps of an accuracy. */
const largest = 100;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-36',
    title: 'Tiny evaluation set',
    about:
      'The validation accuracy takes only multiples of 1/N for a small N: differences between evaluations, checkpoints and runs are within what so few rows can tell.',
    needs: ['validation accuracy, at least 5 evaluations'],
    reference: 'binomial standard error',
    thresholds: [
      {
        what: 'rows, from the params or as the smallest N of which all accuracies are multiples',
        value: '< 100, a warning below 30',
        source: 'the standard error of an accuracy of 0.8 is 4 points at 100 rows',
      },
    ],
    wrongWhen: 'Accuracies rounded to two decimals look like 100 rows (silent then).',
  },
  check(prepared) {
    const accuracy = plainAccuracy(prepared, 'val');
    if (!accuracy) return notAssessed('It needs the validation accuracy.');
    const { series, factor } = accuracy;
    const values = series.clean.values.map((value) => value * factor);
    if (values.length < 5) return notAssessed(`It needs at least 5 evaluations; ${values.length} are logged.`);
    const told = validationRows(prepared);
    const seen = smallestDenominator(values);
    const rows = told !== null && told >= 1 && (seen === null || told <= largest) ? told : seen;
    if (rows === null || rows >= largest) return clear;
    const level = medianOf(values, values.length - 5, values.length);
    const error = Math.sqrt(Math.max(level * (1 - level), 0.05) / rows);
    return found({
      severity: rows < 30 ? 'warn' : 'note',
      series: [series.key],
      onset: null,
      marks: [],
      summary: `${series.name} moves in steps of ${percent(1 / rows)}: about ${count(rows, 'row')} are evaluated, so that its standard error is ${say(Number((100 * error).toPrecision(2)))} points.`,
      evidence: { rows, rows_from_params: told, rows_from_steps: seen, standard_error: error, level },
      caveat: 'Heavy rounding of the logged value looks the same.',
      advice: { text: 'Evaluate on more rows, or by cross-validation; until then do not rank checkpoints or runs by this metric.' },
    });
  },
  examples: [
    { says: 'warn', draw: 'val_accuracy 0.2 0.4 0.6 0.4 0.8 0.6 1.0 0.8' },
    { says: 'clear', draw: 'val_accuracy 0.2133 0.4567 0.6117 0.7083 0.8217 0.8333' },
    { says: 'not-assessed', draw: 'val_loss 1 =x20' },
  ],
};

/** The smallest N < 100 of which all values are multiples of 1/N within their printed digits; null where there is none, or rounding explains it. */
function smallestDenominator(values: Float64Array): number | null {
  const distinct = [...new Set(values)].filter((value) => value > 0 && value < 1);
  if (distinct.length < 2) return null;
  for (let n = 2; n < largest; n++) {
    if (distinct.every((value) => Math.abs(value * n - Math.round(value * n)) < 1e-4 * n)) return n === 10 || n === 20 || n === 50 ? decimals(distinct, n) : n;
  }
  return null;
}

/** Tenths and the like also come from rounding to one or two decimals: believed only where several distinct values were seen. */
const decimals = (distinct: readonly number[], n: number): number | null => (distinct.length >= 4 ? n : null);
