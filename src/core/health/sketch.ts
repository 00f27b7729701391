// What is kept of a judged run for the rules that look at several: the run without its points, its findings, and thinned curves.

import type { Run, SeriesKey, Split } from '../model/run';
import type { Role } from '../series/roles';
import type { FindingSeverity } from './finding';
import type { PreparedRun } from './prepared-run';
import type { PreparedSeries } from './prepared-series';

export interface CurveSketch {
  readonly key: SeriesKey;
  readonly role: Role | null;
  readonly split: Split;
  readonly direction: PreparedSeries['direction'];
  readonly confidence: number;
  /** Finite points of the last attempt, at most 64, always the first and the last; the same places for curves of the same length. */
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** Points the curve holds. */
  readonly count: number;
  /** Median of the last 5 % of the points, at least one; NaN without points. */
  readonly end: number;
  /** Smoothed best by its direction; NaN where it has none. */
  readonly best: number;
  /** Robust σ of the noise. */
  readonly noise: number;
  /** Digests of values and steps as logged: equal digests are equal curves. */
  readonly valuesDigest: string;
  readonly stepsDigest: string | null;
}

export interface RunSketch {
  readonly run: Run;
  readonly family: PreparedRun['family'];
  /** Rules that spoke, with their worst severity. */
  readonly fired: ReadonlyMap<string, FindingSeverity>;
  /** Sure metrics that are no counters, clocks or hardware, in the run's order. */
  readonly curves: readonly CurveSketch[];
  /** Places in `curves` of what the run is judged by; −1 where it has none. */
  readonly trainLoss: number;
  readonly valObjective: number;
  /** On the clock of the run: last − first, and the plan where known. */
  readonly length: number;
  readonly planned: number | null;
}

const mostPoints = 64;
/** A run with ten thousand metrics keeps its main ones and the first by name. */
const mostCurves = 40;
const leftOut = new Set(['counter', 'time', 'throughput', 'system', 'gpu-util', 'gpu-memory', 'spread']);

export function sketchOf(prepared: PreparedRun, fired: RunSketch['fired']): RunSketch {
  const main = [prepared.trainLoss, prepared.valObjective];
  const eligible = prepared.series.filter((one) => one.sure && !one.series.system && one.role !== null && !leftOut.has(one.role) && one.length > 0);
  const ranked =
    eligible.length <= mostCurves ? eligible : [...eligible].sort((a, b) => Number(main.includes(b)) - Number(main.includes(a)) || (a.name < b.name ? -1 : 1));
  const kept = new Set(ranked.slice(0, mostCurves));
  const series = eligible.filter((one) => kept.has(one));
  return {
    run: prepared.run,
    family: prepared.family,
    fired,
    curves: series.map(curveSketch),
    trainLoss: series.indexOf(main[0] as PreparedSeries),
    valObjective: series.indexOf(main[1] as PreparedSeries),
    length: prepared.clock.length,
    planned: prepared.planned,
  };
}

function curveSketch(series: PreparedSeries): CurveSketch {
  const { steps, values } = series.clean;
  const count = values.length;
  const size = Math.min(count, mostPoints);
  const place = (i: number) => (size < 2 ? 0 : Math.round((i * (count - 1)) / (size - 1)));
  const tail = values.slice(count - Math.max(1, Math.floor(count / 20))).sort();
  return {
    key: series.key,
    role: series.role,
    split: series.split,
    direction: series.direction,
    confidence: series.confidence,
    steps: Float64Array.from({ length: size }, (_, i) => steps[place(i)] as number),
    values: Float64Array.from({ length: size }, (_, i) => values[place(i)] as number),
    count,
    end: count > 0 ? (tail[tail.length >> 1] as number) : Number.NaN,
    best: series.direction === 'none' || count === 0 ? Number.NaN : (values[series.best] as number),
    noise: series.noise,
    valuesDigest: series.series.valuesDigest,
    stepsDigest: series.series.stepsDigest,
  };
}
