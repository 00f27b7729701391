// the gradient norm drifts.

import { theilSen } from '../../statistics/trend';
import { lossMayRise } from '../family';
import { lossShapeOf } from '../loss-shape';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-21',
    title: 'Gradient norm drifts',
    about: 'The gradient norm at least doubles over the last half of the run while the loss does not fall, or all but vanishes while nothing is learned.',
    needs: ['gradient norm, at least 20 points', 'training loss'],
    reference: 'OLMo: a growing norm preceded spikes',
    thresholds: [
      {
        what: 'growth over the last half by Theil–Sen of ln ‖g‖',
        value: '≥ ln 2, its 95 % interval beyond 0, loss falling < 0.5 %',
        source: 'OLMo-0424; the loss condition keeps ordinary training out',
      },
      { what: 'fall from the first to the last tenth', value: '≥ 1000 × while the loss changes < 2 %, a warning', source: 'no progress and no gradient left' },
    ],
    wrongWhen: 'The learning rate is decaying: norms grow as steps shrink (silent then).',
    yieldsTo: ['A-01', 'A-02'],
  },
  check(prepared) {
    const series = prepared.gradNorm;
    if (!series) return notAssessed('No gradient norm is logged; most clipping calls return it.');
    if (lossMayRise(prepared.family)) return notAssessed(`Not meant for this kind of training (${prepared.family}).`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    const { values, clock, steps } = series.clean;
    const n = values.length;
    if (n < 20 || shape.n < 10) return notAssessed(`It needs at least 20 points of the gradient norm; ${n} are finite.`);
    const logs = values.map((value) => Math.log(Math.max(value, 1e-30)));
    const half = n >> 1;
    const slope = theilSen(clock.subarray(half), logs.subarray(half));
    const growth = slope.slope * ((clock[n - 1] as number) - (clock[half] as number));
    const loss = shape.series.clean.values;
    const middle = loss.length >> 1;
    const fifth = Math.max(1, Math.floor((loss.length - middle) / 5));
    const before = medianOf(loss, middle, middle + fifth);
    const fell = (before - medianOf(loss, loss.length - fifth, loss.length)) / Math.max(Math.abs(before), Number.MIN_VALUE);
    const tenth = Math.max(1, Math.floor(n / 10));
    const head = medianOf(values, 0, tenth);
    const tail = medianOf(values, n - tenth, n);
    const vanished = head > 0 && tail <= head / 1000 && Math.abs(shape.start - shape.end) < 0.02 * Math.abs(shape.start);
    const decaying = (prepared.rate?.spent ?? false) || (prepared.rate?.drops.length ?? 0) > 0;
    const growing = growth >= Math.LN2 && slope.low > 0 && fell < 0.005 && !decaying;
    if (!vanished && !growing) return clear;
    const step = vanished ? (steps[0] as number) : (steps[half] as number);
    return found({
      severity: vanished ? 'warn' : 'note',
      series: [series.key],
      onset: prepared.onset(series, vanished ? 0 : half),
      marks: [
        { series: series.key, from: step, to: series.lastStep, label: vanished ? 'vanishes' : `grows × ${say(Number(Math.exp(growth).toPrecision(2)))}` },
      ],
      summary: vanished
        ? `${series.name} falls from ${say(head)} to ${say(tail)} while the loss does not move: no gradient is left.`
        : `${series.name} grows by a factor of ${say(Math.exp(growth))} over the last half of the run while the training loss falls by less than 0.5 %.`,
      evidence: { growth_ln: growth, slope_low: slope.low, slope_high: slope.high, loss_fell: fell, first: head, last: tail, threshold_ln: Math.LN2 },
      caveat: 'Norms grow when the batch size or the learning rate falls, without harm.',
      advice: {
        text: vanished
          ? 'Look for saturated or dead units (initialisation, input scale, deep sigmoids) and for frozen parameters.'
          : 'Watch for spikes: more weight decay on large norms, a lower rate or stricter clipping calm it; keep checkpoints closely from here.',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'grad_norm 1 ±0.02 =x100 ->4 x100\ntrain/loss 2.0 ±0.01 ~>1.0 x100 =x100' },
    { says: 'clear', draw: 'grad_norm 3 ±0.02 ~>1 x200\ntrain/loss 2.0 ±0.01 ~>0.5 x200' },
    { says: 'not-assessed', draw: 'train/loss 2.0 ~>0.5 x200' },
  ],
};
