// A-02: the training loss blew up and stayed up.

import { advise, clipGradients } from '../../advice/snippets';
import { checkpointsOf, lastBefore } from '../checkpoints';
import { lossMayRise } from '../family';
import { type LossShape, lossShapeOf } from '../loss-shape';
import type { PreparedRun } from '../prepared-run';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-02',
    title: 'Training diverged',
    about: 'The training loss ends clearly above where it began, or has lost at least half of all it had learned, and has stayed there.',
    needs: ['training loss, at least 10 points'],
    reference: 'Deep Learning Tuning Playbook; AUTOTRAINER (explosion)',
    thresholds: [
      {
        what: 'end above the start',
        value: '≥ 15 % of it and 4 σ, and ≥ 50 % above the best or half of the run spent up there',
        source: 'end − start within noise is no divergence; 15 % is beyond what label noise of a batch moves a mean over 5 % of the run',
      },
      {
        what: 'or: rise above the best',
        value: '≥ 50 % of the improvement, ≥ 50 % of the best, ≥ 5 σ',
        source: 'half of the progress is lost; the first two keep curves near zero out',
      },
      { what: 'time spent up', value: '≥ 5 % of the points', source: 'shorter is a spike (A-04)' },
    ],
    wrongWhen:
      'Losses that are meant to rise: adversarial and contrastive terms, a KL weight that grows, a curriculum that gets harder, data or loss changed on purpose. Not assessed for reinforcement learning, GANs and contrastive losses.',
  },
  check(prepared) {
    if (lossMayRise(prepared.family)) return notAssessed(`The loss of this kind of training (${prepared.family}) is not meant to fall.`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    if (shape.n < 10) return notAssessed(`It needs at least 10 points of the training loss; ${shape.n} are finite.`);
    // A loss that ends on NaN is A-01's.
    if (shape.endsBad) return clear;
    const why = divergence(prepared, shape);
    if (why === null) return clear;
    const { series, risePlace, best, end, start, first } = shape;
    const bestStep = series.clean.steps[shape.bestPlace] as number;
    const onset = prepared.onset(series, risePlace);
    const saved = lastBefore(checkpointsOf(prepared.run), onset.step);
    const unsure = prepared.family === 'variational' || prepared.family === 'adversarial';
    return found({
      severity: unsure ? 'warn' : 'critical',
      series: [series.key],
      onset,
      marks: [
        { series: series.key, from: bestStep, to: bestStep, label: `best ${say(best)}` },
        { series: series.key, from: onset.step, to: series.lastStep, label: 'diverged' },
      ],
      summary: `${series.name} rose from its best ${say(best)} (step ${say(bestStep)}) to ${say(end)} and stays there, ${why === 'above start' ? `above the ${say(Math.min(start, first))} it started from` : `${percent(shape.rise / shape.drop)} of what it had learned is lost`}; the rise begins at step ${say(onset.step)}.`,
      evidence: {
        first: first,
        start,
        best,
        best_step: bestStep,
        end,
        relative_rise: shape.relative,
        lost_share_of_improvement: shape.rise / shape.drop,
        noise_sigma: shape.sigma,
        share_of_points_up: shape.upShare,
        learning_rate_peak: prepared.rate?.peak ?? null,
        checkpoint_before: saved?.path ?? null,
      },
      caveat: 'A loss that is meant to rise (a growing regularisation weight, a curriculum, an adversarial term) looks the same.',
      advice: advise(
        prepared.framework,
        `Go back to ${saved ? saved.path : `a checkpoint before step ${say(onset.step)}`} with a lower learning rate (a third to a tenth), a longer warmup and clipped gradients; if it starts at once, check input scaling and that gradients are zeroed each step.`,
        clipGradients,
      ),
    });
  },
  examples: [
    { says: 'critical', draw: 'train/loss 2.3 ±0.02 ~>0.4 x60 ->4.0 x10 =x60' },
    { says: 'critical', draw: 'train/loss 2.3 ±0.1 ->40 x3 ~>9 x20 =x60' },
    { says: 'critical', draw: 'train/loss -0.1 ±0.01 ~>-3 x60 ->-0.4 x10 =x60' },
    { says: 'critical', draw: 'train/loss 0.79 ±0.005 ->0.72 x10 ->0.95 x10 =x80' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.02 ~>0.01 x80 ->0.03 x20' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.05 =x80' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.02 ~>0.4 x90 5 5 ~>0.4 x40' },
    { says: 'not-assessed', draw: 'd_loss 1.3 =x50\ng_loss 0.7 ->4 x50' },
    { says: 'not-assessed', draw: 'train/loss 2.3 1.0 3.0' },
  ],
};

function divergence(prepared: PreparedRun, shape: LossShape): 'above start' | 'lost' | null {
  const { end, rise, sigma, relative, drop, upShare } = shape;
  // The first window may hold the blow-up already: then the first value is what it began from.
  const start = Math.min(shape.start, shape.first);
  const lasting = upShare >= 0.05 && upShare * shape.n >= 3;
  if (!lasting) return null;
  // A short curve has to be plainer.
  const margin = shape.n < 20 ? 0.5 : 0.15;
  const above = end - start;
  // A bounded loss (Dice, 1 − IoU) cannot rise by half of itself: then it has to spend most of the run up there.
  if (above >= margin * Math.abs(start) && above >= 4 * sigma && (relative >= 0.5 || upShare >= 0.5)) return 'above start';
  if (prepared.cyclic || prepared.family === 'variational' || shape.n < 20) return null;
  return rise >= 0.5 * drop && relative >= 0.5 && rise >= 5 * sigma ? 'lost' : null;
}
