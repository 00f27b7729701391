// the training error goes towards zero while the validation error stays: memorised, though nothing rises.

import { deteriorationOf } from '../deterioration';
import { lossMayRise } from '../family';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-37',
    title: 'Memorised training data',
    about:
      'The training error ends many times below the validation error, has still been falling, and the validation error no longer moves: the rest of training went into the training rows.',
    needs: ['the same error or loss on training and validation data, at least 6 evaluations; for regression and reconstruction'],
    reference: 'bias and variance: the gap is the variance part',
    thresholds: [
      { what: 'validation / training over the last fifth', value: '≥ 5', source: 'beyond what regularisation in training explains' },
      { what: 'since the half of the run', value: 'training fell ≥ 30 %, validation < 5 %', source: 'the fall no longer carries over' },
    ],
    wrongWhen:
      'Interpolating models can generalise well; a noise floor in the labels keeps the validation error up whatever is done. Classifiers are judged by their accuracy gap (A-13) instead.',
    yieldsTo: ['A-11', 'A-12', 'A-13'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family)) return notAssessed(`Not meant for this kind of training (${prepared.family}).`);
    const { pair } = prepared;
    if (!pair) return notAssessed('It needs the same loss on training and validation data.');
    if (prepared.ofRole('accuracy').length > 0) return notAssessed('A classifier is judged by its accuracy gap (A-13).');
    const { values } = pair.val.clean;
    const n = values.length;
    if (n < 6) return notAssessed(`It needs at least 6 evaluations; ${n} are logged.`);
    const train = prepared.aligned(pair.train, pair.val);
    const fifth = Math.max(2, Math.floor(n / 5));
    const middle = n >> 1;
    const end = { train: medianOf(train, n - fifth, n), val: medianOf(values, n - fifth, n) };
    const half = { train: medianOf(train, middle - 1, middle + 2), val: medianOf(values, middle - 1, middle + 2) };
    const ratio = end.val / end.train;
    const trainFell = 1 - end.train / half.train;
    const valFell = 1 - end.val / half.val;
    if (!(end.train > 0) || !(ratio >= 5) || !(trainFell >= 0.3) || valFell >= 0.05 || deteriorationOf(prepared)?.level === 'warn') return clear;
    const { steps } = pair.val.clean;
    return found({
      severity: 'note',
      series: [pair.train.key, pair.val.key],
      onset: prepared.onset(pair.val, middle),
      marks: [{ series: pair.val.key, from: steps[middle] as number, to: pair.val.lastStep, label: 'no longer follows' }],
      summary: `${pair.val.name} ends at ${say(end.val)}, ${say(ratio)} × ${pair.train.name} (${say(end.train)}); since step ${say(steps[middle] as number)} training fell by ${percent(trainFell)} and validation by ${percent(Math.max(0, valFell))}.`,
      evidence: { val_over_train: ratio, train_end: end.train, val_end: end.val, train_fell: trainFell, val_fell: valFell, threshold_ratio: 5 },
      caveat: 'Noise in the validation labels sets a floor that no model gets below.',
      advice: {
        text: 'Stop earlier or regularise; more data helps most. Compare the validation error with the noise of repeated labels to see how much is left to gain.',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'train_loss 1 ~>0.01 x60\nval_loss 1 ~>0.3 x20 =x40' },
    { says: 'clear', draw: 'train_loss 1 ~>0.2 x60\nval_loss 1 ~>0.3 x20 =x40' },
    { says: 'not-assessed', draw: 'train_loss 1 ~>0.01 x60' },
  ],
};
