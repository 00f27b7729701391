// the model ends no better than guessing.

import { chanceOf, plainAccuracy, reweighted, validationRows } from '../chance';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { extremesOf, meanOf, medianOf } from '../windows';
import { percent, say } from '../words';

/** Rows assumed where params do not give the size of the validation set. */
const assumedRows = 400;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-07',
    title: 'Stuck at chance',
    about: 'Over the last 20 % of the run the accuracy is what guessing gives and the loss is no lower than the entropy of the classes.',
    needs: ['training or validation loss', 'number of classes or vocabulary size in the params', 'accuracy, where the task has one'],
    reference: 'Karpathy, "A recipe for training neural networks"; the DeepDiagnosis MNIST run that sits at ln 10',
    thresholds: [
      { what: 'accuracy from 1/C', value: 'within 3 standard errors of the validation set (400 rows where its size is not known)', source: 'binomial' },
      {
        what: 'loss against ln C',
        value: '≥ 0.97 × with an accuracy; within 2 % where there is none',
        source: 'stuck runs sit at or above the entropy of the prior',
      },
      {
        what: 'one class always (accuracy constant above 1/C, two classes)',
        value: 'loss ≥ 0.97 × the entropy of that share',
        source: 'class prior instead of the uniform one',
      },
    ],
    wrongWhen:
      'Label smoothing, class weights or focal loss change the level (silent without an accuracy then); a number of classes in the params that is not this head’s.',
    yieldsTo: ['A-02'],
    sensitiveTo: ['level'],
  },
  check(prepared) {
    const chance = chanceOf(prepared);
    if (!chance)
      return notAssessed('It needs the number of classes or the vocabulary size among the params (num_classes, vocab_size) and a classification loss.');
    const losses = [prepared.trainLoss, prepared.valLoss].filter((series) => series !== null && series.clean.values.length >= 3);
    if (losses.length === 0) return notAssessed('It needs a training or validation loss with at least 3 points.');
    if (losses.some((series) => series && !Number.isFinite(series.valueAt(series.length - 1)))) return clear;
    const ends = losses.flatMap((series) => (series ? [{ series, end: lastFifth(series.clean.values) }] : []));
    const accuracy = plainAccuracy(prepared, 'val') ?? plainAccuracy(prepared, 'train');
    const lead = ends[0] as (typeof ends)[number];
    let claim: { level: number; entropy: number; what: string } | null = null;
    if (accuracy && accuracy.series.clean.values.length >= 3) {
      const { values } = accuracy.series.clean;
      const from = values.length - Math.max(2, Math.ceil(values.length / 5));
      const level = meanOf(values, from) * accuracy.factor;
      const rows = validationRows(prepared) ?? assumedRows;
      const p = 1 / chance.classes;
      const reach = 3 * Math.sqrt((p * (1 - p)) / rows);
      const range = extremesOf(values.subarray(from));
      const frozen = range !== null && (range.high - range.low) * accuracy.factor < 1e-9;
      if (level <= p + reach) claim = { level, entropy: chance.entropy, what: `1/C = ${say(p)}` };
      else if (chance.classes === 2 && frozen && level < 1)
        claim = { level, entropy: -(level * Math.log(level) + (1 - level) * Math.log(1 - level)), what: 'one class always' };
      if (claim && !ends.some(({ end }) => end >= 0.97 * (claim?.entropy ?? 0))) claim = null;
      if (claim && reweighted(prepared) && level > p + reach) claim = null;
    } else if (!reweighted(prepared) && ends.every(({ end }) => Math.abs(end / chance.entropy - 1) <= 0.02)) {
      claim = { level: Number.NaN, entropy: chance.entropy, what: `ln C = ${say(chance.entropy)}` };
    }
    if (!claim) return clear;
    const step = lead.series.clean.steps[0] as number;
    const told = Number.isNaN(claim.level) ? '' : `, ${accuracy?.series.name} is ${percent(claim.level)} (${claim.what})`;
    return found({
      severity: 'warn',
      series: [...ends.map(({ series }) => series.key), ...(accuracy ? [accuracy.series.key] : [])],
      onset: prepared.onset(lead.series, 0),
      marks: [{ series: lead.series.key, from: step, to: lead.series.lastStep, label: 'chance level' }],
      summary: `The model ends no better than guessing: over the last fifth ${lead.series.name} is ${say(lead.end)} with ln C = ${say(chance.entropy)} for C = ${chance.classes} (${chance.key})${told}.`,
      evidence: {
        classes: chance.classes,
        classes_from: chance.key,
        entropy: claim.entropy,
        train_or_only_loss: lead.end,
        val_loss: ends[1]?.end ?? null,
        accuracy: claim.level,
        validation_rows: validationRows(prepared),
      },
      caveat: 'Label smoothing, class weights, or a head with another number of classes than the params say move the chance level.',
      advice: {
        text: 'Check that inputs and labels stay paired through shuffling, that inputs are scaled, that the head gets gradients, and that the learning rate is neither far too high nor too low; overfit one small batch to tell these apart.',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss 2.303 ±0.01 =x60\nval/accuracy /6 @6 0.10 ±0.005 =x9', params: { num_classes: 10, n_val: 1000 } },
    { says: 'warn', draw: 'loss 5.02 ±0.01 =x40', params: { vocab_size: 151 } },
    { says: 'clear', draw: 'train/loss 2.303 ±0.01 ~>0.5 x60\nval/accuracy /6 @6 0.10 ~>0.9 x9', params: { num_classes: 10 } },
    { says: 'not-assessed', draw: 'train/loss 2.303 ±0.01 =x60' },
  ],
};

const lastFifth = (values: Float64Array): number => medianOf(values, values.length - Math.max(3, Math.ceil(values.length / 5)), values.length);
