// most of the policy's update is clipped away.

import { seriesNamed } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'R-04',
    title: 'Much of the update is clipped',
    about: 'The share of samples whose policy ratio is clipped is high in the median: steps are larger than the clip range is made for.',
    needs: ['clip_fraction'],
    reference: 'Own choice; PPO works with fractions of 0.05 to 0.2',
    thresholds: [{ what: 'median clip fraction', value: 'note > 0.3, warn > 0.5', source: 'own choice' }],
    wrongWhen: 'A very small clip range is meant to clip much.',
  },
  check(prepared) {
    const clipped = seriesNamed(prepared, / (clip fraction|clipfrac|clip frac) /);
    const values = clipped?.clean.values;
    if (!clipped || !values || values.length < 10) return notAssessed('It needs clip_fraction, at least 10 points.');
    const middle = medianOf(values, 0, values.length);
    if (!(middle > 0.3)) return clear;
    const from = values.findIndex((value) => value > 0.3);
    return found({
      severity: middle > 0.5 ? 'warn' : 'note',
      series: [clipped.key],
      onset: prepared.onset(clipped, from),
      marks: [{ series: clipped.key, from: clipped.clean.steps[from] as number, to: clipped.lastStep, label: 'much clipped' }],
      summary: `${clipped.name} has a median of ${say(middle)}: ${percent(middle)} of the samples lie outside the clip range.`,
      evidence: { median: middle, points: values.length, note_above: 0.3, warn_above: 0.5 },
      caveat: 'With a clip range set very small on purpose this is expected.',
      advice: {
        text: 'Lower the learning rate or the number of epochs per batch, or use larger batches.',
        code: 'PPO(..., learning_rate=1e-4, n_epochs=5, batch_size=256)',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/clip_fraction 0.4 ±0.02 =x39' },
    { says: 'warn', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/clip_fraction 0.6 ±0.02 =x39' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/clip_fraction 0.1 ±0.02 =x39' },
    { says: 'not-assessed', draw: 'rollout/ep_rew_mean 0 ~>10 x40' },
  ],
};
