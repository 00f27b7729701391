// training accuracy far above validation accuracy.

import { shareFactor } from '../chance';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { meanOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-13',
    title: 'Gap between training and validation',
    about: 'At the end the training accuracy (or score) is well above the validation one.',
    needs: ['the same accuracy or score on training and validation data'],
    reference: 'AUTOTRAINER',
    thresholds: [{ what: 'mean of the last three, training − validation', value: '≥ 0.10 (training ≤ 0.9), ≥ 0.07 (above)', source: 'AUTOTRAINER' }],
    wrongWhen:
      'A gap by itself is no fault: it matters where the validation metric suffers. Training metrics under augmentation or dropout read too low, means over an epoch lag.',
    noteBeside: ['A-11'],
  },
  check(prepared) {
    const pairs = prepared.taskMetrics('train').flatMap((train) => {
      const val = train.direction === 'max' && (train.role === 'accuracy' || train.role === 'score') ? prepared.counterpart(train) : null;
      return val && train.clean.values.length >= 3 && val.clean.values.length >= 3 ? [{ train, val, factor: shareFactor(prepared, val) }] : [];
    });
    if (pairs.length === 0) return notAssessed('It needs the same accuracy or score on training and validation data, with at least 3 points each.');
    let worst: { train: (typeof pairs)[number]['train']; val: (typeof pairs)[number]['val']; high: number; low: number } | null = null;
    for (const { train, val, factor } of pairs) {
      const high = meanOf(train.clean.values, train.clean.values.length - 3) * factor;
      const low = meanOf(val.clean.values, val.clean.values.length - 3) * factor;
      if (high > 1 || low < 0 || high - low < (high > 0.9 ? 0.07 : 0.1)) continue;
      if (!worst || high - low > worst.high - worst.low) worst = { train, val, high, low };
    }
    if (!worst) return clear;
    const { train, val, high, low } = worst;
    return found({
      severity: 'note',
      series: [train.key, val.key],
      onset: null,
      marks: [{ series: val.key, from: val.lastStep, to: val.lastStep, label: `gap ${percent(high - low)}` }],
      summary: `${train.name} ends at ${percent(high)}, ${val.name} at ${percent(low)}: a gap of ${say(Number((100 * (high - low)).toPrecision(3)))} points.`,
      evidence: { train: high, val: low, gap: high - low, threshold: high > 0.9 ? 0.07 : 0.1 },
      caveat: 'A gap by itself is no fault; what counts is whether the validation metric still improves.',
      advice: { text: 'If the validation metric has stopped improving, regularise: weight decay, dropout, augmentation, more data or a smaller model.' },
    });
  },
  examples: [
    { says: 'note', draw: 'accuracy 0.1 ~>0.99 x30\nval_accuracy 0.1 ~>0.8 x30' },
    { says: 'clear', draw: 'accuracy 0.1 ~>0.95 x30\nval_accuracy 0.1 ~>0.93 x30' },
    { says: 'not-assessed', draw: 'val_accuracy 0.1 ~>0.8 x30' },
  ],
};
