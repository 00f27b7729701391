// steps take longer at the end than they used to.

import { mad, median } from '../../statistics/basic';
import { duration, pulseOf } from '../device-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { count, percent, say } from '../words';

const skipped = 10;
const lastPoints = 30;
const leastRun = 60_000;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-29',
    title: 'Steps became slower',
    about: 'The median time of a step over the last 30 points is well above that of the run, or many single steps are far outliers.',
    needs: ['times of points, at least 100'],
    reference: 'SageMaker Debugger StepOutlier (5 SD, ten outliers ignored); public watchers use 1.25 × the median',
    thresholds: [
      {
        what: 'median step time of the last 30 points against the run',
        value: 'note ≥ 1.5 ×, warn ≥ 2.5 ×',
        source: '1.25 × of public watchers is within what a shared machine varies',
      },
      {
        what: 'outliers beyond 5 robust SD and 3 × the median',
        value: '> 10, ≥ 2 % of steps and ≥ 20 % of all time lost (note)',
        source: 'SageMaker Debugger; evaluation and checkpoints are rarer than that',
      },
    ],
    wrongWhen: 'Sequences, images or batches grew on purpose, or points are logged in bursts.',
  },
  check(prepared) {
    const pulse = pulseOf(prepared);
    if (!pulse || pulse.times.length < 100 + skipped) return notAssessed('It needs times of at least 110 points.');
    const { times, steps, series } = pulse;
    const perStep: number[] = [];
    const at: number[] = [];
    for (let i = skipped; i + 1 < times.length; i++) {
      const by = (steps[i + 1] as number) - (steps[i] as number);
      if (!(by > 0)) continue;
      perStep.push(((times[i + 1] as number) - (times[i] as number)) / by);
      at.push(i + 1);
    }
    const usual = median(perStep);
    if ((times[times.length - 1] as number) - (times[0] as number) < leastRun)
      return notAssessed('The run lasted less than a minute: the pace of its steps says nothing.');
    const zeros = perStep.reduce((n, ms) => n + Number(ms === 0), 0);
    if (perStep.length < 100 || !(usual > 0) || zeros > 0.2 * perStep.length)
      return notAssessed('The clock of the points is too coarse for the time of a step.');
    const late = median(perStep.slice(-lastPoints));
    const spread = Math.max(1.4826 * mad(perStep, usual), 1e-9);
    const far = perStep.flatMap((ms, i) => (ms > usual + 5 * spread && ms > 3 * usual ? [i] : []));
    const slower = late / usual;
    // A slowdown beyond what the steps vary by anyway.
    const slowed = slower >= 1.5 && late > usual + 3 * spread;
    // What single steps lost only matters where it is much of the whole.
    const lost = far.reduce((sum, i) => sum + (perStep[i] as number) - usual, 0) / perStep.reduce((sum, ms) => sum + ms, 0);
    const jerky = far.length > 10 && far.length >= 0.02 * perStep.length && lost >= 0.2;
    if (!slowed && !jerky) return clear;
    const first = slowed ? Math.max(0, perStep.length - lastPoints) : (far[0] as number);
    const step = steps[at[first] as number] as number;
    return found({
      severity: slowed && slower >= 2.5 ? 'warn' : 'note',
      series: [series.key],
      onset: { step, fraction: prepared.fraction(series.clockOf.offset + series.clockOf.scale * step) },
      marks: [{ series: series.key, from: step, to: series.lastStep, label: slowed ? `${say(slower)} × slower` : 'uneven steps' }],
      summary: slowed
        ? `A step took ${duration(late)} over the last ${lastPoints} points of ${series.name}, ${say(slower)} times the run’s median of ${duration(usual)}.`
        : `${count(far.length, 'step')} of ${series.name} (${percent(far.length / perStep.length)}) took more than three times the median of ${duration(usual)}.`,
      evidence: { share_of_time_lost: lost, late_ms: late, median_ms: usual, ratio: slower, outliers: far.length, steps: perStep.length, robust_sd_ms: spread },
      caveat: 'Longer sequences, larger images, evaluation and checkpoints take their time too.',
      advice: {
        text: 'Look for memory that swaps, a logger that grows, thermal throttling or a neighbour on the machine; profile a few late steps.',
        code: 'with torch.profiler.profile(schedule=torch.profiler.schedule(wait=1, warmup=1, active=3)) as prof: ...',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss +2s 2 ~>1 x200 +8s =x90' },
    { says: 'note', draw: 'train/loss +2s 2 ~>1 x200 +3.5s =x90' },
    { says: 'clear', draw: 'train/loss +2s 2 ~>1 x300' },
    { says: 'clear', draw: 'train/loss +2s 2 ~>1 x200 +100s 1 +2s =x90' },
    { says: 'not-assessed', draw: 'train/loss +2s 2 ~>1 x50' },
    { says: 'not-assessed', draw: 'train/loss +0.001s 2 ~>1 x200 +0.01s =x100' },
  ],
};
