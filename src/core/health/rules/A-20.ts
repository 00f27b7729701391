// how many updates are clipped.

import { quantile, sorted } from '../../statistics/basic';
import { clipOf } from '../params';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-20',
    title: 'Clipping share',
    about: 'The share of updates whose gradient norm reaches the clip value.',
    needs: ['gradient norm before clipping', 'clip value among the params'],
    reference: 'Deep Learning Tuning Playbook: above 50 % of updates clipped is "extremely aggressive"',
    thresholds: [{ what: 'share of points at or above the clip value', value: '> 5 % note, > 50 % warn', source: 'watcher (5 %), Playbook (50 %)' }],
    wrongWhen: 'Some large models are trained with a clip value that is nearly always reached, as a normalised update.',
  },
  check(prepared) {
    const series = prepared.gradNorm;
    const clip = clipOf(prepared.run.params);
    if (!series) return notAssessed('No gradient norm is logged; most clipping calls return it.');
    if (!clip) return notAssessed('The params do not say at which norm gradients are clipped.');
    const { values } = series.clean;
    if (values.length < 10) return notAssessed(`It needs at least 10 points of the gradient norm; ${values.length} are finite.`);
    let clipped = 0;
    for (const value of values) if (value >= clip.value * 0.9999) clipped += 1;
    const share = clipped / values.length;
    if (share <= 0.05) return clear;
    const p90 = quantile(sorted(values), 0.9);
    const first = values.findIndex((value) => value >= clip.value * 0.9999);
    return found({
      severity: share > 0.5 ? 'warn' : 'note',
      series: [series.key],
      onset: prepared.onset(series, first),
      marks: [{ series: series.key, from: series.firstStep, to: series.lastStep, label: `${percent(share)} clipped` }],
      summary: `${percent(share)} of the logged updates have a gradient norm at or above ${clip.key} = ${say(clip.value)} (${clipped} of ${values.length}; 90th percentile ${say(p90)}).`,
      evidence: { share, clipped, points: values.length, clip: clip.value, clip_from: clip.key, p90 },
      caveat: 'Some large models are trained so that nearly every update is normalised to the clip value.',
      advice: {
        text:
          share > 0.5
            ? `Most updates are rescaled: lower the learning rate, or raise the clip value to about ${say(Number(p90.toPrecision(2)))}.`
            : `Clip at about ${say(Number(p90.toPrecision(2)))} if only bursts should be cut.`,
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'grad_norm 2 ±0.2 =x200', params: { max_grad_norm: 1.0 } },
    { says: 'note', draw: 'grad_norm 0.5 ±0.05 =x180 2 =x20', params: { max_grad_norm: 1.0 } },
    { says: 'clear', draw: 'grad_norm 0.5 ±0.05 =x200', params: { max_grad_norm: 1.0 } },
    { says: 'not-assessed', draw: 'grad_norm 0.5 =x200' },
  ],
};
