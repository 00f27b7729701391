// OLMo's spike score of the training loss.

import { lossMayRise } from '../family';
import { lossShapeOf } from '../loss-shape';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

const sds = 7;
const leastShare = 0.001;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-05',
    title: 'Spike score',
    about: 'Share of the points of the training loss that lie 7 standard deviations or more above the rolling mean of the values before.',
    needs: ['training loss by step, at least 300 points'],
    reference: 'OLMo 2: spike score',
    thresholds: [
      { what: 'distance from the rolling mean of up to 1000 values', value: '≥ 7 SD', source: 'OLMo 2' },
      { what: 'score', value: '≥ 0.1 % and 3 points, a note', source: 'OLMo 2 reports 0.4 before and 0.03 after its mitigations, in %' },
    ],
    wrongWhen: 'A jump of the level (new data, warm restart) counts as spikes until the window has moved on.',
    yieldsTo: ['A-02'],
    sensitiveTo: ['points'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family)) return notAssessed(`The loss of this kind of training (${prepared.family}) spikes by nature.`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    if (shape.n < 300) return notAssessed(`It needs at least 300 points of the training loss; ${shape.n} are finite.`);
    const { values, steps } = shape.series.clean;
    const { spikes, window } = scoreOf(values);
    const score = spikes.length / values.length;
    if (spikes.length < 3 || score < leastShare) return clear;
    const first = spikes[0] as number;
    return found({
      severity: 'note',
      series: [shape.series.key],
      onset: prepared.onset(shape.series, first),
      marks: spikes.slice(0, 20).map((place) => ({ series: shape.series.key, from: steps[place] as number, to: steps[place] as number, label: 'spike' })),
      summary: `${percent(score)} of the points of ${shape.series.name} (${spikes.length} of ${values.length}) lie ${sds} SD or more above the rolling mean, first at step ${say(steps[first] as number)}.`,
      evidence: { spike_score: score, spikes: spikes.length, points: values.length, window, sds },
      caveat: 'A jump of the level by design counts as spikes until the window has moved on.',
      advice: { text: 'Compare the score between settings of warmup, clipping and weight decay on norms and embeddings; a stable run stays near zero.' },
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss 2.3 ±0.01 ~>0.5 x400 2 0.5 x40 ->0.5 x60 2 =x1 ->0.5 x60 2.5 ->0.5 x1 =x60 3 ->0.5 x1 =x60' },
    { says: 'clear', draw: 'train/loss 2.3 ±0.02 ~>0.5 x400' },
    { says: 'not-assessed', draw: 'train/loss 2.3 ±0.02 ~>0.5 x100' },
  ],
};

/** Rolling mean and SD of the values before, by running sums about the first value. */
function scoreOf(values: Float64Array): { readonly spikes: readonly number[]; readonly window: number } {
  const window = Math.min(1000, Math.floor(values.length / 3));
  const from = Math.max(50, Math.floor(values.length / 20));
  const centre = values[0] as number;
  const spikes: number[] = [];
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.min(i, window);
    const here = (values[i] as number) - centre;
    if (i >= from) {
      const mean = sum / size;
      const sd = Math.sqrt(Math.max(0, squares / size - mean * mean));
      if (sd > 0 && here - mean >= sds * sd) spikes.push(i);
    }
    sum += here;
    squares += here * here;
    if (i >= window) {
      const gone = (values[i - window] as number) - centre;
      sum -= gone;
      squares -= gone * gone;
    }
  }
  return { spikes, window };
}
