// the level of a loss changes in the middle of the run.

import { levelChanges } from '../../statistics/changes';
import { lossMayRise } from '../family';
import { lossShapeOf } from '../loss-shape';
import type { PreparedRun } from '../prepared-run';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-18',
    title: 'Regime change',
    about: 'The training loss steps to another level at once. No fault by itself: it marks where to look, and says whether the learning rate dropped there.',
    needs: ['training loss, at least 30 points'],
    reference: 'PELT, Killick, Fearnhead and Eckley 2012',
    thresholds: [
      { what: 'PELT on the change of the smoothed curve', value: 'penalty 3 σ² ln n', source: 'BIC-like' },
      {
        what: 'size of the step',
        value: '≥ 5 % of the improvement, 4 σ, and 3 × what the curve moves beside it; within 3 % of the run, after the first 15 %',
        source: 'what an eye sees as a step',
      },
    ],
    wrongWhen: 'It is a mark, not a verdict.',
    yieldsTo: ['A-01', 'A-02', 'A-06', 'A-07'],
  },
  check(prepared) {
    if (lossMayRise(prepared.family) && prepared.family !== 'contrastive') return notAssessed(`Not meant for this kind of training (${prepared.family}).`);
    const shape = lossShapeOf(prepared);
    if (!shape) return notAssessed('It needs a training loss of a recognised name.');
    if (shape.n < 30) return notAssessed(`It needs at least 30 points of the training loss; ${shape.n} are finite.`);
    const { at, values } = shape.series.smooth;
    const moves = new Float64Array(values.length - 1);
    for (let i = 1; i < values.length; i++) moves[i - 1] = (values[i] as number) - (values[i - 1] as number);
    const spread = Math.max(medianOf(moves.map(Math.abs), 0, moves.length) * 1.4826, 1e-9 * shape.drop);
    const width = Math.max(3, Math.ceil(0.03 * values.length));
    const steps = levelChanges(moves, 3 * spread * spread * Math.log(values.length), 3).flatMap((place) => {
      const before = medianOf(values, place - width, place);
      const after = medianOf(values, place + 1, place + 1 + width);
      const size = after - before;
      const around = Math.max(
        Math.abs(before - medianOf(values, place - 2 * width, place - width)),
        Math.abs(medianOf(values, place + 1 + width, place + 1 + 2 * width) - after),
      );
      const large = Math.abs(size) >= 3 * (Number.isNaN(around) ? 0 : around) && Math.abs(size) >= 0.05 * shape.drop && Math.abs(size) >= 4 * shape.sigma;
      return place >= 0.15 * values.length && place < values.length - 3 && large ? [{ place: at[place] as number, before, after, size }] : [];
    });
    const largest = steps.length > 0 ? steps.reduce((a, b) => (Math.abs(b.size) > Math.abs(a.size) ? b : a)) : null;
    if (!largest) return clear;
    const step = shape.series.clean.steps[largest.place] as number;
    const cause = rateDropNear(prepared, shape.series.clean.clock[largest.place] as number);
    return found({
      severity: 'note',
      series: [shape.series.key],
      onset: prepared.onset(shape.series, largest.place),
      marks: [{ series: shape.series.key, from: step, to: step, label: cause ? 'rate drops' : 'new level' }],
      summary: `${shape.series.name} steps from ${say(largest.before)} to ${say(largest.after)} near step ${say(step)} (${percent(Math.abs(largest.size) / shape.drop)} of the improvement)${cause ? ', where the learning rate drops' : ''}.`,
      evidence: { step, before: largest.before, after: largest.after, changes: steps.length, learning_rate_drop: cause },
      caveat: 'A planned event (rate drop, unfreezing, end of augmentation) explains it.',
      advice: {
        text: cause
          ? 'Nothing to do: the learning rate was lowered there.'
          : `Compare what changed at step ${say(step)}: schedule, data, augmentation, frozen layers.`,
      },
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss 2.0 ±0.01 ->1.6 x100 ->1.0 x2 ->0.9 x100' },
    { says: 'clear', draw: 'train/loss 2.0 ±0.01 ~>0.5 x200' },
    { says: 'not-assessed', draw: 'train/loss 2.0 ~>0.5 x20' },
  ],
};

function rateDropNear(prepared: PreparedRun, clock: number): boolean {
  const { rate } = prepared;
  const reach = 0.04 * prepared.clock.length;
  return rate?.drops.some((place) => Math.abs((rate.series.clean.clock[place] as number) - clock) <= reach) ?? false;
}
