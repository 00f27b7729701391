// values that a metric cannot have.

import { stemOf } from '../main-series';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RuleFinding, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

/** Metrics that are shares of something. */
const shares = /\b(acc|accuracy|top|f1|precision|recall|auc|auroc|auprc|iou|miou|dice|map|map50|sensitivity|specificity|hit rate|exact match)\b/;
/** Losses and errors that cannot be negative. */
const nonNegative =
  /\b(mse|rmse|mae|mape|cross entropy|crossentropy|xent|bce|logloss|binary logloss|multi logloss|mlogloss|perplexity|ppl|wer|cer|brier|error rate)\b/;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-33',
    title: 'Impossible value',
    about:
      'An accuracy outside 0 to 1 (or 0 to 100 %), training and validation in different units, a negative squared error or cross-entropy, a perplexity that is not exp(loss).',
    needs: ['accuracy, F1, AUC and the like, or a squared error, cross-entropy or perplexity'],
    reference: 'AUTOTRAINER (negative loss); definitions of the metrics',
    thresholds: [
      { what: 'share metrics', value: '< 0, > 1 (and ≤ 1.5), > 100', source: 'definition; above 1.5 it is read as a percentage' },
      { what: 'units of one metric in two splits', value: 'one in percent, one as a share', source: 'definition' },
      {
        what: 'perplexity against exp(loss), median over evaluations',
        value: '> 1 % note, > 5 % warn',
        source: 'definition; means of exponentials differ a little from exponentials of means',
      },
    ],
    wrongWhen: 'The name means something else here.',
    sensitiveTo: ['level'],
  },
  check(prepared) {
    const bounded = prepared.series.filter(
      (one) => one.sure && one.clean.values.length > 0 && (one.role === 'accuracy' || one.role === 'score') && shares.test(stemOf(one)),
    );
    const positive = prepared.series.filter(
      (one) => one.sure && one.clean.values.length > 0 && one.direction === 'min' && nonNegative.test(stemOf(one)) && !/neg/i.test(one.name),
    );
    const pairs = perplexityPairs(prepared);
    if (bounded.length + positive.length + pairs.length === 0) return notAssessed('No metric with known bounds is logged.');
    for (const series of bounded) {
      const finding = outOfBounds(prepared, series) ?? mixedUnits(prepared, series);
      if (finding) return found(finding);
    }
    for (const series of positive) {
      const place = series.clean.values.findIndex((value) => value < -1e-9);
      if (place >= 0)
        return found(
          impossible(
            prepared,
            series,
            place,
            `${series.name} is ${say(series.clean.values[place] as number)} at step ${say(series.clean.steps[place] as number)}; it cannot be negative.`,
          ),
        );
    }
    for (const { perplexity, loss } of pairs) {
      const finding = inconsistent(prepared, perplexity, loss);
      if (finding) return found(finding);
    }
    return clear;
  },
  examples: [
    { says: 'warn', draw: 'val_accuracy 0.5 0.9 1.2 0.9' },
    { says: 'warn', draw: 'train_accuracy 0.5 ~>0.9 x10\nval_accuracy 50 ~>90 x10' },
    { says: 'warn', draw: 'val_mse 0.5 0.1 -0.2' },
    { says: 'warn', draw: 'val_loss 2 2 2 2\nval_perplexity 4 4 4 4' },
    { says: 'clear', draw: 'train_accuracy 50 ~>90 x10\nval_accuracy 50 ~>90 x10\nval_loss 2 =x9\nval_perplexity 7.389 =x9' },
    { says: 'not-assessed', draw: 'reward 1 2 3' },
  ],
};

function outOfBounds(prepared: PreparedRun, series: PreparedSeries): RuleFinding | null {
  const { values, steps } = series.clean;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) high = Math.max(high, value);
  const top = high > 1.5 ? 100 : 1;
  const place = values.findIndex((value) => value < -1e-9 || value > top * (1 + 1e-6));
  if (place < 0) return null;
  return impossible(
    prepared,
    series,
    place,
    `${series.name} is ${say(values[place] as number)} at step ${say(steps[place] as number)}; it cannot lie outside 0 to ${top}.`,
  );
}

/** One split in percent and the other as a share: told by medians, so that a poor share is not taken for a percentage. */
function mixedUnits(prepared: PreparedRun, series: PreparedSeries): RuleFinding | null {
  if (series.split !== 'train') return null;
  const other = prepared.counterpart(series);
  if (!other || other.clean.values.length === 0) return null;
  const a = medianOf(series.clean.values, 0, series.clean.values.length);
  const b = medianOf(other.clean.values, 0, other.clean.values.length);
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  const lowTop = Math.max(...(a < b ? [series.series.max ?? 0] : [other.series.max ?? 0]));
  if (!(high > 5 && lowTop <= 1 && low > 0.02 && high / low > 20)) return null;
  return impossible(
    prepared,
    b > a ? other : series,
    0,
    `${series.name} and ${other.name} are logged in different units: ${say(a)} and ${say(b)} in the middle, one as a share and one in percent.`,
  );
}

interface PerplexityPair {
  readonly perplexity: PreparedSeries;
  readonly loss: PreparedSeries;
}

function perplexityPairs(prepared: PreparedRun): readonly PerplexityPair[] {
  return prepared.ofRole('perplexity').flatMap((perplexity) => {
    const loss = perplexity.split === 'train' ? prepared.trainLoss : perplexity.split === 'val' || perplexity.split === 'test' ? prepared.valLoss : null;
    return loss && loss.split === perplexity.split && loss.clean.values.length > 0 && perplexity.clean.values.length > 0 ? [{ perplexity, loss }] : [];
  });
}

function inconsistent(prepared: PreparedRun, perplexity: PreparedSeries, loss: PreparedSeries): RuleFinding | null {
  const deviations: number[] = [];
  const a = perplexity.clean;
  const b = loss.clean;
  let at = 0;
  for (let i = 0; i < a.values.length; i++) {
    while (at < b.clock.length && (b.clock[at] as number) < (a.clock[i] as number)) at += 1;
    // Losses above 20 are often capped before the exponential.
    if (b.clock[at] === a.clock[i] && (b.values[at] as number) < 20) deviations.push((a.values[i] as number) / Math.exp(b.values[at] as number) - 1);
  }
  if (deviations.length < 3) return null;
  const typical = medianOf(Float64Array.from(deviations), 0, deviations.length);
  if (Math.abs(typical) <= 0.01) return null;
  const base2 = Math.abs((a.values[0] as number) / 2 ** (b.values[0] as number) - 1) < 0.01;
  return {
    ...impossible(
      prepared,
      perplexity,
      0,
      `${perplexity.name} is not exp(${loss.name}): it is off by ${percent(Math.abs(typical))} in the middle of ${deviations.length} evaluations${base2 ? '; it is 2 to the loss, which is in nats' : ''}.`,
    ),
    severity: Math.abs(typical) > 0.05 ? 'warn' : 'note',
    series: [perplexity.key, loss.key],
    evidence: { median_deviation: typical, evaluations: deviations.length, base_2: base2, threshold: 0.01 },
  };
}

const impossible = (prepared: PreparedRun, series: PreparedSeries, place: number, summary: string): RuleFinding => ({
  severity: 'warn',
  series: [series.key],
  onset: prepared.onset(series, place),
  marks: [{ series: series.key, from: series.clean.steps[place] as number, to: series.clean.steps[place] as number, label: 'impossible' }],
  summary,
  evidence: { value: series.clean.values[place] as number, step: series.clean.steps[place] as number, min: series.series.min, max: series.series.max },
  caveat: 'The name may mean something else here than it does elsewhere.',
  advice: {
    text: 'Check how the metric is averaged over batches and devices (sums instead of means, percentages twice) and give each metric one unit in all splits.',
  },
});
