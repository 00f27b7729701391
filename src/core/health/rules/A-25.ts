// A-25: the last model is clearly worse than the best one.

import { advise, keepBest } from '../../advice/snippets';
import { checkpointsOf, nearest } from '../checkpoints';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { extremesOf, medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-25',
    title: 'Best is not last',
    about: 'At the end the validation loss (smoothed) lies clearly above its best. A warning where the loss is large and no checkpoint near the best is known.',
    needs: ['validation loss, at least 5 evaluations', 'checkpoints with steps, to know whether the best was kept'],
    reference: 'Deep Learning Tuning Playbook; Keras EarlyStopping and ModelCheckpoint',
    thresholds: [
      {
        what: 'median of the last evaluations above the smoothed best',
        value: '> 2 σ, > 1 % of it, > 2 % of the improvement',
        source: 'smoothed against smoothed: the raw minimum of noise is always lower',
      },
      { what: 'for a warning', value: '> 4 σ and > 10 %, without a checkpoint near the best', source: 'worth going back for' },
    ],
    wrongWhen: 'Checkpoints are kept where the tracker does not see them; a cyclic learning rate.',
    yieldsTo: ['A-01', 'A-02'],
    noteBeside: ['A-11', 'A-03'],
  },
  check(prepared) {
    if (prepared.family === 'rl' || prepared.family === 'gan' || prepared.family === 'contrastive')
      return notAssessed(`The loss of this kind of training (${prepared.family}) does not rank models.`);
    const series = prepared.valObjective;
    if (!series || series.direction === 'none') return notAssessed('It needs a validation loss of a recognised name.');
    const { values, steps } = series.clean;
    const n = values.length;
    if (n < 5) return notAssessed(`It needs at least 5 evaluations; ${n} are logged.`);
    if (prepared.cyclic) return notAssessed('The learning rate is cyclic: the curve moves with it.');
    const sign = series.direction === 'max' ? -1 : 1;
    const place = series.best;
    const best = series.smooth.values[series.smooth.at.indexOf(place)] as number;
    const end = medianOf(values, n - Math.max(1, Math.min(3, Math.ceil((n - 1 - place) / 2))), n);
    const gap = sign * (end - best);
    const range = extremesOf(values);
    const improvement = Math.abs((values[0] as number) - (sign > 0 ? (range?.low ?? 0) : (range?.high ?? 0)));
    if (n - 1 - place < 2 || gap <= 2 * series.noise || gap <= 0.01 * Math.abs(best) || gap <= 0.02 * improvement) return clear;
    const step = steps[place] as number;
    const saved = checkpointsOf(prepared.run);
    const near = nearest(saved, step, 1.5 * series.spacing);
    const large = gap > 4 * series.noise && gap > 0.1 * Math.abs(best) && gap > 0.04 * improvement;
    return found({
      severity: large && !near && prepared.family === 'plain' ? 'warn' : 'note',
      series: [series.key],
      onset: prepared.onset(series, place),
      marks: [{ series: series.key, from: step, to: step, label: `best ${say(best)}` }],
      summary: `${series.name} was best (${say(best)}) at step ${say(step)} and ends at ${say(end)}, ${percent(gap / Math.max(Math.abs(best), Number.MIN_VALUE))} worse; ${near ? `the checkpoint ${near.path} is near the best` : saved.length > 0 ? 'no checkpoint near the best is known' : 'no checkpoint is known'}.`,
      evidence: {
        best,
        best_step: step,
        end,
        gap,
        gap_in_sigma: series.noise > 0 ? gap / series.noise : null,
        noise_sigma: series.noise,
        checkpoint_near_best: near?.path ?? null,
        checkpoints: saved.length,
      },
      caveat: 'Checkpoints that the tracker was not told of are not seen here.',
      advice: advise(
        prepared.framework,
        near ? `Use ${near.path} instead of the last model.` : 'Keep the best checkpoint by the validation metric, and report that one.',
        keepBest,
      ),
    });
  },
  examples: [
    { says: 'warn', draw: 'val_loss 2.2 ±0.005 ~>0.6 x20 ->0.9 x20' },
    { says: 'note', draw: 'val_loss 2.2 ±0.005 ~>0.6 x20 ->0.9 x20', run: { artifacts: [{ path: 'checkpoints/best.ckpt', size: 1, kind: 'file' }] } },
    { says: 'clear', draw: 'val_loss 2.2 ±0.01 ~>0.6 x40' },
    { says: 'not-assessed', draw: 'val_loss 2.2 1.0' },
  ],
};
