// A-32: a validation metric stands still while training goes on.

import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { extremesOf, medianOf } from '../windows';
import { say } from '../words';

const least = 10;

interface Stretch {
  readonly series: PreparedSeries;
  readonly from: number;
  readonly length: number;
}

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-32',
    title: 'Frozen metric',
    about:
      'A continuous validation metric holds exactly the same value for ten evaluations and more while the training loss moves: a stale copy of the weights, or a value that is not computed anew.',
    needs: ['validation loss or error, at least 10 evaluations', 'training loss'],
    reference: 'SageMaker Debugger UnchangedTensor',
    thresholds: [
      { what: 'consecutive equal values', value: '≥ 10 (within 1e-9 of the value)', source: 'SageMaker uses 3 with rtol 1e-5, which converged curves meet' },
      { what: 'training loss over the stretch', value: 'moves by more than 1e-4 of its level', source: 'nothing trains: nothing changes' },
    ],
    wrongWhen:
      'Values rounded in the log (silent where the rounding explains it), curves that come to rest, values at a bound (0, 1), accuracies of a converged model: they count only where all held-out metrics stand still.',
    yieldsTo: ['A-01'],
  },
  check(prepared) {
    const held = prepared.series.filter(
      (one) => one.sure && (one.split === 'val' || one.split === 'test') && one.clean.values.length >= least && (one.role === 'loss' || isTask(one)),
    );
    if (held.length === 0) return notAssessed(`It needs a validation metric with at least ${least} evaluations.`);
    const train = prepared.trainObjective;
    const frozen = held.flatMap((series) => stretchOf(series) ?? []);
    const telling = frozen.filter(({ series }) => isContinuous(series));
    const all = frozen.length === held.length && held.length >= 2;
    const worst = telling[0] ?? (all && frozen.every(({ series, from }) => !atBound(prepared, series.clean.values[from] as number)) ? frozen[0] : undefined);
    if (!worst) return clear;
    const { series, from, length } = worst;
    const { steps, clock, values } = series.clean;
    if (train && !moves(train, clock[from] as number, clock[from + length - 1] as number)) return clear;
    const value = values[from] as number;
    return found({
      severity: 'warn',
      series: frozen.map((one) => one.series.key),
      onset: prepared.onset(series, from),
      marks: [{ series: series.key, from: steps[from] as number, to: steps[from + length - 1] as number, label: 'stands still' }],
      summary: `${series.name} holds exactly ${say(value)} for ${length} evaluations from step ${say(steps[from] as number)} on${train ? ` while ${train.name} moves` : ''}.`,
      evidence: {
        value,
        evaluations: length,
        from_step: steps[from] as number,
        to_step: steps[from + length - 1] as number,
        metrics_frozen: frozen.length,
        metrics: held.length,
      },
      caveat: 'A metric that is cached between evaluations on purpose, or heavily rounded, stands still as well.',
      advice: {
        text: 'Check that the evaluation uses the model being trained (not a deep copy, an old EMA or a cached result) and that its loader yields data each time.',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train_loss 2 ~>0.5 x40\nval_loss 2 ±0.01 ~>0.913 x20 ±0 0.91234567 =x19' },
    { says: 'clear', draw: 'train_loss 2 ~>0.5 x40\nval_loss 2 ±0.01 ~>0.9 x40\nval_accuracy 0.5 ->0.9 x10 =x30' },
    { says: 'not-assessed', draw: 'train_loss 2 ~>0.5 x40' },
  ],
};

const isTask = ({ role, direction }: PreparedSeries): boolean =>
  direction !== 'none' && (role === 'accuracy' || role === 'score' || role === 'error' || role === 'perplexity');
/** Metrics that count right answers come in steps; losses and errors do not. */
const isContinuous = ({ role }: PreparedSeries): boolean => role === 'loss' || role === 'perplexity' || role === 'error';
const atBound = (_: PreparedRun, value: number): boolean => value === 0 || value === 1 || value === 100;

/** The longest stretch of equal values, if it is long enough and rounding does not explain it. */
function stretchOf(series: PreparedSeries): Stretch | null {
  const { values } = series.clean;
  let best = { from: 0, length: 1 };
  let from = 0;
  for (let i = 1; i <= values.length; i++) {
    const here = values[i] as number;
    const there = values[from] as number;
    if (i < values.length && Math.abs(here - there) <= 1e-9 * Math.abs(there)) continue;
    if (i - from > best.length) best = { from, length: i - from };
    from = i;
  }
  const value = values[best.from] as number;
  if (best.length < least || value === 0) return null;
  if (isContinuous(series) && (explainedByRounding(values, best) || convergesInto(values, best.from))) return null;
  return { series, ...best };
}

/** All values have few decimals, and the curve beside the stretch moves by no more than a few of the last one. */
function explainedByRounding(values: Float64Array, { from, length }: { readonly from: number; readonly length: number }): boolean {
  for (const unit of [0.1, 0.01, 0.001, 0.0001]) {
    if (!values.every((value) => Math.abs(value / unit - Math.round(value / unit)) < 1e-6)) continue;
    const around = extremesOf(values.subarray(Math.max(0, from - length), Math.min(values.length, from + 2 * length)));
    return around !== null && around.high - around.low <= 20 * unit;
  }
  return false;
}

/** The curve comes to rest: its last changes before the stretch are no larger than a few of the smallest it ever shows, the digits of the log. */
function convergesInto(values: Float64Array, from: number): boolean {
  if (from < 4) return false;
  let digit = Number.POSITIVE_INFINITY;
  for (let i = 1; i < values.length; i++) {
    const change = Math.abs((values[i] as number) - (values[i - 1] as number));
    if (change > 0 && change < digit) digit = change;
  }
  const last = medianOf(
    Float64Array.from([1, 2, 3], (back) => Math.abs((values[from - back + 1] as number) - (values[from - back] as number))),
    0,
    3,
  );
  return last <= 20 * digit && last <= 1e-4 * Math.abs(values[from] as number);
}

function moves(train: PreparedSeries, from: number, to: number): boolean {
  const { clock, values } = train.clean;
  const inside = extremesOf(values.filter((_, i) => (clock[i] as number) >= from && (clock[i] as number) <= to));
  return inside !== null && inside.high - inside.low > 1e-4 * Math.max(Math.abs(inside.high), Math.abs(inside.low));
}
