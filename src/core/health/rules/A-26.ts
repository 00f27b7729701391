// A-26: how much of the run came after its best.

import { lossMayRise } from '../family';
import { lateCourseOf } from '../late-course';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-26',
    title: 'Compute after the best',
    about: 'Early stopping as Keras does it, with a patience of a tenth of the evaluations, would have ended the run much earlier at the same best.',
    needs: ['validation loss with at least 10 evaluations, else the training loss'],
    reference: 'Keras EarlyStopping',
    thresholds: [
      { what: 'share of the run after the best and the patience', value: '≥ 25 %', source: 'below it a longer patience would be the better choice' },
    ],
    wrongWhen: 'Double descent; a metric other than the loss that went on improving.',
    yieldsTo: ['A-01', 'A-02', 'A-06', 'A-07', 'A-09', 'A-11', 'A-12'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) || prepared.family === 'adversarial' || prepared.family === 'diffusion')
      return notAssessed(`The loss of this kind of training (${prepared.family}) does not show progress.`);
    const course = lateCourseOf(prepared);
    if (!course || course.n < 10) return notAssessed('It needs a loss with at least 10 points.');
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic.');
    const { series, n, bestPlace, best } = course;
    const patience = Math.max(3, Math.ceil(0.1 * n));
    const stop = bestPlace + patience;
    if (stop >= n - 1) return clear;
    const stopFraction = prepared.fraction(series.clean.clock[stop] as number);
    const wasted = 1 - stopFraction;
    if (wasted < 0.25) return clear;
    const step = series.clean.steps[bestPlace] as number;
    const times = [series.timeAt(0), series.timeAt(series.length - 1)];
    const hours = times[0] !== null && times[1] !== null ? (wasted * ((times[1] as number) - (times[0] as number))) / 3_600_000 : null;
    return found({
      severity: 'note',
      series: [series.key],
      onset: prepared.onset(series, stop),
      marks: [{ series: series.key, from: series.clean.steps[stop] as number, to: series.lastStep, label: 'after the best' }],
      summary: `${series.name} was best (${say(best)}) at step ${say(step)}; early stopping with a patience of ${patience} points would have saved ${percent(wasted)} of the run${hours === null ? '' : `, ${say(Number(hours.toPrecision(2)))} hours`}.`,
      evidence: { best, best_step: step, patience, stop_step: series.clean.steps[stop] as number, wasted_share: wasted, wasted_hours: hours },
      caveat: 'The best is only known afterwards; losses can fall again after a long plateau.',
      advice: { text: 'Stop early by the validation metric, or plan a shorter schedule that decays to zero by then.' },
    });
  },
  examples: [
    { says: 'note', draw: 'val_loss 2.2 ~>0.6 x20 ->0.62 x60' },
    { says: 'clear', draw: 'val_loss 2.2 ~>0.6 x60' },
    { says: 'not-assessed', draw: 'val_loss 2.2 1.0' },
  ],
};
