// validation looks better than training.

import { shareFactor } from '../chance';
import { paramSet } from '../params';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { say } from '../words';

interface Better {
  readonly train: PreparedSeries;
  readonly val: PreparedSeries;
  readonly places: readonly number[];
  readonly evaluations: number;
  readonly trainThere: number;
  readonly valThere: number;
}

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-14',
    title: 'Validation better than training',
    about: 'The validation accuracy lies well above the training one, or the validation loss well below, for most of the run.',
    needs: ['the same loss, accuracy or score on training and validation data'],
    reference: 'UMLAUT',
    thresholds: [
      { what: 'accuracy, validation − training, after the third evaluation', value: '> 0.05 at ≥ 3 evaluations and half of them', source: 'UMLAUT' },
      { what: 'loss, validation / training', value: '< 0.7 at ≥ 3 evaluations and half of them', source: 'beyond what averaging over an epoch does' },
    ],
    wrongWhen:
      'Usually innocent: dropout and augmentation act in training only, training metrics are means over a model that was still learning, auxiliary terms are part of the training loss, the validation set is small or easier.',
    yieldsTo: ['A-01', 'A-02'],
  },
  check(prepared) {
    const pairs = [...prepared.ofRole('loss', 'train'), ...prepared.ofRole('loss', 'other'), ...prepared.taskMetrics('train')].flatMap((train) => {
      const val = prepared.counterpart(train);
      return val && val.clean.values.length >= 5 && train.clean.values.length >= 5 ? [{ train, val }] : [];
    });
    if (pairs.length === 0) return notAssessed('It needs a metric of one name on training and validation data, with at least 5 points each.');
    const better = pairs.flatMap(({ train, val }) => betterOf(prepared, train, val) ?? []);
    if (better.length === 0) return clear;
    const worst = better.reduce((a, b) => (b.places.length / b.evaluations > a.places.length / a.evaluations ? b : a));
    const { train, val, places } = worst;
    const first = places[0] as number;
    const innocent = paramSet(prepared.run.params, /drop_?out|augment|mixup|cutmix|rand_?aug|stochastic_?depth|drop_?path|label_?smooth/);
    return found({
      severity: 'note',
      series: [val.key, train.key],
      onset: prepared.onset(val, first),
      marks: [
        { series: val.key, from: val.clean.steps[first] as number, to: val.clean.steps[places.at(-1) as number] as number, label: 'better than training' },
      ],
      summary: `${val.name} is better than ${train.name} at ${places.length} of ${worst.evaluations} evaluations (${say(worst.valThere)} against ${say(worst.trainThere)} in the middle of them)${innocent ? '; params name dropout or augmentation, which explains it' : ''}.`,
      evidence: {
        evaluations_better: places.length,
        evaluations: worst.evaluations,
        val_there: worst.valThere,
        train_there: worst.trainThere,
        dropout_or_augmentation_in_params: innocent,
      },
      caveat: 'Dropout, augmentation, label smoothing, and training metrics averaged while the model was still learning all do this innocently.',
      advice: {
        text: innocent
          ? 'Nothing to do, unless the same holds with dropout and augmentation off.'
          : 'Evaluate the training set in evaluation mode once: if validation is still better, check for overlap between the two sets and for a validation set that is small or easier.',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'accuracy 0.1 ~>0.7 x30\nval_accuracy 0.2 ~>0.85 x30' },
    { says: 'note', draw: 'train/loss /10 2.3 ~>1.2 x300\nval/loss /100 @100 2.0 ~>0.5 x29' },
    { says: 'clear', draw: 'accuracy 0.1 ~>0.9 x30\nval_accuracy 0.1 ~>0.91 x30' },
    { says: 'not-assessed', draw: 'accuracy 0.1 ~>0.9 x30' },
  ],
};

function betterOf(prepared: PreparedRun, train: PreparedSeries, val: PreparedSeries): Better | null {
  const aligned = prepared.aligned(train, val);
  const { values } = val.clean;
  const isLoss = train.direction === 'min';
  const factor = isLoss ? 1 : shareFactor(prepared, val);
  const places: number[] = [];
  const from = isLoss ? 0 : 3;
  let evaluations = 0;
  for (let i = from; i < values.length; i++) {
    const there = aligned[i] as number;
    const here = values[i] as number;
    if (Number.isNaN(there)) continue;
    evaluations += 1;
    if (isLoss ? there > 0 && here >= 0 && here < 0.7 * there : (here - there) * factor > 0.05 && here * factor <= 1) places.push(i);
  }
  if (places.length < 3 || places.length < 0.5 * evaluations) return null;
  const middle = places[places.length >> 1] as number;
  return { train, val, places, evaluations, trainThere: aligned[middle] as number, valThere: values[middle] as number };
}
