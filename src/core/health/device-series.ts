// Hardware series and wall-clock times of a run, for the rules on stalls, slowness, idle devices and memory.

import { wordsOf } from '../series/roles';
import type { PreparedRun } from './prepared-run';
import type { PreparedSeries } from './prepared-series';

/** Times of one series in order, with the step of each: what was logged last, without clocks that run backwards. */
export interface Clocked {
  readonly series: PreparedSeries;
  /** Milliseconds, never falling. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Step of each, as logged. */
  readonly steps: Float64Array<ArrayBuffer>;
}

function clocked(series: PreparedSeries): Clocked | null {
  const times: number[] = [];
  const steps: number[] = [];
  for (let place = 0; place < series.length; place++) {
    const time = series.timeAt(place);
    if (time === null || !Number.isFinite(time) || time < (times.at(-1) ?? Number.NEGATIVE_INFINITY)) continue;
    times.push(time);
    steps.push(series.stepAt(place));
  }
  return times.length > 1 ? { series, times: Float64Array.from(times), steps: Float64Array.from(steps) } : null;
}

/** The metric with the most points that have a time: the pulse of the run. Null where no times were logged. */
export const pulseOf = (prepared: PreparedRun): Clocked | null =>
  prepared.once('pulse', () => {
    let densest: PreparedSeries | null = null;
    for (const one of prepared.series) {
      if (one.series.system || one.length < 2 || one.timeAt(0) === null) continue;
      if (!densest || one.length > densest.length || (one.length === densest.length && one.name < densest.name)) densest = one;
    }
    return densest && clocked(densest);
  });

/** Last moment at which any hardware series has a point; null where there is none. */
export function lastHardwareTime(prepared: PreparedRun): number | null {
  let last: number | null = null;
  for (const one of prepared.series) {
    if (!one.series.system || one.length === 0) continue;
    const time = one.timeAt(one.length - 1);
    if (time !== null && Number.isFinite(time) && (last === null || time > last)) last = time;
  }
  return last;
}

/** Words of a name joined by blanks, a blank at both ends. */
export const phraseOf = ({ name }: PreparedSeries): string => ` ${wordsOf(name).join(' ')} `;

/** Seconds as people say them: `40 s`, `12 min`, `3.5 h`. */
export function duration(ms: number): string {
  const s = ms / 1000;
  return s < 120 ? `${Number(s.toPrecision(3))} s` : s < 7200 ? `${Math.round(s / 60)} min` : `${Number((s / 3600).toPrecision(3))} h`;
}
