// signs of trouble in reinforcement learning from feedback: cut answers, groups without a signal, drift that buys reward.

import { mannKendall } from '../../statistics/trend';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { seriesNamed, trainingReturn } from '../returns';
import { clear, found, notAssessed, type RuleFinding, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'R-07',
    title: 'Training from feedback drifts',
    about:
      'Answers cut at the length limit, groups whose rewards are all equal (no gradient), answers that grow or shrink twofold, or a reward that still rises with the distance from the reference model: a look at samples is due.',
    needs: ['names of TRL: completions/clipped_ratio, frac_reward_zero_std, kl, completions/mean_length, reward'],
    reference: 'TRL’s logged metrics; over-optimisation of a reward model (Gao, Schulman and Hilton 2023)',
    thresholds: [
      { what: 'clipped answers, median of the last quarter', value: 'note > 0.2, warn > 0.5', source: 'own choice' },
      { what: 'groups without spread, median of the last quarter', value: '> 0.5', source: 'own choice: more than half of the batch gives no gradient' },
      { what: 'Kendall τ of KL and of reward over the last half', value: '> 0.5 both', source: 'own choice' },
      { what: 'answer length, last tenth against first', value: '> 2 × or < ½', source: 'own choice' },
    ],
    wrongWhen: 'Reasoning that is meant to grow long, or a reward that truly improves, looks the same: read samples.',
  },
  check(prepared) {
    const inputs = [clippedAnswers, silentGroups, driftingReward, driftingLength].map((look) => look(prepared));
    if (inputs.every((one) => one === null))
      return notAssessed('It needs metrics of training from feedback as TRL names them (completions/…, frac_reward_zero_std, kl).');
    const seen = inputs.filter((one) => one !== null && one !== 'fine') as readonly RuleFinding[];
    return seen.length > 0 ? found(...seen) : clear;
  },
  examples: [
    { says: 'warn', draw: 'reward 0 ~>1 x40\ncompletions/clipped_ratio 0.1 ->0.7 x20 =x20' },
    { says: 'note', draw: 'reward 0 ~>1 x40\nfrac_reward_zero_std 0.1 ->0.8 x20 =x20' },
    { says: 'note', draw: 'reward 0 ->1 x40\nkl 0 ->9 x40\ncompletions/mean_length 100 =x39' },
    { says: 'note', draw: 'reward 0 ~>1 x40\ncompletions/mean_length 100 ->400 x39' },
    { says: 'clear', draw: 'reward 0 ~>1 x20 ±0.01 =x20\nkl 0 ~>0.1 x20 ±0.01 =x20\ncompletions/clipped_ratio 0.02 =x39' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x40' },
  ],
};

type Look = RuleFinding | 'fine' | null;

const enough = (series: PreparedSeries | null): series is PreparedSeries => series !== null && series.clean.values.length >= 12;

const lateMedian = ({ clean: { values } }: PreparedSeries): number => medianOf(values, 0.75 * values.length, values.length);

function claim(
  prepared: PreparedRun,
  series: PreparedSeries,
  place: number,
  claims: Pick<RuleFinding, 'severity' | 'summary' | 'evidence' | 'advice'>,
  label: string,
): RuleFinding {
  return {
    ...claims,
    series: [series.key],
    onset: prepared.onset(series, place),
    marks: [{ series: series.key, from: series.clean.steps[place] as number, to: series.lastStep, label }],
    caveat: 'Only samples show whether the model got better or learned to please the reward.',
  };
}

function clippedAnswers(prepared: PreparedRun): Look {
  const series = seriesNamed(prepared, / completions clipped ratio /);
  if (!enough(series)) return null;
  const late = lateMedian(series);
  if (!(late > 0.2)) return 'fine';
  const place = Math.max(
    0,
    series.clean.values.findIndex((value) => value > 0.2),
  );
  const summary = `${percent(late)} of the answers are cut at the length limit late in training (${series.name}): their rewards judge half an answer.`;
  const advice = {
    text: 'Raise max_completion_length, or mask truncated answers from the loss.',
    code: 'GRPOConfig(max_completion_length=2048, mask_truncated_completions=True)',
  };
  return claim(
    prepared,
    series,
    place,
    { severity: late > 0.5 ? 'warn' : 'note', summary, evidence: { median_last_quarter: late, note_above: 0.2, warn_above: 0.5 }, advice },
    'cut',
  );
}

function silentGroups(prepared: PreparedRun): Look {
  const series = seriesNamed(prepared, / frac reward zero std /);
  if (!enough(series)) return null;
  const late = lateMedian(series);
  if (!(late > 0.5)) return 'fine';
  const place = Math.max(
    0,
    series.clean.values.findIndex((value) => value > 0.5),
  );
  const summary = `In ${percent(late)} of the groups all answers get the same reward late in training (${series.name}): they give no gradient.`;
  const advice = {
    text: 'Choose prompts that are neither solved nor hopeless, draw more answers per prompt, or grade in finer steps.',
    code: 'GRPOConfig(num_generations=16, temperature=1.0)',
  };
  return claim(prepared, series, place, { severity: 'note', summary, evidence: { median_last_quarter: late, note_above: 0.5 }, advice }, 'no spread');
}

function driftingReward(prepared: PreparedRun): Look {
  const kl = seriesNamed(prepared, / (objective )?kl /);
  const reward = trainingReturn(prepared);
  if (!enough(kl) || !enough(reward) || / approx /.test(kl.name)) return null;
  const half = ({ clean: { values } }: PreparedSeries) => mannKendall(values.subarray(values.length >> 1)).tau;
  const [ofKl, ofReward] = [half(kl), half(reward)];
  if (!(ofKl > 0.5 && ofReward > 0.5)) return 'fine';
  const summary = `${kl.name} still grows (τ ${say(ofKl)}) while ${reward.name} rises (τ ${say(ofReward)}) in the second half: check samples for answers that please the reward only.`;
  const advice = {
    text: 'Read samples of early and late checkpoints; raise the KL coefficient or stop at the checkpoint where people still prefer the answers.',
    code: 'GRPOConfig(beta=0.04)',
  };
  return claim(
    prepared,
    kl,
    kl.clean.values.length >> 1,
    { severity: 'note', summary, evidence: { tau_kl: ofKl, tau_reward: ofReward, kl_end: kl.clean.values.at(-1) ?? null }, advice },
    'drift',
  );
}

function driftingLength(prepared: PreparedRun): Look {
  const series = seriesNamed(prepared, / completions? (mean )?length /);
  if (!enough(series)) return null;
  const { values } = series.clean;
  const early = medianOf(values, 0, Math.max(3, values.length / 10));
  const late = medianOf(values, values.length - Math.max(3, values.length / 10), values.length);
  const ratio = late / early;
  if (!(ratio > 2 || ratio < 0.5)) return 'fine';
  const place = Math.max(
    0,
    values.findIndex((value) => (ratio > 2 ? value > 1.5 * early : value < 0.75 * early)),
  );
  const summary = `Answers went from ${say(early)} to ${say(late)} tokens (${series.name}): length may be what the reward pays for.`;
  const advice = { text: 'Compare reward per length, and penalise length if it rises without better answers.' };
  return claim(prepared, series, place, { severity: 'note', summary, evidence: { early, late, ratio }, advice }, 'length');
}
