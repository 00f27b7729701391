// too few evaluations on held-out data.

import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { count, percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-27',
    title: 'Evaluated too rarely',
    about: 'No metric of held-out data at all, fewer than five evaluations in a whole run, or long stretches without one.',
    needs: ['training loss', 'any metric of a validation or test set'],
    reference: 'Deep Learning Tuning Playbook: evaluate often, at regular step intervals',
    thresholds: [
      { what: 'evaluations in a run that reached its plan (or of unknown plan)', value: '< 5, none: warn', source: 'no curve can be judged from fewer' },
      { what: 'longest stretch without one, at irregular steps', value: '> 15 % of the run and 3 × the usual', source: 'what happens in between is not seen' },
    ],
    wrongWhen: 'Evaluation lies in another run, or is not needed (reinforcement learning, GANs and contrastive pre-training are not assessed).',
    yieldsTo: [],
  },
  check(prepared) {
    const { family } = prepared;
    if (family === 'rl' || family === 'gan' || family === 'contrastive') return notAssessed(`This kind of training (${family}) is judged in other ways.`);
    const train = prepared.trainObjective ?? prepared.ofRole('accuracy', 'train')[0] ?? null;
    if (!train) return notAssessed('No training metric of a recognised name is logged, so what is missing cannot be told.');
    if (train.length < 10) return notAssessed(`The run is too short to be judged (${count(train.length, 'point')} of ${train.name}).`);
    const val = evaluations(prepared);
    const progress = prepared.progress;
    if (!val) {
      if (unsplit(prepared)) return notAssessed('Scores are logged whose split the name does not say; they may be of held-out data.');
      if (progress !== null && progress < 0.2) return notAssessed('The run has hardly begun.');
      return found({
        severity: 'warn',
        series: [train.key],
        onset: null,
        marks: [],
        summary: `Nothing is logged of held-out data: ${train.name} alone cannot tell learning from memorising.`,
        evidence: { evaluations: 0, train_points: train.length },
        caveat: 'Evaluation may be logged in another run.',
        advice: {
          text: 'Evaluate a validation set at least ten times over the run, at regular steps, and log its loss and the metric you report.',
          ...codeOf(prepared),
        },
      });
    }
    const n = val.length;
    if (n < 5) {
      if (progress !== null && progress < 0.95) return clear;
      if (n === 1 && val.cadence === 'final-only' && prepared.valLoss === null) return clear;
      return found({
        severity: 'note',
        series: [val.key],
        onset: null,
        marks: [],
        summary: `Only ${count(n, 'evaluation')} over ${train.length} points of ${train.name}: neither the best step nor overfitting can be told.`,
        evidence: { evaluations: n, train_points: train.length, threshold: 5, progress },
        caveat: 'Where an evaluation costs as much as training, few may be the right choice.',
        advice: { text: 'Evaluate at least ten times over the run, on a part of the validation set if it is slow.', ...codeOf(prepared) },
      });
    }
    if (val.cadence !== 'irregular') return clear;
    const { gap, at } = longestGap(val);
    const share = (gap * val.clockOf.scale) / Math.max(prepared.clock.length, Number.MIN_VALUE);
    if (share <= 0.15 || gap <= 3 * val.spacing) return clear;
    return found({
      severity: 'note',
      series: [val.key],
      onset: { step: val.stepAt(at - 1), fraction: prepared.fraction(val.clockOf.offset + val.clockOf.scale * val.stepAt(at - 1)) },
      marks: [{ series: val.key, from: val.stepAt(at - 1), to: val.stepAt(at), label: 'no evaluation' }],
      summary: `${val.name} is evaluated at irregular steps: between step ${say(val.stepAt(at - 1))} and ${say(val.stepAt(at))}, ${percent(share)} of the run, there is none.`,
      evidence: { evaluations: n, longest_gap: gap, gap_share: share, median_gap: val.spacing },
      caveat: 'Points may have been thinned by an export.',
      advice: { text: 'Evaluate at regular steps, not by the clock: curves of different runs can only be compared at the same steps.', ...codeOf(prepared) },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss 2 ~>1 x100\nlr 1 =x100' },
    { says: 'note', draw: 'train/loss 2 ~>1 x100\nval/loss @20 2 @60 1.5 @100 1.2' },
    { says: 'note', draw: 'train/loss 2 ~>1 x900\nval/loss @5 2 @9 1.9 @14 1.8 @20 1.8 @25 1.7 @30 1.7 @340 1.2 @350 1.2 @600 1.1 @610 1.1' },
    { says: 'clear', draw: 'train/loss 2 ~>1 x100\nval/loss /10 @10 2 ~>1 x9' },
    { says: 'not-assessed', draw: 'train/loss 2 1 1' },
  ],
};

/** The held-out series with the most points. */
function evaluations(prepared: PreparedRun): PreparedSeries | null {
  let most: PreparedSeries | null = null;
  for (const one of prepared.series)
    if ((one.split === 'val' || one.split === 'test') && !one.series.system && one.length > 0 && (!most || one.length > most.length)) most = one;
  return most;
}

/** Scores without a split (`metrics/mAP50(B)`) are usually of held-out data. */
const unsplit = (prepared: PreparedRun): boolean =>
  prepared.series.some(
    ({ role, split, length }) => split === 'other' && length > 0 && (role === 'score' || role === 'error' || role === 'accuracy' || role === 'reward'),
  );

function longestGap(series: PreparedSeries): { readonly gap: number; readonly at: number } {
  let gap = 0;
  let at = 1;
  for (let i = 1; i < series.length; i++) {
    const here = series.stepAt(i) - series.stepAt(i - 1);
    if (here > gap) {
      gap = here;
      at = i;
    }
  }
  return { gap, at };
}

const code: Readonly<Record<string, string>> = {
  lightning: 'Trainer(val_check_interval=0.25)  # four times an epoch',
  transformers: 'TrainingArguments(..., eval_strategy="steps", eval_steps=200)',
  keras: 'model.fit(x, y, validation_data=(x_val, y_val))',
  pytorch: 'if step % 200 == 0:\n    log({"val/loss": evaluate(model, val_loader)}, step=step)',
};
const codeOf = (prepared: PreparedRun): { readonly code?: string } => {
  const own = code[prepared.framework ?? 'pytorch'];
  return own === undefined ? {} : { code: own };
};
