// the training loss does not fall from the start.

import { theilSen } from '../../statistics/trend';
import { chanceOf, plainAccuracy, shareFactor } from '../chance';
import { lossMayRise } from '../family';
import { type LossShape, lossShapeOf } from '../loss-shape';
import type { PreparedRun } from '../prepared-run';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-06',
    title: 'No learning',
    about: 'Over the first 30 % of the run (as planned, else as seen) the training loss hardly changes, and neither does it later.',
    needs: ['training loss, at least 10 points'],
    reference: 'SageMaker Debugger LossNotDecreasing; AUTOTRAINER (checks after 30 % of the plan)',
    thresholds: [
      {
        what: 'change of the median over the first 30 % of the plan',
        value: '< 1 %',
        source: 'SageMaker wants 0.1 % in 10 steps; medians of a fifth of the points',
      },
      { what: 'change over all that is seen', value: '< 5 %', source: 'what learns later is not stuck' },
      { what: 'or: projected gain over the plan', value: '< 2 %, with < 2 % so far', source: 'a tiny monotone fall has a slope without being progress' },
    ],
    wrongWhen:
      'Fine-tuning that begins near its optimum (silent where the first loss is below half of ln C or the metric is good at once), a long warmup, losses that are flat by nature (diffusion, adversarial).',
    yieldsTo: ['A-02'],
    sensitiveTo: ['level'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'diffusion' || prepared.family === 'adversarial')
      return notAssessed(`The loss of this kind of training (${prepared.family}) need not fall.`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    if (shape.n < 10) return notAssessed(`It needs at least 10 points of the training loss; ${shape.n} are finite.`);
    if (shape.endsBad) return clear;
    const { clock, values, steps } = shape.series.clean;
    const until = prepared.clock.first + 0.3 * (prepared.planned ?? prepared.clock.length);
    const within = clock.findLastIndex((here) => here <= until) + 1;
    const n = Math.min(shape.n, Math.max(within, 20));
    const warm = prepared.rate?.warmupEnd ?? null;
    if (warm !== null && (prepared.rate?.series.clean.clock[warm] ?? 0) >= (clock[n - 1] as number))
      return notAssessed('The learning rate is still in its warmup.');
    const k = Math.max(2, Math.floor(n / 5));
    const head = medianOf(values, 0, k);
    const change = (head - medianOf(values, n - k, n)) / Math.max(Math.abs(head), Number.MIN_VALUE);
    const whole = (shape.start - shape.end) / Math.max(Math.abs(shape.start), Number.MIN_VALUE);
    const slope = theilSen(clock, values);
    const projected = (-slope.slope * (prepared.planned ?? prepared.clock.length)) / Math.max(Math.abs(head), Number.MIN_VALUE);
    const flat = Math.abs(change) < 0.01 && Math.abs(whole) < 0.05;
    const creeping = Math.abs(whole) < 0.02 && Math.abs(change) < 0.02 && Math.abs(projected) < 0.02;
    if (!(flat || creeping) || nearOptimum(prepared, shape) || shape.start - shape.best > 0.25 * Math.abs(shape.start)) return clear;
    return found({
      severity: 'warn',
      series: [shape.series.key],
      onset: prepared.onset(shape.series, 0),
      marks: [{ series: shape.series.key, from: steps[0] as number, to: steps[n - 1] as number, label: `changes ${percent(change)}` }],
      summary: `${shape.series.name} hardly moves: ${say(head)} at the start, ${percent(Math.abs(change))} ${change < 0 ? 'more' : 'less'} by step ${say(steps[n - 1] as number)}, ${say(shape.end)} at the end.`,
      evidence: {
        start: head,
        change_share: change,
        change_whole: whole,
        projected_gain: projected,
        slope_per_step: slope.slope,
        slope_low: slope.low,
        slope_high: slope.high,
        points: n,
        threshold_change: 0.01,
        learning_rate_peak: prepared.rate?.peak ?? null,
      },
      caveat: 'Fine-tuning from a model that is already good, and tasks with a long plateau before they are grasped, look the same.',
      advice: {
        text: 'Overfit one small batch first: if its loss does not go to zero, the loss, the labels, frozen parameters or the optimiser are at fault; if it does, raise the learning rate by factors of ten and check that inputs are scaled and paired with their labels.',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss 2.30 ±0.01 =x100' },
    { says: 'warn', draw: 'train/loss 2.302 ->2.298 x100' },
    { says: 'clear', draw: 'train/loss 2.30 ±0.02 ~>0.5 x100' },
    { says: 'clear', draw: 'train/loss 2.30 =x20 ~>0.5 x30' },
    { says: 'clear', draw: 'train/loss /10 0.3 ±0.01 =x100\nval/accuracy /100 @100 0.95 =x9' },
    { says: 'not-assessed', draw: 'train/loss 2.30 =x4' },
  ],
};

/** Begins near where it could end: a loss below half of ln C, or a task metric that is good from the first evaluation. */
function nearOptimum(prepared: PreparedRun, shape: LossShape): boolean {
  const chance = chanceOf(prepared);
  const accuracy = plainAccuracy(prepared, 'val') ?? plainAccuracy(prepared, 'train');
  if (accuracy && chance) return medianOf(accuracy.series.clean.values, 0, 3) * accuracy.factor > Math.min(0.9, 3 / chance.classes + 0.2);
  if (chance && shape.start < 0.5 * chance.entropy) return true;
  return prepared.taskMetrics('val').some((series) => {
    if (series.direction !== 'max' || (series.role !== 'accuracy' && series.role !== 'score') || series.clean.values.length === 0) return false;
    const level = medianOf(series.clean.values, 0, 3) * shareFactor(prepared, series);
    return level >= 0.8 && level <= 1;
  });
}
