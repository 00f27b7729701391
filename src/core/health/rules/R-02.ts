// exploration dies before anything is learned.

import { returnCurve, seriesNamed, trainingReturn } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { extremesOf, medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'R-02',
    title: 'Entropy collapses before the return rises',
    about: 'The policy’s entropy is gone in the first fifth of training while the return has gained almost nothing: it settled on one action too early.',
    needs: ['entropy of the policy', 'episode return'],
    reference: 'Own choice; the failure that entropy bonuses are made for (Williams and Peng 1991; A3C)',
    thresholds: [
      { what: 'fall of the entropy', value: '≥ 90 % within the first 20 % of training', source: 'own choice' },
      { what: 'gain of the return by then', value: '< 10 % of its range over the run, or within three σ of its noise', source: 'own choice' },
    ],
    wrongWhen:
      'A policy that starts near its best (fine-tuned, cloned) has little to gain. Not assessed where the entropy changes sign: that of continuous actions has no zero.',
  },
  check(prepared) {
    const entropy = prepared.family === 'rl' ? seriesNamed(prepared, / entropy( loss)? /) : null;
    const returns = trainingReturn(prepared);
    if (!entropy || !returns) return notAssessed('It needs the entropy of the policy (entropy_loss) and the episode return.');
    const { values, clock } = entropy.clean;
    const curve = returnCurve(returns);
    if (values.length < 20 || !curve) return notAssessed('It needs at least 20 points of both.');
    const seen = extremesOf(values) as { low: number; high: number };
    if (seen.low < 0 && seen.high > 0) return notAssessed('The entropy changes sign: that of continuous actions has no zero to fall to.');
    const { first, length } = prepared.clock;
    const place = clock.findIndex((time) => time > first + 0.2 * length);
    const start = Math.abs(medianOf(values, 0, 3));
    const by = Math.abs(medianOf(values, place - 3, place));
    if (place < 6 || !(by <= 0.1 * start)) return clear;
    const reached = returnAt(curve, returns.clean.clock, first + 0.2 * length);
    const range = extremesOf(curve.values) as { low: number; high: number };
    const size = range.high - range.low;
    if (!(reached - curve.start < Math.max(0.1 * size, 3 * curve.sigma))) return clear;
    const gain = size > 0 ? (reached - curve.start) / size : 0;
    const from = values.findIndex((value) => Math.abs(value) <= 0.1 * start);
    return found({
      severity: 'warn',
      series: [entropy.key, returns.key],
      onset: prepared.onset(entropy, from),
      marks: [{ series: entropy.key, from: entropy.clean.steps[from] as number, to: entropy.lastStep, label: 'entropy gone' }],
      summary: `${entropy.name} fell from ${say(start)} to ${say(by)} in the first 20 % of training, when ${returns.name} had gained ${percent(Math.max(0, gain))} of its range.`,
      evidence: { entropy_start: start, entropy_at_20_percent: by, return_start: curve.start, return_at_20_percent: reached, gain_of_range: gain },
      caveat: 'If the policy was good from the start, little exploration is as it should be.',
      advice: {
        text: 'Raise the entropy coefficient, anneal it slowly, and lower the learning rate; check that rewards are scaled.',
        code: 'PPO(..., ent_coef=0.01, learning_rate=1e-4)',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'rollout/ep_rew_mean 1 ±0.05 =x99\ntrain/entropy_loss -1.6 ->-0.01 x15 =x84' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 1 ±0.05 ~>9 x18 =x80\ntrain/entropy_loss -1.6 ->-0.01 x15 =x84' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 1 ±0.05 ~>9 x99\ntrain/entropy_loss -1.6 ->-0.4 x99' },
    { says: 'not-assessed', draw: 'rollout/ep_rew_mean 1 ±0.05 =x99\ntrain/entropy_loss -1.6 ->0.4 x15 =x84' },
    { says: 'not-assessed', draw: 'rollout/ep_rew_mean 1 ±0.05 =x99' },
  ],
};

function returnAt({ at, values }: { readonly at: Uint32Array; readonly values: Float64Array }, clock: Float64Array, time: number): number {
  let value = values[0] as number;
  for (let i = 0; i < at.length && (clock[at[i] as number] as number) <= time; i++) value = values[i] as number;
  return value;
}
