// the validation curve still jumps about at the end, so that the best checkpoint is partly luck.

import { deviation } from '../../statistics/basic';
import { theilSen } from '../../statistics/trend';
import { lossMayRise } from '../family';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { extremesOf, medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-16',
    title: 'High variance late in training',
    about: 'Over the last quarter of the evaluations the validation loss scatters widely compared with all it improved: picking the best step is picking luck.',
    needs: ['validation loss, at least 10 evaluations'],
    reference: 'Deep Learning Tuning Playbook: high step-to-step variance late makes comparisons of the best "lucky"; AUTOTRAINER (oscillation)',
    thresholds: [
      {
        what: 'SD around the trend of the last 25 %, of the whole improvement',
        value: '≥ 0.10, a warning from 0.30',
        source: 'a tenth of the progress decides nothing yet; the improvement itself must be 10 % of the start',
      },
    ],
    wrongWhen: 'A cyclic learning rate, a handful of evaluations, a validation set of a few rows (A-36).',
    yieldsTo: ['A-01', 'A-02', 'A-06', 'A-07'],
    noteBeside: ['A-11', 'A-17'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'adversarial')
      return notAssessed(`The loss of this kind of training (${prepared.family}) scatters by nature.`);
    const series = prepared.valObjective;
    if (series?.direction !== 'min') return notAssessed('It needs a validation loss of a recognised name.');
    const { values, clock, steps } = series.clean;
    const n = values.length;
    if (n < 10) return notAssessed(`It needs at least 10 evaluations; ${n} are logged.`);
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic: the curve moves with it.');
    const start = Math.max(values[0] as number, medianOf(values, 0, 2));
    const range = extremesOf(values);
    const improvement = start - (range?.low ?? start);
    if (improvement < 0.1 * Math.abs(start) || !(improvement > 0)) return clear;
    const from = n - Math.max(4, Math.floor(n / 4));
    const slope = theilSen(clock.subarray(from), values.subarray(from));
    const residuals = values.slice(from).map((value, i) => value - slope.intercept - slope.slope * (clock[from + i] as number));
    const sd = deviation(residuals);
    const share = sd / improvement;
    if (share < 0.1) return clear;
    const best = range?.low ?? Number.NaN;
    return found({
      severity: share >= 0.3 && n >= 12 ? 'warn' : 'note',
      series: [series.key],
      onset: prepared.onset(series, from),
      marks: [{ series: series.key, from: steps[from] as number, to: series.lastStep, label: `scatters ± ${say(Number(sd.toPrecision(2)))}` }],
      summary: `${series.name} scatters by ± ${say(sd)} around its trend over the last ${n - from} evaluations, ${percent(share)} of all it improved; its best ${say(best)} is partly luck.`,
      evidence: { sd, improvement, share, evaluations: n - from, best, last: values[n - 1] as number, threshold_share: 0.1 },
      caveat: 'Few evaluations estimate a spread badly; a small validation set scatters whatever the model does.',
      advice: {
        text: 'Lower the learning rate towards the end (decay to zero), average the weights (EMA, SWA), or evaluate on more data; compare runs by the mean of the last evaluations, not by the best.',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'val_loss 1.0 0.8 0.5 0.9 0.5 0.9 0.5 0.8 0.5 0.9 0.5 0.9 0.5 0.9 0.5 0.9 0.5 0.9 0.5 0.9' },
    { says: 'clear', draw: 'val_loss 1.0 ±0.01 ~>0.5 x40' },
    { says: 'not-assessed', draw: 'val_loss 1.0 0.6 0.5' },
  ],
};
