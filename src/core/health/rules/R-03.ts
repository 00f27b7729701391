// a value network that predicts no better than a constant.

import { seriesNamed } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'R-03',
    title: 'The value network explains nothing',
    about: 'Explained variance stays at or below zero through the second half of training: the baseline is no better than a constant.',
    needs: ['explained_variance'],
    reference: 'Stable-Baselines3: "≤ 0: worse than just predicting zero"',
    thresholds: [{ what: 'points at or below 0 in the last half', value: '≥ 90 %, at least 10 points', source: 'own choice' }],
    wrongWhen: 'Returns that hardly vary (every episode the same) leave nothing to explain.',
  },
  check(prepared) {
    const explained = prepared.family === 'rl' ? seriesNamed(prepared, / (explained variance|vf explained var) /) : null;
    const values = explained?.clean.values;
    if (!explained || !values || values.length < 20) return notAssessed('It needs explained_variance, at least 20 points.');
    const half = Math.floor(values.length / 2);
    const below = values.subarray(half).reduce((count, value) => count + Number(value <= 0), 0) / (values.length - half);
    if (below < 0.9) return clear;
    let from = half;
    while (from > 0 && (values[from - 1] as number) <= 0) from -= 1;
    return found({
      severity: 'warn',
      series: [explained.key],
      onset: prepared.onset(explained, from),
      marks: [{ series: explained.key, from: explained.clean.steps[from] as number, to: explained.lastStep, label: '≤ 0' }],
      summary: `${explained.name} is at or below 0 in ${percent(below)} of the second half (median ${say(medianOf(values, half, values.length))}): the value network predicts no better than a constant.`,
      evidence: { share_at_or_below_zero: below, median_last_half: medianOf(values, half, values.length), points: values.length },
      caveat: 'Where all episodes have nearly the same return there is no variance to explain.',
      advice: {
        text: 'Scale rewards or returns, give the value network its own layers or a higher learning rate, and check the discount and that terminal states are told from time limits.',
        code: 'VecNormalize(env, norm_reward=True)\nPPO(..., vf_coef=1.0, policy_kwargs=dict(net_arch=dict(pi=[64, 64], vf=[256, 256])))',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/explained_variance 0.1 ->-0.4 x10 ±0.05 =x30' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 0 ~>10 x40\ntrain/explained_variance -0.5 ~>0.9 x40' },
    { says: 'not-assessed', draw: 'rollout/ep_rew_mean 0 ~>10 x40' },
  ],
};
