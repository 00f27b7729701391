// the training loss repeats itself every epoch.

import { mad } from '../../statistics/basic';
import { madToSigma } from '../../statistics/robust';
import { lossMayRise } from '../family';
import { plannedEpochsOf } from '../params';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-17',
    title: 'Periodic training loss',
    about: 'What is left of the step loss beside its trend repeats with the length of an epoch: data in a fixed order, sorted or not shuffled.',
    needs: ['training loss by step, at least 4 points an epoch over 4 epochs', 'steps per epoch, from an epoch counter or the params'],
    reference: 'Deep Learning Tuning Playbook: periodic curves hint at unshuffled data',
    thresholds: [
      {
        what: 'autocorrelation at one or two epochs, of values cut to ±3 robust σ beside the trend',
        value: '> 0.3 and 4/√n, > 0.3 in the second half too, and 0.3 above that half an epoch beside',
        source: 'a steep start or a slow drift is no period',
      },
      { what: 'strength for a warning', value: '≥ 0.5', source: 'weaker repeats come from a fixed but harmless order' },
    ],
    wrongWhen:
      'Running means that start anew each epoch (Keras progress values) and cyclic learning rates are periodic by design; a model that memorises its rows sees its loss step at each epoch as well: beside overfitting or divergence it is a note.',
    noteBeside: ['A-02', 'A-11', 'A-12'],
  },
  check(prepared) {
    const series = prepared.trainLoss;
    if (!series) return notAssessed('It needs a training loss of a recognised name.');
    if (lossMayRise(prepared.family)) return notAssessed(`Not meant for this kind of training (${prepared.family}).`);
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic.');
    const epoch = prepared.stepsPerEpoch ?? (prepared.planned !== null ? prepared.planned / (plannedEpochsOf(prepared.run.params) ?? Number.NaN) : null);
    if (epoch === null || !Number.isFinite(epoch))
      return notAssessed('The number of steps per epoch is not known: log the epoch beside the step, or steps and epochs as params.');
    const { values, steps } = series.clean;
    const lag = epoch / (series.spacing * series.clockOf.scale);
    if (!(lag >= 4) || values.length < 4 * lag) return notAssessed('It needs at least 4 points of the training loss an epoch, over 4 epochs.');
    const residuals = tamed(besideTrend(values, Math.round(lag)));
    // A lag that is no whole number of points blurs; two epochs may fit better.
    const best = [1, 2]
      .map((periods) => ({ periods, error: Math.abs(periods * lag - Math.round(periods * lag)) }))
      .reduce((a, b) => (b.error < a.error - 1e-9 ? b : a));
    const at = autocorrelation(residuals, Math.round(best.periods * lag));
    const beside = autocorrelation(residuals, Math.round((best.periods + 0.5) * lag));
    const later = autocorrelation(residuals.subarray(residuals.length >> 1), Math.round(best.periods * lag));
    // What repeats, repeats to the end; 4 / √n is far beyond what noise gives.
    if (!(at > Math.max(0.3, 4 / Math.sqrt(residuals.length))) || !(at - beside > 0.3) || !(later > 0.3)) return clear;
    return found({
      severity: at >= 0.5 ? 'warn' : 'note',
      series: [series.key],
      onset: prepared.onset(series, 0),
      marks: [{ series: series.key, from: series.firstStep, to: steps[Math.min(values.length - 1, Math.round(lag))] as number, label: 'one epoch' }],
      summary: `${series.name} repeats itself every ${say(Number(epoch.toPrecision(4)))} steps, the length of an epoch (autocorrelation ${say(at)}, against ${say(beside)} half an epoch beside).`,
      evidence: {
        autocorrelation_second_half: later,
        steps_per_epoch: epoch,
        lag_points: lag,
        autocorrelation: at,
        autocorrelation_beside: beside,
        threshold: 0.3,
      },
      caveat: 'A running mean that starts anew each epoch is periodic by itself.',
      advice: {
        text: 'Shuffle the training data anew each epoch, and check that rows do not lie sorted by class or source.',
        ...(shuffle[prepared.framework ?? 'pytorch'] ? { code: shuffle[prepared.framework ?? 'pytorch'] as string } : {}),
      },
    });
  },
  examples: [
    { says: 'clear', draw: 'train/loss 2.3 ±0.1 ~>0.5 x200', params: { max_steps: 200, epochs: 10 } },
    {
      says: 'warn',
      draw: `train/loss 2.3 ${Array.from({ length: 12 }, () => '->1.3 x5 ->2.0 x5 ->1.6 x5 ->2.2 x5').join(' ')}`,
      params: { max_steps: 240, epochs: 12 },
    },
    { says: 'not-assessed', draw: 'train/loss 2.3 ~>0.5 x200' },
  ],
};

const shuffle: Readonly<Record<string, string>> = {
  pytorch: 'DataLoader(train_set, batch_size=32, shuffle=True)',
  lightning: 'DataLoader(train_set, batch_size=32, shuffle=True)',
  keras: 'dataset.shuffle(buffer_size=len(x), reshuffle_each_iteration=True)',
  transformers: '# Trainer shuffles by default; for an IterableDataset: dataset.shuffle(seed=seed, buffer_size=10_000)',
};

/** Cut to ±3 robust σ: a steep start or a spike must not speak for the whole curve. */
function tamed(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const reach = 3 * madToSigma * mad(values, 0);
  return values.map((value) => Math.max(-reach, Math.min(reach, value)));
}

/** Values less the mean of one period around them: trend and slow drift are gone, the period is not. */
function besideTrend(values: Float64Array, period: number): Float64Array<ArrayBuffer> {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = (sums[i] as number) + (values[i] as number);
  const half = Math.floor(period / 2);
  const out = new Float64Array(Math.max(0, n - 2 * half));
  for (let i = half; i < n - half; i++) out[i - half] = (values[i] as number) - ((sums[i + half + 1] as number) - (sums[i - half] as number)) / (2 * half + 1);
  return out;
}

function autocorrelation(values: Float64Array, lag: number): number {
  let product = 0;
  let before = 0;
  let behind = 0;
  for (let i = lag; i < values.length; i++) {
    const a = values[i - lag] as number;
    const b = values[i] as number;
    product += a * b;
    before += a * a;
    behind += b * b;
  }
  return before > 0 && behind > 0 ? product / Math.sqrt(before * behind) : 0;
}
