// GD-02: quality of what a generative model makes, where it is measured; its losses do not say it.

import { wordsOf } from '../../series/roles';
import type { PreparedSeries } from '../prepared-series';
import { seriesNamed } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

const quality = / (fid\S*|kid\S*|fvd|fad|clip score|inception score) /;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'GD-02',
    title: 'Quality of samples gets worse',
    about:
      'FID, KID, CLIP or Inception score ends well worse than its best. Without such a metric the quality of a generative model is not assessed: its losses do not show it.',
    needs: ['FID, KID, CLIP score or Inception score, at least 4 evaluations'],
    reference: 'Borji 2022, "Pros and cons of GAN evaluation measures"',
    thresholds: [
      {
        what: 'end (median of the last fifth) against the best',
        value: 'note ≥ 20 %, warn ≥ 50 % worse',
        source: 'own choice; FID of few samples moves by 5 to 10 %',
      },
      { what: 'evaluations after the best', value: '≥ 2 and 15 % of all', source: 'own choice' },
    ],
    wrongWhen: 'Values over different numbers of samples or another reference set are not comparable.',
  },
  check(prepared) {
    const generative = prepared.family === 'gan' || prepared.family === 'diffusion' || prepared.family === 'variational';
    const measured = seriesNamed(prepared, quality);
    if (!measured) {
      if (!generative) return notAssessed('No generative model and no FID, KID, CLIP or Inception score is seen.');
      return notAssessed(
        'Quality not assessed: losses of such models need not fall. Log FID or KID with the number of samples and the reference set, or grids of samples.',
      );
    }
    const { values } = measured.clean;
    const n = values.length;
    if (n < 4) return notAssessed(`It needs at least 4 evaluations of ${measured.name}; ${n} ${n === 1 ? 'is' : 'are'} logged.`);
    const best = bestPlace(measured);
    const tail = n - 1 - best;
    const end = medianOf(values, n - Math.max(2, n / 5), n);
    const worse = Math.abs(end - (values[best] as number)) / Math.max(Math.abs(values[best] as number), Number.MIN_VALUE);
    if (tail < Math.max(2, 0.15 * n) || !(worse >= 0.2) || Math.abs(end - (values[best] as number)) < 3 * measured.noise) return clear;
    const step = measured.clean.steps[best] as number;
    return found({
      severity: worse >= 0.5 ? 'warn' : 'note',
      series: [measured.key],
      onset: prepared.onset(measured, best),
      marks: [{ series: measured.key, from: step, to: measured.lastStep, label: `best ${say(values[best] as number)}` }],
      summary: `${measured.name} was best (${say(values[best] as number)}) at step ${say(step)} and ends at ${say(end)}, ${percent(worse)} worse.`,
      evidence: { best: values[best] as number, best_step: step, end, relative: worse, evaluations: n, noise_sigma: measured.noise },
      caveat: 'Values over other numbers of samples or another reference set cannot be compared.',
      advice: { text: 'Use the checkpoint near the best, average weights (EMA), and look at samples on both sides of it.' },
    });
  },
  examples: [
    { says: 'warn', draw: 'd_loss 1.4 ±0.1 =x100\ng_loss 0.8 ±0.1 =x100\nval/fid /10 80 ->20 x5 ->45 x5' },
    { says: 'note', draw: 'd_loss 1.4 ±0.1 =x100\ng_loss 0.8 ±0.1 =x100\nval/fid /10 80 ->20 x5 ->26 x5' },
    { says: 'clear', draw: 'd_loss 1.4 ±0.1 =x100\ng_loss 0.8 ±0.1 =x100\nval/fid /10 80 ~>20 x10' },
    { says: 'not-assessed', draw: 'd_loss 1.4 ±0.1 =x100\ng_loss 0.8 ±0.1 =x100' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x50' },
  ],
};

/** Scores are better when larger, distances when smaller. */
function bestPlace({ name, clean: { values } }: PreparedSeries): number {
  const sign = / score /.test(` ${wordsOf(name).join(' ')} `) ? -1 : 1;
  let best = 0;
  for (let i = 1; i < values.length; i++) if (sign * (values[i] as number) < sign * (values[best] as number)) best = i;
  return best;
}
