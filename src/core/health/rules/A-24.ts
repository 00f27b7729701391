// the loss rises at the very start before it falls.

import { lossMayRise } from '../family';
import { lossShapeOf } from '../loss-shape';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { extremesOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-24',
    title: 'Early instability',
    about: 'In the first tenth of the run the training loss jumps well above where it began, then recovers: the first updates were too large.',
    needs: ['training loss by step, at least 30 points'],
    reference: 'Deep Learning Tuning Playbook: early instability hides between sparse evaluations',
    thresholds: [
      {
        what: 'smoothed peak within the first 10 % above the first value',
        value: '≥ 20 % and 4 σ; a warning from 2 ×',
        source: 'Playbook in words; a warmup is advised from there',
      },
      { what: 'or: any point within the first 15 %', value: '≥ 5 × the first value', source: 'a blow-up within one window' },
    ],
    wrongWhen: 'Window means that start with a lucky batch; an auxiliary weight that ramps up.',
    yieldsTo: ['A-02'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'variational')
      return notAssessed(`The loss of this kind of training (${prepared.family}) may rise by design.`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    const { series, n, sigma } = shape;
    if (n < 30) return notAssessed(`It needs at least 30 points of the training loss; ${n} are finite.`);
    if (series.cadence === 'epoch') return notAssessed('The training loss is logged as a mean over epochs: the first steps do not show.');
    const { values, steps } = series.clean;
    const first = values[0] as number;
    if (!(first > 0) || shape.endsBad) return clear;
    const early = series.smooth.values.subarray(0, Math.max(3, Math.ceil(0.1 * series.smooth.values.length)));
    const peak = extremesOf(early)?.high ?? first;
    const raw = values.subarray(0, Math.max(3, Math.ceil(0.15 * n)));
    const top = extremesOf(raw)?.high ?? first;
    const bursts = top >= 5 * first && shape.positive;
    const humps = peak >= 1.2 * first && peak - first >= 4 * sigma;
    if (!bursts && !humps) return clear;
    const height = bursts ? top : peak;
    const place = bursts ? raw.indexOf(top) : (series.smooth.at[early.indexOf(peak)] as number);
    return found({
      severity: height >= 2 * first ? 'warn' : 'note',
      series: [series.key],
      onset: prepared.onset(series, 0),
      marks: [{ series: series.key, from: steps[place] as number, to: steps[place] as number, label: `× ${say(Number((height / first).toPrecision(2)))}` }],
      summary: `${series.name} rises from ${say(first)} to ${say(height)} by step ${say(steps[place] as number)} (${percent(height / first - 1)} more) before it comes down to ${say(shape.end)}: the first updates were too large.`,
      evidence: {
        first,
        peak: height,
        peak_step: steps[place] as number,
        end: shape.end,
        noise_sigma: sigma,
        warmup: prepared.rate ? prepared.rate.warmupEnd !== null : null,
      },
      caveat: 'A first batch that happens to be easy makes the start look low.',
      advice: {
        text: 'Warm the learning rate up over the first few hundred steps or lower it, and log every step for the first 500 steps: such a start can leave the model worse for good.',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss 2.3 ±0.02 ->6 x4 ~>1.5 x20 ~>0.5 x100' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.02 ~>0.5 x120' },
    { says: 'not-assessed', draw: 'train/loss 2.3 ~>0.5 x12' },
  ],
};
