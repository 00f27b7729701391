// A-01: values that are not numbers in the training loss, the validation loss, the gradient norm, or any other metric.

import { advise, stopOnNonFinite } from '../../advice/snippets';
import { checkpointsOf, lastBefore } from '../checkpoints';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RuleFinding, type RunRule } from '../rule';
import { count, percent, say } from '../words';

interface Bad {
  readonly series: PreparedSeries;
  readonly places: number;
  readonly first: number;
  readonly toTheEnd: boolean;
}

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-01',
    title: 'Values that are not numbers',
    about:
      'NaN or infinite values. Critical where the training loss ends on one, a warning where it or another main curve came back, a note for other metrics.',
    needs: ['any metric'],
    reference: 'SageMaker Debugger ExplodingTensor; Keras TerminateOnNaN',
    thresholds: [
      { what: 'non-finite points', value: '≥ 1', source: 'SageMaker Debugger, Keras: any value' },
      {
        what: 'share of a gradient norm that is a note only',
        value: '≤ 1 %, and it recovers',
        source: 'mixed precision skips single overflowing steps by design (torch.amp.GradScaler)',
      },
    ],
    wrongWhen:
      'A metric that is undefined at times (precision without a positive prediction) is no fault of training. The Hugging Face Trainer writes the last mean instead of a NaN loss unless logging_nan_inf_filter is off, so a clean curve proves nothing there.',
  },
  check(prepared) {
    const logged = prepared.series.filter(({ series, length }) => !series.system && length > 0);
    if (logged.length === 0) return notAssessed('No metric is logged.');
    const bad = logged.flatMap((series) => (series.nonFinite > 0 ? [badOf(series)] : []));
    if (bad.length === 0) return clear;
    const main = [prepared.trainLoss, prepared.valLoss, prepared.gradNorm];
    const worst = main.flatMap((series) => bad.filter((one) => one.series === series));
    const others = bad.filter((one) => !worst.includes(one));
    const findings: RuleFinding[] = [];
    if (worst.length > 0) findings.push(mainFinding(prepared, worst));
    else if (others.length > 0) findings.push(otherFinding(prepared, others));
    return found(...findings);
  },
  examples: [
    { says: 'critical', draw: 'train/loss 2.3 ~>0.9 x20 nan x10' },
    { says: 'warn', draw: 'train/loss 2.3 ~>0.9 x20 inf ->0.8 x10' },
    { says: 'note', draw: 'train/loss 2.3 ~>0.9 x30\nval/precision nan x3 ~>0.8 x27' },
    { says: 'note', draw: 'train/loss 2.3 ~>0.9 x200\ngrad_norm 1 =x100 inf 1 =x98' },
    { says: 'clear', draw: 'train/loss 2.3 ~>0.9 x30' },
    { says: 'not-assessed', draw: '' },
  ],
};

function badOf(series: PreparedSeries): Bad {
  let first = -1;
  for (let i = 0; i < series.length && first < 0; i++) if (!Number.isFinite(series.valueAt(i))) first = i;
  return { series, places: series.nonFinite, first, toTheEnd: !Number.isFinite(series.valueAt(series.length - 1)) };
}

function mainFinding(prepared: PreparedRun, bad: readonly Bad[]): RuleFinding {
  const { trainLoss, gradNorm } = prepared;
  const clockOf = ({ series, first }: Bad) => series.clockOf.offset + series.clockOf.scale * series.stepAt(first);
  const earliest = bad.reduce((a, b) => (clockOf(b) < clockOf(a) ? b : a));
  const ended = bad.some(({ series, toTheEnd }) => series === trainLoss && toTheEnd);
  const normOnly = bad.every(({ series }) => series === gradNorm);
  const passing = normOnly && bad.every(({ toTheEnd, places, series }) => !toTheEnd && places <= Math.max(1, 0.01 * series.length));
  const { series, first } = earliest;
  const step = series.stepAt(first);
  const lastFinite = first > 0 ? series.valueAt(first - 1) : null;
  const saved = lastBefore(checkpointsOf(prepared.run), step);
  const rate = prepared.rate ? valueNear(prepared.rate.series, step) : null;
  const norm = gradNorm && gradNorm !== series ? valueNear(gradNorm, step) : null;
  const rest = ended
    ? 'the training loss stays that way to its end'
    : `${bad.every(({ toTheEnd }) => !toTheEnd) ? 'it came back later' : 'it does not come back'}`;
  return {
    severity: ended ? 'critical' : passing ? 'note' : 'warn',
    series: bad.map((one) => one.series.key),
    onset: { step, fraction: prepared.fraction(clockOf(earliest)) },
    marks: bad.map((one) => ({
      series: one.series.key,
      from: one.series.stepAt(one.first),
      to: one.toTheEnd ? one.series.lastStep : one.series.stepAt(one.first),
      label: 'not a number',
    })),
    summary: `${series.name} is ${say(series.valueAt(first))} at step ${say(step)}${lastFinite === null ? '' : ` after ${say(lastFinite)}`}; ${rest} (${count(earliest.places, 'point')}, ${percent(earliest.places / series.length)} of the curve).`,
    evidence: {
      first_step: step,
      last_finite: lastFinite,
      points: earliest.places,
      learning_rate_there: rate,
      grad_norm_there: norm,
      checkpoint_before: saved?.path ?? null,
      to_the_end: ended,
    },
    caveat: passing
      ? 'With mixed precision, single overflowing steps are skipped by design.'
      : 'If the value is undefined by definition at that point, nothing is wrong with training.',
    advice: advise(
      prepared.framework,
      `Go back to ${saved ? `the checkpoint ${saved.path}` : 'a checkpoint before it'}, lower the learning rate or lengthen warmup, clip gradients, and look for log(0), division by zero and float16 overflow in the batch at step ${say(step)}.`,
      stopOnNonFinite,
    ),
  };
}

function otherFinding(prepared: PreparedRun, bad: readonly Bad[]): RuleFinding {
  const first = bad[0] as Bad;
  const step = first.series.stepAt(first.first);
  const more = bad.length > 1 ? ` and ${count(bad.length - 1, 'other metric')}` : '';
  return {
    severity: 'note',
    series: bad.slice(0, 20).map(({ series }) => series.key),
    onset: { step, fraction: prepared.fraction(first.series.clockOf.offset + first.series.clockOf.scale * step) },
    marks: bad
      .slice(0, 20)
      .map((one) => ({ series: one.series.key, from: one.series.stepAt(one.first), to: one.series.stepAt(one.first), label: 'not a number' })),
    summary: `${first.series.name}${more} hold${more ? '' : 's'} values that are not numbers, first at step ${say(step)}; the losses do not.`,
    evidence: { first_step: step, points: first.places, metrics: bad.length },
    caveat: 'A metric that is undefined at times (precision without a positive prediction, say) is no fault of training.',
    advice: { text: 'Log a defined value (0, or nothing at all) where the metric is undefined, so that means and best values can be taken of it.' },
  };
}

/** Value last logged at or before a step; null where there is none. */
function valueNear(series: PreparedSeries, step: number): number | null {
  const { steps, values } = series.clean;
  let value: number | null = null;
  for (let i = 0; i < steps.length && (steps[i] as number) <= step; i++) value = values[i] as number;
  return value;
}
