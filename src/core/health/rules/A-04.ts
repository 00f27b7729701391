// A-04: isolated spikes of the training loss.

import { advise, clipGradients } from '../../advice/snippets';
import { lossMayRise } from '../family';
import { lossShapeOf } from '../loss-shape';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { type Spike, spikesOf, spikeWindow } from '../spikes';
import { extremesOf, medianOf } from '../windows';
import { count, say } from '../words';

type Aftermath = 'recovered' | 'lingering';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-04',
    title: 'Loss spikes',
    about: 'Single points, or a few, that stand far above what lies before and behind them. A note where the loss recovers and stays below its start.',
    needs: ['training loss by step, at least 100 points'],
    reference: 'OLMo 2 and PaLM on spikes; log-MAD z of a public loss watcher',
    thresholds: [
      {
        what: 'robust z over the trailing window of n/10 points (50 to 1000), of ln x or of x',
        value: '> 8',
        source: 'watcher: alert above 8, healthy runs peak at 4.5',
      },
      {
        what: 'height above the median before, against the largest in the window before',
        value: '≥ 1.5 × (1.2 × where it is 15 % of the whole improvement; where only the linear z speaks 10 ×, or 3 × also of the window behind)',
        source: 'skewed noise near zero reaches a z of 40 about its median, but not thrice its own extremes',
      },
      { what: 'width', value: '≤ 2 % of the points', source: 'wider is a hump (A-24) or divergence (A-02)' },
    ],
    wrongWhen:
      'A jump of the learning rate (warm restart) or a change of data lifts the loss by design. Not assessed for epoch means, reinforcement learning, GANs and contrastive losses.',
    yieldsTo: ['A-02'],
    sensitiveTo: ['points'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'adversarial')
      return notAssessed(`The loss of this kind of training (${prepared.family}) spikes by nature.`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    const { series } = shape;
    if (shape.n < 100) return notAssessed(`It needs at least 100 points of the training loss; ${shape.n} are finite.`);
    if (series.cadence === 'epoch') return notAssessed('The training loss is logged as a mean over epochs: single batches do not show.');
    const { values } = series.clean;
    const spikes = prepared
      .once('loss-spikes', () => spikesOf(values, 8))
      .filter((spike) => standsOut(spike, values, shape.drop) && !afterRateRise(prepared, series, spike) && (spike.z > 8 || !prepared.cyclic));
    if (spikes.length === 0) return clear;
    const worst = spikes.reduce((a, b) => (b.height - b.before > a.height - a.before ? b : a));
    const after = aftermathOf(worst, values);
    const loud = after === 'lingering' || worst.height > shape.start || spikes.length >= 3;
    const first = spikes[0] as Spike;
    return found({
      severity: loud ? 'warn' : 'note',
      series: [series.key],
      onset: prepared.onset(series, worst.from),
      marks: spikes.slice(0, 20).map((spike) => ({
        series: series.key,
        from: series.clean.steps[spike.from] as number,
        to: series.clean.steps[spike.to] as number,
        label: `spike × ${say(Number((spike.height / spike.before).toPrecision(2)))}`,
      })),
      summary: `${series.name} jumps from ${say(worst.before)} to ${say(worst.height)} at step ${say(series.clean.steps[worst.place] as number)} (z ${say(Math.max(worst.z, worst.linearZ))}) and ${after === 'recovered' ? 'recovers' : 'does not come back within 5 % of the run'}${spikes.length > 1 ? `; ${count(spikes.length, 'spike')} in all` : ''}.`,
      evidence: {
        spikes: spikes.length,
        step: series.clean.steps[worst.place] as number,
        first_step: series.clean.steps[first.place] as number,
        height: worst.height,
        before: worst.before,
        largest_before: worst.highest,
        z_log: worst.z,
        z_linear: worst.linearZ,
        width_points: worst.to - worst.from + 1,
        aftermath: after,
        window_points: spikeWindow(shape.n),
      },
      caveat: 'A warm restart, a changed batch mix or a resumed run lifts the loss for a moment by design.',
      advice: advise(
        prepared.framework,
        `Look at the batches just before step ${say(series.clean.steps[worst.place] as number)}, clip gradients just above their usual norm${after === 'lingering' ? ', or go back to a checkpoint before it and skip those batches' : ''}.`,
        clipGradients,
      ),
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss 2.3 ±0.01 ~>0.3 x200 1.2 0.31 ->0.3 x150' },
    { says: 'warn', draw: 'train/loss 2.3 ±0.01 ~>0.3 x200 6.0 3.0 0.31 ->0.3 x150' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.03 ~>0.3 x350' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.01 ~>0.05 x350' },
    { says: 'not-assessed', draw: 'train/loss 2.3 ~>0.3 x40 2 0.3' },
  ],
};

function standsOut({ height, before, highest, from, to, z }: Spike, values: Float64Array, drop: number): boolean {
  const n = values.length;
  if (to - from + 1 > Math.max(2, 0.02 * n)) return false;
  const above = height - before;
  const beyond = above / Math.max(highest - before, Number.MIN_VALUE);
  if (z <= 8) {
    // Near zero the noise is skewed: a height far beyond its own extremes on both sides tells a spike from it where the logarithm does not.
    const after = extremesOf(values.subarray(to + 1, to + 1 + spikeWindow(n)));
    return beyond >= 10 || above >= 3 * Math.max(highest - before, (after?.high ?? highest) - before);
  }
  return (beyond >= 1.5 || (above >= 0.15 * drop && beyond >= 1.2)) && (before <= 0 || height >= 1.1 * before);
}

/** Back within two of the deviations before, in 5 % of the run behind it. */
function aftermathOf({ to, before, height }: Spike, values: Float64Array): Aftermath {
  const reach = Math.max(3, Math.ceil(0.05 * values.length));
  const behind = medianOf(values, to + 1, to + 1 + reach);
  return Number.isNaN(behind) || behind <= before + 0.2 * (height - before) ? 'recovered' : 'lingering';
}

function afterRateRise(prepared: PreparedRun, series: PreparedSeries, spike: Spike): boolean {
  const { rate } = prepared;
  if (!rate || rate.constant) return false;
  const { clock, values } = rate.series.clean;
  const end = series.clean.clock[spike.place] as number;
  const begin = series.clean.clock[Math.max(0, spike.place - Math.max(5, Math.floor(0.02 * series.clean.values.length)))] as number;
  for (let i = 1; i < clock.length && (clock[i] as number) <= end; i++) {
    if ((clock[i] as number) >= begin && (values[i] as number) > 1.2 * (values[i - 1] as number) && (values[i] as number) > 0.1 * rate.peak) return true;
  }
  return false;
}
