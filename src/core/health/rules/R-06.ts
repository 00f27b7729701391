// what is evaluated is worse than what was trained.

import { deviation } from '../../statistics/basic';
import { alignMeans } from '../align';
import { evaluationReturn, returnCurve, trainingReturn } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { extremesOf, meanOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'R-06',
    title: 'Evaluation and training returns disagree',
    about: 'Late in the run the evaluated return lies far below (or very far above) the return while training, beyond what noise explains.',
    needs: ['episode return while training', 'evaluation return, at least 8 evaluations'],
    reference: 'Own choice; the usual slip is normalisation that the evaluation environment does not share',
    thresholds: [
      { what: 'mean difference over the last half of evaluations', value: '> 3 standard errors', source: 'own choice' },
      {
        what: 'its size',
        value: '≥ 20 % of the return’s range below, ≥ 50 % above',
        source: 'evaluation without exploration is expected to be somewhat better',
      },
    ],
    wrongWhen: 'Evaluation runs in another environment or with other rewards on purpose.',
  },
  check(prepared) {
    const train = trainingReturn(prepared);
    const evaluated = evaluationReturn(prepared);
    if (!train || !evaluated) return notAssessed('It needs a return while training and one of a separate evaluation (eval/mean_reward).');
    const n = evaluated.clean.values.length;
    const curve = returnCurve(train);
    if (n < 8 || !curve) return notAssessed(`It needs at least 8 evaluations and 20 points of the training return; ${n} evaluations are logged.`);
    const means = alignMeans(train.clean, evaluated.clean);
    const gaps = evaluated.clean.values
      .map((value, i) => value - (means[i] as number))
      .subarray(Math.floor(n / 2))
      .filter(Number.isFinite);
    if (gaps.length < 4) return notAssessed('Evaluations and training returns do not overlap in time.');
    const gap = meanOf(gaps);
    const error = deviation(gaps) / Math.sqrt(gaps.length);
    const range = extremesOf(curve.values) as { low: number; high: number };
    const size = range.high - range.low;
    const share = Math.abs(gap) / Math.max(size, Number.MIN_VALUE);
    if (!(Math.abs(gap) > 3 * error) || !(share >= (gap < 0 ? 0.2 : 0.5)) || Math.abs(gap) <= 3 * curve.sigma) return clear;
    const from = Math.floor(n / 2);
    return found({
      severity: 'note',
      series: [evaluated.key, train.key],
      onset: prepared.onset(evaluated, from),
      marks: [
        { series: evaluated.key, from: evaluated.clean.steps[from] as number, to: evaluated.lastStep, label: gap < 0 ? 'below training' : 'above training' },
      ],
      summary: `Over the last ${gaps.length} evaluations ${evaluated.name} lies ${say(Math.abs(gap))} ${gap < 0 ? 'below' : 'above'} ${train.name} (standard error ${say(error)}), ${percent(share)} of the return’s range.`,
      evidence: { difference: gap, standard_error: error, share_of_range: share, evaluations: gaps.length },
      caveat: 'Evaluation without exploration, in another environment or on other seeds may differ for good reason.',
      advice: {
        text: 'Share the statistics of observation and reward normalisation with the evaluation environment, compare the unscaled return, and check the deterministic flag and time limits.',
        code: 'eval_env = VecNormalize(eval_env, training=False, norm_reward=False)\nsync_envs_normalization(env, eval_env)',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'rollout/ep_rew_mean 0 ±0.2 ~>10 x99\neval/mean_reward /5 @5 0 ±0.2 ~>3 x18' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 0 ±0.2 ~>10 x99\neval/mean_reward /5 @5 0 ±0.2 ~>11 x18' },
    { says: 'not-assessed', draw: 'rollout/ep_rew_mean 0 ±0.2 ~>10 x99\neval/mean_reward 3 4' },
    { says: 'not-assessed', draw: 'rollout/ep_rew_mean 0 ±0.2 ~>10 x99' },
  ],
};
