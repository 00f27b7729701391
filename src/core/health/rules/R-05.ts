// the return collapses after it had been learned.

import { quantile, sorted } from '../../statistics/basic';
import { levelDifference } from '../../statistics/stretches';
import type { PreparedSeries } from '../prepared-series';
import { returnCurve, trainingReturn } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'R-05',
    title: 'The return collapsed',
    about: 'The smoothed return loses at least half of what it had gained, for at least a fifth of the run. Critical where nearly all is lost to the end.',
    needs: ['episode return, at least 20 points'],
    reference: 'Own choice; collapse of PPO and off-policy learners after long training (Dohare et al. 2024; Nikishin et al. 2022)',
    thresholds: [
      { what: 'loss of the gain', value: '≥ 50 %, critical ≥ 90 %', source: 'own choice' },
      {
        what: 'level before against level after',
        value: '> 5 + 80/n standard errors, neighbours taken as alike',
        source: 'simulated learning curves with wandering noise',
      },
      { what: 'length', value: '≥ 20 % of the run', source: 'own choice' },
      {
        what: 'gain before it',
        value: '≥ 3 σ of the smoothed curve and a quarter of the greatest gain',
        source: 'below that there is no gain to lose',
      },
    ],
    wrongWhen: 'The task became harder on purpose (a curriculum, another environment, self-play against a better opponent).',
  },
  check(prepared) {
    const returns = trainingReturn(prepared);
    if (!returns) return notAssessed('It needs the episode return (rollout/ep_rew_mean, episode_return_mean).');
    const curve = returnCurve(returns);
    if (!curve) return notAssessed(`It needs at least 20 points of the return; ${returns.clean.values.length} are logged.`);
    const { values, level: raw, at, start, sigma, smoothSigma } = curve;
    const low = lowStretch(values, start, 3 * smoothSigma);
    const lasts = (low.to - low.from + 1) / values.length;
    if (low.from < 0 || lasts < 0.2) return clear;
    const { peakAt } = low;
    const peak = values[peakAt] as number;
    const gain = peak - start;
    // Noise that wanders makes hills too: the level before and the level after must be told apart.
    const risen = values.findIndex((value) => value >= start + 0.5 * gain);
    const apart = levelDifference(raw.subarray(risen, low.from), raw.subarray(low.from, low.to + 1));
    if (!(apart > 5 + 80 / values.length)) return clear;
    // It begins to fall where it last stood at the level that it had held just before.
    const before = sorted(values.subarray(Math.max(peakAt, Math.floor(low.from - 0.15 * values.length)), low.from));
    const level = Math.max(quantile(before, 0.75), peak - 0.2 * gain);
    let from = low.from;
    while (from > peakAt && (values[from] as number) < level) from -= 1;
    const end = values[values.length - 1] as number;
    const lost = (peak - end) / gain;
    const toEnd = low.to === values.length - 1;
    const place = at[from] as number;
    return found({
      severity: toEnd && lost >= 0.9 ? 'critical' : toEnd ? 'warn' : 'note',
      series: [returns.key],
      onset: prepared.onset(returns, place),
      marks: marksOf(returns, at[peakAt] as number, place, peak),
      summary: `${returns.name} had risen from ${say(start)} to ${say(peak)}; from step ${say(returns.clean.steps[place] as number)} it fell to ${say(end)} and stays below half of its gain for ${percent(lasts)} of the run${toEnd ? '' : ', then recovers'}.`,
      evidence: {
        start,
        peak,
        peak_step: returns.clean.steps[at[peakAt] as number] as number,
        end,
        lost_of_gain: lost,
        below_half_for: lasts,
        levels_apart_in_standard_errors: apart,
        sigma,
      },
      caveat: 'If the task was made harder at that point, or the opponent better, nothing collapsed.',
      advice: {
        text: 'Keep the checkpoint at the peak. Then lower or anneal the learning rate, limit the step (target_kl, clip range, gradient norm), and look at entropy and value loss just before the fall.',
        code: 'PPO(..., learning_rate=lambda left: 3e-4 * left, target_kl=0.03, max_grad_norm=0.5)',
      },
    });
  },
  examples: [
    { says: 'critical', draw: 'rollout/ep_rew_mean /16 0 ±0.1 ~>9 x60 =x60 ~>0 x20 =x60' },
    { says: 'warn', draw: 'episode_return_mean 0 ±0.1 ~>9 x60 =x60 ~>3 x20 =x60' },
    { says: 'note', draw: 'rollout/ep_rew_mean 0 ±0.1 ~>9 x60 ~>2 x10 =x60 ~>9 x30 =x40' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 0 ±0.5 ~>9 x60 =x120' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 0 ±0.1 ~>9 x60 ->1 x5 ~>9 x10 =x120' },
    { says: 'clear', draw: 'rollout/ep_rew_mean 3 ±1 =x150' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x50' },
  ],
};

interface LowStretch {
  readonly from: number;
  readonly to: number;
  readonly peakAt: number;
}

/** The longest stretch below half of the gain made so far; a few points above it, as noise has them, do not end it. */
function lowStretch(values: Float64Array, start: number, least: number): LowStretch {
  const bridged = Math.max(1, Math.floor(values.length / 50));
  // What was gained at first and lost again counts only where it was much of what the run ever gained.
  const enough = Math.max(least, 0.25 * (values.reduce((a, b) => Math.max(a, b), start) - start), Number.MIN_VALUE);
  let best: LowStretch = { from: -1, to: -2, peakAt: 0 };
  let peakAt = 0;
  let from = -1;
  let last = -1;
  for (let i = 0; i <= values.length; i++) {
    if (from < 0 && i < values.length && (values[i] as number) > (values[peakAt] as number)) peakAt = i;
    const gain = (values[peakAt] as number) - start;
    if (i < values.length && gain > enough && (values[i] as number) < start + 0.5 * gain) {
      if (from < 0) from = i;
      last = i;
    }
    if (from >= 0 && (i === values.length || i - last > bridged)) {
      if (last - from > best.to - best.from) best = { from, to: last, peakAt };
      from = -1;
    }
  }
  return best;
}

const marksOf = (returns: PreparedSeries, peakPlace: number, fallPlace: number, peak: number) => [
  { series: returns.key, from: returns.clean.steps[peakPlace] as number, to: returns.clean.steps[peakPlace] as number, label: `peak ${say(peak)}` },
  { series: returns.key, from: returns.clean.steps[fallPlace] as number, to: returns.lastStep, label: 'collapse' },
];
