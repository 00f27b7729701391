// nothing more is gained for the last 40 % of the run.

import { levelChanges } from '../../statistics/changes';
import { lossMayRise } from '../family';
import { lateCourseOf } from '../late-course';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-09',
    title: 'Saturated early',
    about: 'Over the last 40 % of the run the loss changes by next to nothing of its whole improvement: the budget could shrink.',
    needs: ['validation loss with at least 10 evaluations, else the training loss'],
    reference: 'Deep Learning Tuning Playbook: saturated long before the end, train less',
    thresholds: [
      {
        what: 'change over the last 40 %, of the whole improvement',
        value: '< 3.5 % by Theil–Sen, and its 95 % interval holds 0 or < 0.5 %',
        source: 'Playbook in words; the cut is below what is worth the compute',
      },
    ],
    wrongWhen: 'A drop of the learning rate is still to come, or a phase after a plateau (grokking, double descent).',
    yieldsTo: ['A-01', 'A-02', 'A-06', 'A-07', 'A-11', 'A-32'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'adversarial' || prepared.family === 'diffusion')
      return notAssessed(`The loss of this kind of training (${prepared.family}) does not show progress.`);
    const course = lateCourseOf(prepared);
    if (!course || course.n < 10) return notAssessed('It needs a loss with at least 10 points.');
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic.');
    const { series, n, improvement } = course;
    if (improvement < 3 * series.noise) return clear;
    const { change, slope, from } = course.over(0.4);
    const share = Math.abs(change) / improvement;
    if (share >= 0.035 || !((slope.low <= 0 && slope.high >= 0) || share < 0.005)) return clear;
    const { rate } = prepared;
    const begin = series.clean.clock[from] as number;
    if (rate?.drops.some((place) => (rate.series.clean.clock[place] as number) >= begin)) return clear;
    const smooth = series.smooth;
    const levels = levelChanges(smooth.values, 3 * Math.max(series.noise, 0.002 * improvement) ** 2 * Math.log(Math.max(3, smooth.values.length)));
    const place = smooth.at[Math.min(levels.at(-1) ?? 0, smooth.at.length - 1)] as number;
    const plateau = Math.min(place, from);
    const step = series.clean.steps[plateau] as number;
    const fraction = prepared.fraction(series.clean.clock[plateau] as number);
    return found({
      severity: 'note',
      series: [series.key],
      onset: { step, fraction },
      marks: [{ series: series.key, from: step, to: series.lastStep, label: 'plateau' }],
      summary: `${series.name} has been flat since about step ${say(step)}: over the last 40 % of its ${n} points it changed by ${percent(share)} of what it improved in all; ${percent(1 - fraction)} of the run brought nothing.`,
      evidence: {
        change_over_last_40_percent: change,
        share_of_improvement: share,
        slope_low: slope.low,
        slope_high: slope.high,
        plateau_step: step,
        compute_after_plateau: 1 - fraction,
        threshold_share: 0.035,
      },
      caveat: 'A later drop of the learning rate, or a late phase of learning, may still move it.',
      advice: {
        text: `Plan about ${percent(fraction + 0.1)} of this length, or lower the learning rate where the plateau begins and see whether the curve moves.`,
      },
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss 2.3 ±0.01 ~>0.5 x100 =x200' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.01 ->0.5 x300' },
    { says: 'not-assessed', draw: 'train/loss 2.3 0.5' },
  ],
};
