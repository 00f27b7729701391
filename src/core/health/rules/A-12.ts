// the validation loss rises, the metric that counts still improves.

import { deteriorationOf } from '../deterioration';
import { lossMayRise } from '../family';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-12',
    title: 'Loss up, metric up',
    about: 'The validation loss rises as in A-11, while a task metric still improves: the model grows over-confident. Takes the place of A-11.',
    needs: ['training loss', 'validation loss, at least 6 evaluations', 'a task metric with a known direction'],
    reference: 'measured: a public Whisper run, loss 0.32 → 0.42 with WER 0.789 → 0.745',
    thresholds: [
      { what: 'the validation loss', value: 'as A-11', source: 'A-11' },
      { what: 'gain of the metric since the best loss', value: '> 1 σ, > 1 % of its range (an accuracy: > 0.005)', source: 'beyond its own noise' },
    ],
    wrongWhen: 'The metric is the wrong one to select by.',
    yieldsTo: ['A-01', 'A-02'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family)) return notAssessed(`The loss of this kind of training (${prepared.family}) is not meant to fall.`);
    if (!prepared.pair) return notAssessed('It needs a training loss and a validation loss of recognised names.');
    if (prepared.taskMetrics('val').length === 0) return notAssessed('No task metric of the validation set is logged beside the loss.');
    const seen = deteriorationOf(prepared);
    if (!seen) return notAssessed('It needs at least 6 evaluations.');
    if (seen.level === 'none' || !seen.improving) return clear;
    const { val } = seen.pair;
    const { series, from, to, sigmas } = seen.improving;
    const step = val.clean.steps[seen.bestPlace] as number;
    return found({
      severity: 'note',
      series: [val.key, series.key],
      onset: prepared.onset(val, seen.bestPlace),
      marks: [{ series: val.key, from: step, to: step, label: `best ${say(seen.best)}` }],
      summary: `${val.name} has risen by ${percent(seen.relative)} since step ${say(step)}, but ${series.name} went on from ${say(from)} to ${say(to)}: over-confidence rather than a worse model.`,
      evidence: {
        best: seen.best,
        best_step: step,
        end: seen.end,
        relative_rise: seen.relative,
        metric: series.name,
        metric_from: from,
        metric_to: to,
        metric_gain_in_sigma: sigmas,
      },
      caveat: 'If decisions are made from the probabilities, the loss is the metric that counts.',
      advice: { text: `Select checkpoints by ${series.name}, the metric you report; label smoothing or temperature scaling mends the confidence.` },
    });
  },
  examples: [
    { says: 'note', draw: 'loss 2.3 ~>0.05 x40\nval_loss 2.2 ~>0.6 x10 ->0.9 x29\naccuracy 0.1 ~>0.99 x40\nval_accuracy 0.1 ~>0.8 x10 ->0.86 x29' },
    { says: 'clear', draw: 'loss 2.3 ~>0.05 x40\nval_loss 2.2 ~>0.6 x10 ->0.9 x29\naccuracy 0.1 ~>0.99 x40\nval_accuracy 0.1 ~>0.8 x10 ->0.76 x29' },
    { says: 'not-assessed', draw: 'loss 2.3 ~>0.05 x40\nval_loss 2.2 ~>0.6 x10 ->0.9 x29' },
  ],
};
