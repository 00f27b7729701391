// nothing was logged for a long time in the middle of the run, or hardware went on while training stood still.

import { quantile, sorted } from '../../statistics/basic';
import { duration, lastHardwareTime, pulseOf } from '../device-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { count, say } from '../words';

const leastGap = 1_800_000;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-28',
    title: 'Training stood still',
    about:
      'A gap between two points far longer than usual, or hardware that is still measured long after the last point. What runs now is not compared with the clock: the answer depends on the records alone.',
    needs: ['times of points, at least 10'],
    reference: 'SageMaker Debugger StalledTrainingRule: 1800 s',
    thresholds: [{ what: 'gap', value: '≥ 1800 s and 20 × the median time between points', source: 'SageMaker Debugger; the factor is our own' }],
    wrongWhen: 'The run was paused or resumed on purpose, or the machine slept.',
  },
  check(prepared) {
    const pulse = pulseOf(prepared);
    if (!pulse || pulse.times.length < 10) return notAssessed('It needs times of points, at least 10; this format or tracker keeps none or the run is short.');
    const { times, steps, series } = pulse;
    const deltas = Float64Array.from({ length: times.length - 1 }, (_, i) => (times[i + 1] as number) - (times[i] as number));
    const usual = quantile(sorted(deltas), 0.5);
    const limit = Math.max(leastGap, 20 * usual);
    let longest = -1;
    let gaps = 0;
    for (let i = 0; i < deltas.length; i++) {
      if ((deltas[i] as number) < limit) continue;
      gaps += 1;
      if (longest < 0 || (deltas[i] as number) > (deltas[longest] as number)) longest = i;
    }
    const hardware = lastHardwareTime(prepared);
    const after = hardware === null ? 0 : hardware - (times[times.length - 1] as number);
    const stopped = after >= limit;
    if (longest < 0 && !stopped) return clear;
    const place = stopped ? times.length - 1 : longest;
    const step = steps[place] as number;
    const length = stopped ? after : (deltas[longest] as number);
    return found({
      severity: stopped ? 'warn' : 'note',
      series: [series.key],
      onset: { step, fraction: prepared.fraction(series.clockOf.offset + series.clockOf.scale * step) },
      marks: [{ series: series.key, from: step, to: steps[Math.min(place + 1, steps.length - 1)] as number, label: duration(length) }],
      summary: stopped
        ? `After step ${say(step)} nothing was logged, while hardware was measured for another ${duration(length)}; points usually come every ${duration(usual)}.`
        : `${count(gaps, 'gap')} without a point, the longest ${duration(length)} after step ${say(step)}; points usually come every ${duration(usual)}.`,
      evidence: { gap_seconds: length / 1000, gaps, usual_seconds: usual / 1000, limit_seconds: limit / 1000, hardware_after_seconds: after / 1000 },
      caveat: 'A pause, a resume from a checkpoint or a sleeping machine leaves the same gap.',
      advice: {
        text: 'Look at the log of that time for a hanging data loader, a deadlock between processes or a full disk; set a timeout so that a hang ends with an error.',
        code: 'torch.distributed.init_process_group("nccl", timeout=timedelta(minutes=30))',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss +10s 2 ~>1 x50 +7200s 1 +10s =x50' },
    { says: 'warn', draw: 'train/loss +10s 2 ~>1 x50\nsystem.cpu +60s 50 =x200' },
    { says: 'clear', draw: 'train/loss +10s 2 ~>1 x100' },
    { says: 'clear', draw: 'train/loss +3000s 2 ~>1 x40' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x100' },
  ],
};
