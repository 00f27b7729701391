// policy updates larger than the limit set for them.

import { quantile, sorted } from '../../statistics/basic';
import { paramNumber } from '../params';
import { seriesNamed } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'R-01',
    title: 'Policy updates too large',
    about: 'The approximate KL between policies goes past 1.5 times its target again and again, or lies high where no target is set.',
    needs: ['approx_kl'],
    reference: 'Stable-Baselines3: PPO stops the epoch above 1.5 × target_kl',
    thresholds: [
      {
        what: 'KL against the target',
        value: '> 1.5 × target_kl in ≥ 10 % of points and 3 of them (half of them: warn)',
        source: 'Stable-Baselines3 stops there',
      },
      { what: 'median KL without a target', value: '> 0.05', source: 'own choice; usual targets are 0.01 to 0.03' },
    ],
    wrongWhen: 'An algorithm with another notion of step size logs its KL under this name.',
  },
  check(prepared) {
    const kl = seriesNamed(prepared, / approx ?kl /);
    if (!kl || kl.clean.values.length < 10) return notAssessed('It needs approx_kl, at least 10 points.');
    const { values } = kl.clean;
    const target = paramNumber(prepared.run.params, /^target_?kl$/);
    const middle = quantile(sorted(values), 0.5);
    const limit = target && target.value > 0 ? 1.5 * target.value : 0.05;
    const first = values.findIndex((value) => value > limit);
    const over = values.reduce((count, value) => count + Number(value > limit), 0);
    const share = over / values.length;
    if (target && target.value > 0 ? over < 3 || share < 0.1 : !(middle > limit)) return clear;
    return found({
      severity: target && target.value > 0 && share >= 0.5 ? 'warn' : 'note',
      series: [kl.key],
      onset: prepared.onset(kl, first),
      marks: [{ series: kl.key, from: kl.clean.steps[first] as number, to: kl.lastStep, label: `above ${say(limit)}` }],
      summary: target
        ? `${kl.name} is above 1.5 × ${target.key} (${say(limit)}) in ${percent(share)} of its points: updates are cut short there.`
        : `${kl.name} has a median of ${say(middle)} and no target is set: updates move the policy far.`,
      evidence: { limit, target_kl: target?.value ?? null, share_above: share, median: middle, points: values.length },
      caveat: 'Large steps are no harm by themselves as long as the return goes on rising.',
      advice: {
        text: 'Lower the learning rate, take fewer epochs per batch or a smaller clip range, or set target_kl.',
        code: 'PPO(..., target_kl=0.03, n_epochs=5, learning_rate=1e-4)',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/approx_kl 0.08 ±0.01 =x39' },
    { says: 'warn', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/approx_kl 0.08 ±0.005 =x39', params: { target_kl: 0.03 } },
    { says: 'clear', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/approx_kl 0.02 ±0.005 =x39', params: { target_kl: 0.03 } },
    { says: 'clear', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/approx_kl 0.01 ±0.002 =x39' },
    { says: 'not-assessed', draw: 'rollout/ep_rew_mean 0 ~>10 x40' },
  ],
};
