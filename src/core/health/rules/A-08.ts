// the first training loss is not what an untrained model gives.

import { chanceOf, reweighted } from '../chance';
import { paramSet } from '../params';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-08',
    title: 'Unexpected initial loss',
    about: 'An untrained classifier begins near ln C. Far above: bad scaling of inputs or weights. Far below: a pre-trained or resumed model, or leakage.',
    needs: ['training loss by step from the start', 'number of classes or vocabulary size in the params'],
    reference: 'Karpathy, "A recipe for training neural networks": verify the loss at initialisation',
    thresholds: [
      { what: 'first loss / ln C', value: '< 0.5 or > 1.3', source: 'the output of usual initialisations stays within' },
      { what: 'first point', value: 'within 1 % of the plan, no mean over an epoch', source: 'later points have learned' },
    ],
    wrongWhen:
      'A pre-trained model (silent below where params say so), label smoothing, class weights, focal or summed losses, a number of classes that is not this head’s.',
    sensitiveTo: ['level'],
  },
  check(prepared) {
    const chance = chanceOf(prepared);
    const series = prepared.trainLoss;
    if (!chance)
      return notAssessed('It needs the number of classes or the vocabulary size among the params (num_classes, vocab_size) and a classification loss.');
    if (!series || series.clean.values.length === 0) return notAssessed('It needs a training loss of a recognised name.');
    if (series.layout.restarts.length > 0) return notAssessed('The run was resumed or put together: its last attempt does not begin untrained.');
    if (reweighted(prepared)) return notAssessed('Label smoothing or weights change the level of the loss.');
    const { values, steps } = series.clean;
    const length = prepared.planned ?? prepared.clock.length;
    if (series.cadence === 'epoch' || !(series.spacing * series.clockOf.scale <= 0.0101 * length))
      return notAssessed('The first point of the training loss comes after more than 1 % of the run.');
    const ratio = (values[0] as number) / chance.entropy;
    const low = ratio < 0.5;
    if (!low && ratio <= 1.3) return clear;
    if (
      low &&
      paramSet(prepared.run.params, /pre_?trained|base_?model|model_?name_?or_?path|resume|checkpoint|fine_?tun|init_?from|weights|warm_?start|foundation/)
    )
      return clear;
    return found({
      severity: 'note',
      series: [series.key],
      onset: prepared.onset(series, 0),
      marks: [{ series: series.key, from: steps[0] as number, to: steps[0] as number, label: `${say(Number(ratio.toPrecision(2)))} × ln C` }],
      summary: `${series.name} begins at ${say(values[0] as number)}, ${say(ratio)} × ln C = ${say(chance.entropy)} for C = ${chance.classes} (${chance.key}).`,
      evidence: {
        first: values[0] as number,
        first_step: steps[0] as number,
        entropy: chance.entropy,
        ratio,
        classes: chance.classes,
        classes_from: chance.key,
      },
      caveat: low ? 'A pre-trained or resumed model begins below by right.' : 'A loss that is summed instead of averaged, or weighted, begins higher by right.',
      advice: {
        text: low
          ? 'If the model was not pre-trained, check that labels are not among the inputs and that the loss is averaged as meant.'
          : 'Scale the inputs to zero mean and unit variance, check the initialisation of the last layer, and set its bias to the class priors.',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss 9.1 ±0.02 ~>0.5 x300', params: { num_classes: 10 } },
    { says: 'note', draw: 'train/loss 0.5 ±0.02 ~>0.1 x300', params: { num_classes: 10 } },
    { says: 'clear', draw: 'train/loss 2.35 ±0.02 ~>0.5 x300', params: { num_classes: 10 } },
    { says: 'clear', draw: 'train/loss 0.5 ±0.02 ~>0.1 x300', params: { num_classes: 10, pretrained: true } },
    { says: 'not-assessed', draw: 'train/loss 9.1 ~>0.5 x300' },
  ],
};
