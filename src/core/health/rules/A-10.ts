// the run ended while it was still improving.

import { lossMayRise } from '../family';
import { lateCourseOf } from '../late-course';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-10',
    title: 'Still improving at the end',
    about: 'The best value lies at the end, and the slope of the last 20 % promises more for another 20 %.',
    needs: ['validation loss with at least 8 evaluations, else the training loss'],
    reference: 'Deep Learning Tuning Playbook: still improving at the end means compute-bound',
    thresholds: [
      { what: 'place of the best', value: 'last 7 % of the points', source: 'one evaluation of a usual run' },
      {
        what: 'gain of another 20 % of the run at the slope of the last 20 %',
        value: '≥ 2 % of the value, 80 % interval beyond 0',
        source: 'below it the noise of a seed is larger',
      },
    ],
    wrongWhen: 'The learning rate has run out: then only a longer schedule helps, not a continuation.',
    yieldsTo: ['A-01', 'A-02', 'A-06', 'A-07'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'adversarial' || prepared.family === 'diffusion')
      return notAssessed(`The loss of this kind of training (${prepared.family}) does not show progress.`);
    const course = lateCourseOf(prepared);
    if (!course) return notAssessed('It needs a loss with at least 8 points.');
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic.');
    const { series, n, bestPlace } = course;
    if (bestPlace < 0.93 * n - 1) return clear;
    const { change, slope, from } = course.over(0.2, 0.8);
    const level = Math.abs(series.clean.values[n - 1] as number);
    const gain = -change / Math.max(level, 0.01 * course.improvement);
    if (gain < 0.02 || !(slope.high < 0) || -change < 0.005 * course.improvement) return clear;
    const spent = prepared.rate?.spent ?? false;
    const step = series.clean.steps[from] as number;
    return found({
      severity: 'note',
      series: [series.key],
      onset: prepared.onset(series, from),
      marks: [{ series: series.key, from: step, to: series.lastStep, label: 'still falling' }],
      summary: `${series.name} was still falling when the run ended: at the slope of its last fifth, another 20 % of the run would bring about ${percent(gain)} more.`,
      evidence: {
        best: course.best,
        best_step: series.clean.steps[bestPlace] as number,
        slope_per_step: slope.slope,
        slope_low: slope.low,
        slope_high: slope.high,
        projected_gain: gain,
        threshold_gain: 0.02,
        schedule_spent: spent,
      },
      caveat: 'Slopes flatten: the projection is an upper bound.',
      advice: {
        text: spent
          ? 'The learning rate has run out, so going on from here gains little: run again with a longer schedule.'
          : 'Train longer (or with a higher learning rate) before comparing this configuration with others.',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss 2.3 ±0.005 ->0.8 x200' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.005 ~>0.5 x200 =x100' },
    { says: 'not-assessed', draw: 'train/loss 2.3 0.5' },
  ],
};
