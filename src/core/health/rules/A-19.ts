// bursts of the gradient norm.

import { advise, clipGradients } from '../../advice/snippets';
import { quantile, sorted } from '../../statistics/basic';
import { runningMedian } from '../../statistics/robust';
import { clipOf } from '../params';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { spikesOf } from '../spikes';
import { count, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-19',
    title: 'Gradient bursts',
    about: 'The gradient norm shoots up far beyond its own course.',
    needs: ['gradient norm before clipping, at least 100 points'],
    reference: 'Deep Learning Tuning Playbook; log-MAD z of a public watcher',
    thresholds: [
      { what: 'robust z of ln ‖g‖ over the trailing window', value: '> 8', source: 'watcher: alert above 8' },
      { what: 'height beside the trend (running median)', value: '≥ 5 ×', source: 'a norm that decays makes p99 / median large without any burst' },
    ],
    wrongWhen: 'The norm is logged after clipping: then bursts cannot show.',
    yieldsTo: ['A-02'],
    sensitiveTo: ['points'],
  },
  check(prepared) {
    const series = prepared.gradNorm;
    if (!series) return notAssessed('No gradient norm is logged; most clipping calls return it.');
    const { values, steps } = series.clean;
    if (values.length < 100) return notAssessed(`It needs at least 100 points of the gradient norm; ${values.length} are finite.`);
    const ascending = sorted(values);
    const clip = clipOf(prepared.run.params);
    const top = ascending[ascending.length - 1] as number;
    if (clip && top <= clip.value * 1.001 && quantile(ascending, 0.9) >= clip.value * 0.98)
      return notAssessed(`${series.name} never exceeds ${clip.key} = ${say(clip.value)}: it is logged after clipping.`);
    if (!((ascending[0] as number) > 0)) return notAssessed('The gradient norm touches zero: it has no logarithm.');
    const trend = runningMedian(values, 51);
    const bursts = spikesOf(values, 8).filter(({ place, height, z }) => z > 8 && height >= 5 * (trend[place] as number));
    if (bursts.length === 0) return clear;
    const worst = bursts.reduce((a, b) => (b.z > a.z ? b : a));
    const step = steps[worst.place] as number;
    const suggested = quantile(ascending, 0.9);
    return found({
      severity: 'note',
      series: [series.key],
      onset: prepared.onset(series, worst.from),
      marks: bursts.slice(0, 20).map((burst) => ({ series: series.key, from: steps[burst.place] as number, to: steps[burst.place] as number, label: 'burst' })),
      summary: `${series.name} bursts ${count(bursts.length, 'time')}; the largest is ${say(worst.height)} at step ${say(step)}, ${say(worst.height / (trend[worst.place] as number))} × its level there (z ${say(worst.z)}).`,
      evidence: {
        bursts: bursts.length,
        step,
        height: worst.height,
        level: trend[worst.place] as number,
        z: worst.z,
        p90: suggested,
        p99_over_median: quantile(ascending, 0.99) / quantile(ascending, 0.5),
        clip: clip?.value ?? null,
      },
      caveat: 'With clipping in place a burst may do no harm: look whether the loss followed.',
      advice: advise(
        prepared.framework,
        `Clip at about ${say(Number(suggested.toPrecision(2)))}, the 90th percentile of the norm, and look at the batches of the bursts.`,
        clipGradients,
      ),
    });
  },
  examples: [
    { says: 'note', draw: 'grad_norm 1 ±0.05 =x200 40 1 =x100' },
    { says: 'clear', draw: 'grad_norm 10 ±0.02 ~>0.5 x300' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x200' },
  ],
};
