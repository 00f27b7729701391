// the validation loss rises while the training loss goes on falling.

import { advise, stopEarly } from '../../advice/snippets';
import { checkpointsOf, nearest } from '../checkpoints';
import { deteriorationOf } from '../deterioration';
import { lossMayRise } from '../family';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-11',
    title: 'Validation gets worse while training improves',
    about: 'Overfitting so far: after its best the validation loss rises steadily, well beyond its noise, while the training loss still falls.',
    needs: ['training loss', 'validation loss, at least 6 evaluations'],
    reference: 'Deep Learning Tuning Playbook, "problematic overfitting"; Prechelt, "Early stopping, but when?"',
    thresholds: [
      { what: 'rise above the best, of its absolute value', value: 'warn ≥ 10 %, note ≥ 2 %', source: 'pilot on 90 public pairs: five fired, all real' },
      {
        what: 'rise above the best, of the improvement from the start',
        value: 'warn ≥ 4 %, note ≥ 2 %',
        source: 'a best near zero makes any rise relatively large',
      },
      { what: 'rise in σ of the noise', value: 'warn ≥ 1.5, note ≥ 2', source: 'pilot' },
      { what: 'Kendall τ of the tail', value: 'warn > 0.1, note ≥ 0.4', source: 'pilot' },
      { what: 'evaluations after the best', value: '≥ 15 % and 3 (warn: 5)', source: 'pilot' },
      { what: 'fall of the training loss since', value: '≥ 5 %', source: 'Playbook: without it the cause is another' },
    ],
    wrongWhen:
      'The loss may fall again later (double descent). Silent with a cyclic learning rate, evaluations at irregular steps, and where a task metric still improves (A-12). Wrong where data or loss changed in the middle of the run.',
    yieldsTo: ['A-01', 'A-02'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family)) return notAssessed(`The loss of this kind of training (${prepared.family}) is not meant to fall.`);
    if (!prepared.pair) return notAssessed('It needs a training loss and a validation loss of recognised names.');
    const seen = deteriorationOf(prepared);
    if (!seen) return notAssessed(`It needs at least 6 evaluations; ${prepared.pair.val.clean.values.length} are logged.`);
    if (seen.pair.val.cadence === 'irregular') return notAssessed('Evaluations come at irregular steps.');
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic: the validation loss moves with it.');
    if (seen.level === 'none' || seen.improving) return clear;
    const { val, train } = seen.pair;
    const step = val.clean.steps[seen.bestPlace] as number;
    const saved = checkpointsOf(prepared.run);
    const near = nearest(saved, step, 2 * val.spacing);
    return found({
      severity: seen.level === 'warn' && prepared.family !== 'variational' ? 'warn' : 'note',
      series: [val.key, train.key],
      onset: prepared.onset(val, seen.bestPlace),
      marks: [
        { series: val.key, from: step, to: step, label: `best ${say(seen.best)}` },
        { series: val.key, from: step, to: val.lastStep, label: `rises ${percent(seen.relative)}` },
      ],
      summary: `${val.name} was best (${say(seen.best)}) at step ${say(step)} and has risen to ${say(seen.end)} so far, ${percent(seen.relative)} and ${say(seen.sigmas)} σ above it, while ${train.name} fell by ${percent(seen.trainFell)}.`,
      evidence: {
        best: seen.best,
        best_step: step,
        end: seen.end,
        relative_rise: seen.relative,
        rise_of_improvement: seen.ofImprovement,
        rise_in_sigma: seen.sigmas,
        noise_sigma: val.noise,
        kendall_tau: seen.tau,
        evaluations: val.clean.values.length,
        evaluations_after_best: seen.tail,
        train_fell: seen.trainFell,
        generalisation_loss_percent: seen.generalisationLoss,
        checkpoint_near_best: near?.path ?? null,
        warn_relative_rise: 0.1,
        warn_rise_of_improvement: 0.04,
      },
      caveat: 'It may fall again later (double descent); and a changed validation set or loss in the middle of the run looks the same.',
      advice: advise(
        prepared.framework,
        near
          ? `Use ${near.path}, the checkpoint near the best; then stop earlier, or regularise (weight decay, dropout, augmentation, more data).`
          : 'Stop near the best and keep that checkpoint; to go on improving, regularise (weight decay, dropout, augmentation, more data) or make the model smaller.',
        stopEarly,
      ),
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss /10 2.3 ±0.01 ~>0.05 x200\nval/loss /100 @100 2.2 ±0.01 ~>0.6 x8 ->1.4 x11' },
    { says: 'warn', draw: 'loss 2.3 ~>0.05 x40\nval_loss 2.2 ~>0.6 x10 ->0.9 x29' },
    { says: 'note', draw: 'loss 2.3 ~>0.05 x40\nval_loss 2.2 ~>0.6 x20 ->0.68 x19' },
    { says: 'clear', draw: 'train/loss /10 2.3 ±0.01 ~>0.05 x200\nval/loss /100 @100 2.2 ±0.01 ~>0.1 x19' },
    { says: 'clear', draw: 'loss 2.3 ~>0.05 x40\nval_loss 2.2 ~>0.6 x10 ->0.9 x29\naccuracy 0.1 ~>0.99 x40\nval_accuracy 0.1 ~>0.8 x10 ->0.86 x29' },
    { says: 'not-assessed', draw: 'loss 2.3 ~>0.05 x40' },
    { says: 'not-assessed', draw: 'loss 2.3 ~>0.05 x5\nval_loss 2.2 ~>0.6 x2 ->0.9 x2' },
  ],
};
