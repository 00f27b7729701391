// the training loss rises slowly after its best.

import { mannKendall, theilSen } from '../../statistics/trend';
import { lossMayRise } from '../family';
import { lossShapeOf } from '../loss-shape';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-03',
    title: 'Training loss rises',
    about: 'After its best the training loss climbs steadily, without blowing up: usually a fault of the pipeline or the schedule, not of the model.',
    needs: ['training loss, at least 20 points'],
    reference: 'Deep Learning Tuning Playbook: a rising training loss usually means a bug in the pipeline',
    thresholds: [
      {
        what: 'rise of the median of the last 5 % above the best',
        value: '≥ 8 % of it, ≥ 4 σ, ≥ 5 % of the improvement',
        source: 'the last keeps converged curves near zero out; 1 of 137 public pairs fires',
      },
      { what: 'Kendall τ of the smoothed tail', value: '≥ 0.3, z > 2', source: 'pilot on public logs' },
      { what: 'length of the tail', value: '≥ 5 points and 15 % of the run', source: 'shorter is a spike or noise' },
    ],
    wrongWhen:
      'A cyclic learning rate, a curriculum, a regulariser that grows, harder data later in the epoch. Not assessed for reinforcement learning, GANs, contrastive and variational losses.',
    yieldsTo: ['A-02', 'A-17'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'variational' || prepared.family === 'diffusion')
      return notAssessed(`The loss of this kind of training (${prepared.family}) may rise by design.`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    if (shape.n < 20) return notAssessed(`It needs at least 20 points of the training loss; ${shape.n} are finite.`);
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic: the loss moves with it.');
    const { series, bestPlace, rise, relative, sigma, drop, n } = shape;
    const tail = n - 1 - bestPlace;
    if (shape.endsBad || tail < Math.max(5, 0.15 * n) || relative < 0.08 || rise < 4 * sigma || rise < 0.05 * drop) return clear;
    const { at, values } = series.smooth;
    const from = at.indexOf(bestPlace);
    const trend = mannKendall(values.subarray(from));
    if (trend.tau < 0.3 || trend.z <= 2) return clear;
    const { clock, steps, values: raw } = series.clean;
    const slope = theilSen(clock.subarray(bestPlace), raw.subarray(bestPlace));
    const step = steps[bestPlace] as number;
    return found({
      severity: 'warn',
      series: [series.key],
      onset: prepared.onset(series, shape.risePlace),
      marks: [{ series: series.key, from: step, to: series.lastStep, label: `rises ${percent(relative)}` }],
      summary: `${series.name} has been rising since step ${say(step)}: from ${say(shape.best)} to ${say(shape.end)} (${percent(relative)}, ${say(rise / sigma)} σ, Kendall τ ${say(trend.tau)}).`,
      evidence: {
        best: shape.best,
        best_step: step,
        end: shape.end,
        relative_rise: relative,
        rise_of_improvement: rise / drop,
        noise_sigma: sigma,
        kendall_tau: trend.tau,
        mann_kendall_z: trend.z,
        slope_per_step: slope.slope,
        slope_low: slope.low,
        slope_high: slope.high,
      },
      caveat: 'A curriculum, a growing regulariser or data that gets harder makes the training loss rise by design.',
      advice: {
        text: `Look at what changes at step ${say(step)}: the learning-rate schedule, the order of the data, augmentation, a weight in the loss. Train on a fixed small batch from there: if its loss falls, the data changed; if not, lower the rate.`,
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss 2.3 ±0.01 ~>0.5 x100 ->0.8 x100' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.01 ~>0.5 x200' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.001 ~>0.01 x100 ->0.03 x100' },
    { says: 'not-assessed', draw: 'train/loss 2.3 ~>0.5 x10' },
  ],
};
