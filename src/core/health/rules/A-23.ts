// facts of the learning rate that are hardly meant.

import type { LearningRate } from '../learning-rate';
import { isConstantSchedule, scheduleOf } from '../params';
import type { PreparedRun } from '../prepared-run';
import { clear, found, notAssessed, type RuleFinding, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-23',
    title: 'Learning-rate schedule',
    about: 'The rate is zero throughout, never moves though a schedule is configured, warms up for long, or lies near zero for long.',
    needs: ['learning rate', 'schedule among the params, planned length'],
    reference: 'Deep Learning Tuning Playbook; Keras ReduceLROnPlateau',
    thresholds: [
      {
        what: 'constant rate with another schedule in the params',
        value: 'over ≥ 60 % of the plan',
        source: 'step and multi-step schedules may not have come to their first drop before',
      },
      { what: 'warmup', value: '> 10 % of the plan note, > 25 % warn', source: 'Playbook: at most 10 % of the steps' },
      { what: 'rate below 1 % of its peak', value: '> 20 % of the points, a note', source: 'nothing is learned there' },
    ],
    wrongWhen:
      'Several parameter groups with schedules of their own: the one with the greatest peak is judged. One-cycle schedules warm up for 30 % by design (a note).',
  },
  check(prepared) {
    const { rate } = prepared;
    if (!rate) return notAssessed('No learning rate is logged.');
    if (rate.series.clean.values.length < 3) return notAssessed('The learning rate has fewer than 3 points.');
    if (rate.allZero) return found(zero(prepared, rate));
    const schedule = scheduleOf(prepared.run.params);
    const share = prepared.progress ?? 1;
    const waits = /step|milestone|plateau|exp_?range/.test(schedule ?? '') && !/cosine|linear/.test(schedule ?? '');
    if (
      rate.constant &&
      schedule !== null &&
      !isConstantSchedule(schedule) &&
      !/constant|plateau/.test(schedule) &&
      rate.series.clean.values.length >= 8 &&
      share >= (waits ? 0.9 : 0.6)
    )
      return found(stuck(prepared, rate, schedule));
    const slow = warmup(prepared, rate, schedule);
    if (slow) return found(slow);
    const idle = nearZero(prepared, rate);
    return idle ? found(idle) : clear;
  },
  examples: [
    { says: 'warn', draw: 'lr 0.01 =x50\ntrain/loss 2 ~>1 x50', params: { lr_scheduler_type: 'cosine', max_steps: 50 } },
    { says: 'critical', draw: 'lr 0 =x50' },
    { says: 'warn', draw: 'lr 0.0001 ->0.01 x40 ->0 x60' },
    { says: 'note', draw: 'lr 0.0001 ->0.01 x5 ->0.00001 x30 =x40' },
    { says: 'clear', draw: 'lr 0.01 =x50', params: { lr_scheduler_type: 'constant' } },
    { says: 'clear', draw: 'lr 0.0001 ->0.01 x5 ->0 x90' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x50' },
  ],
};

const caveat = 'Another parameter group may follow another schedule than the one judged here.';

const zero = (prepared: PreparedRun, { series }: LearningRate): RuleFinding => ({
  severity: 'critical',
  series: [series.key],
  onset: prepared.onset(series, 0),
  marks: [{ series: series.key, from: series.firstStep, to: series.lastStep, label: 'zero' }],
  summary: `${series.name} is 0 at all ${series.clean.values.length} points: no parameter is updated.`,
  evidence: { points: series.clean.values.length, peak: 0 },
  caveat: 'Rounding in the log can print a tiny rate as 0.',
  advice: {
    text: 'Check the schedule’s total steps and warmup (a warmup of 0 of 0 steps, or a scheduler stepped past its end), and print optimizer.param_groups[0]["lr"].',
  },
});

const stuck = (prepared: PreparedRun, { series, peak }: LearningRate, schedule: string): RuleFinding => ({
  severity: 'warn',
  series: [series.key],
  onset: prepared.onset(series, 0),
  marks: [{ series: series.key, from: series.firstStep, to: series.lastStep, label: 'never moves' }],
  summary: `The params ask for a “${schedule.slice(0, 60)}” schedule, but ${series.name} stays at ${say(peak)} for the whole run.`,
  evidence: { schedule, value: peak, points: series.clean.values.length, progress: prepared.progress },
  caveat,
  advice: { text: 'Step the scheduler: once per optimiser step or per epoch, as its total length is counted.', code: 'optimizer.step()\nscheduler.step()' },
});

function warmup(prepared: PreparedRun, rate: LearningRate, schedule: string | null): RuleFinding | null {
  if (rate.warmupEnd === null || rate.cyclic) return null;
  const { clock, steps } = rate.series.clean;
  const length = prepared.planned ?? prepared.clock.length;
  if (!(length > 0)) return null;
  const share = ((clock[rate.warmupEnd] as number) - (clock[0] as number)) / length;
  // A run that was cut in its warmup says nothing of the plan.
  if (share <= 0.1 || (prepared.planned === null && rate.warmupEnd >= clock.length - 2)) return null;
  const oneCycle = /one_?cycle/.test(schedule ?? '');
  const end = steps[rate.warmupEnd] as number;
  return {
    severity: share > 0.25 && !oneCycle ? 'warn' : 'note',
    series: [rate.series.key],
    onset: prepared.onset(rate.series, 0),
    marks: [{ series: rate.series.key, from: rate.series.firstStep, to: end, label: `warmup ${percent(share)}` }],
    summary: `${rate.series.name} warms up until step ${say(end)}, ${percent(share)} of the ${prepared.planned === null ? 'run' : 'plan'}.`,
    evidence: { warmup_share: share, warmup_end_step: end, peak: rate.peak, schedule, threshold: 0.1 },
    caveat: oneCycle ? 'One-cycle schedules rise for about 30 % of the run by design.' : caveat,
    advice: { text: 'Warm up for at most 5 to 10 % of the steps; where stability needs more, lengthen training instead.' },
  };
}

function nearZero(prepared: PreparedRun, rate: LearningRate): RuleFinding | null {
  const { values, steps } = rate.series.clean;
  let low = 0;
  for (const value of values) if (value < 0.01 * rate.peak) low += 1;
  const share = low / values.length;
  if (share <= 0.2) return null;
  const at = values.findLastIndex((value) => value >= 0.01 * rate.peak) + 1;
  const place = Math.min(values.length - 1, at);
  return {
    severity: 'note',
    series: [rate.series.key],
    onset: prepared.onset(rate.series, place),
    marks: [{ series: rate.series.key, from: steps[place] as number, to: rate.series.lastStep, label: 'near zero' }],
    summary: `${rate.series.name} lies below 1 % of its peak ${say(rate.peak)} for ${percent(share)} of its points: next to nothing is learned there.`,
    evidence: { share, peak: rate.peak, threshold: 0.2 },
    caveat,
    advice: { text: 'End the schedule later or at a floor of a few percent of the peak, or shorten the run.' },
  };
}
