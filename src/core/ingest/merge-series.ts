// Curves that several sources of a run logged: equal ones become one, others under one name are kept side by side.

import { contextText, type Origin, type Points, type ReadRun, type Series } from '../model/run';
import { statisticsOf } from '../model/statistics';

/** One source's curves, with its index in `sources` and what to call it beside another. */
export interface GivenSeries {
  readonly source: number;
  readonly label: string;
  readonly read: ReadRun;
}

interface Curve {
  readonly series: Series;
  readonly points: Points;
  readonly origin: Origin;
}

/** Curves of all sources, sorted as in every run; @param given in order of precedence */
export function mergeSeries(given: readonly GivenSeries[]): readonly Curve[] {
  const curves = new Map<string, Curve>();
  for (const { source, label, read } of given) {
    for (const [i, series] of read.run.series.entries()) add(curves, { series, points: read.points[i] as Points, origin: [source] }, label);
  }
  return [...curves.values()].sort((a, b) => compare(a.series.name, b.series.name) || compare(contextText(a.series.context), contextText(b.series.context)));
}

function add(curves: Map<string, Curve>, curve: Curve, label: string): void {
  const key = keyText(curve.series);
  const known = curves.get(key);
  if (!known) {
    curves.set(key, curve);
    return;
  }
  const united = unite(known, curve);
  if (united) curves.set(key, united);
  else add(curves, { ...curve, series: { ...curve.series, context: { ...curve.series.context, source: freeLabel(curves, curve.series, label) } } }, label);
}

/** The label, numbered where the source itself has a curve in that context. */
function freeLabel(curves: ReadonlyMap<string, Curve>, series: Series, label: string): string {
  for (let number = 1; ; number++) {
    const text = number === 1 ? label : `${label} ${number}`;
    if (!curves.has(keyText({ name: series.name, context: { ...series.context, source: text } }))) return text;
  }
}

/** One curve of two with the same points: the more exact values, with steps and times of whoever has them; null where they differ. */
function unite(a: Curve, b: Curve): Curve | null {
  const same = sameCurve(a, b);
  if (same === null) return null;
  const [exact, other] = same === 'second' ? [b, a] : [a, b];
  const steps = exact.points.steps ?? other.points.steps;
  const times = exact.points.times ?? other.points.times;
  const { nans: _, ...statistics } = statisticsOf({ steps, values: exact.points.values });
  const series: Series = {
    ...exact.series,
    ...statistics,
    xAxis: exact.series.xAxis ?? other.series.xAxis,
    stepsDigest: exact.series.stepsDigest ?? other.series.stepsDigest,
    timesDigest: exact.series.timesDigest ?? other.series.timesDigest,
  };
  return { series, points: { values: exact.points.values, steps, times }, origin: [...exact.origin, ...other.origin] };
}

type WithPoints = Pick<Curve, 'series' | 'points'>;

/**
 * Whether two curves have the same points: `first` to the last bit, or the second is the first in single precision (as TensorBoard
 * keeps it); `second` the other way round; null where they differ. Steps must agree where both were logged.
 */
export function sameCurve(a: WithPoints, b: WithPoints): 'first' | 'second' | null {
  if (a.series.count !== b.series.count) return null;
  if (a.series.stepsDigest !== null && b.series.stepsDigest !== null && a.series.stepsDigest !== b.series.stepsDigest) return null;
  if (a.series.valuesDigest === b.series.valuesDigest || isRounded(a.points.values, b.points.values)) return 'first';
  return isRounded(b.points.values, a.points.values) ? 'second' : null;
}

const isRounded = (exact: Float64Array, single: Float64Array): boolean => single.every((value, at) => Object.is(Math.fround(exact[at] as number), value));

/** Whether two reads are of one training: they share a curve that changes, and no curve of one name differs. */
export function isSameTraining(a: ReadRun, b: ReadRun): boolean {
  const known = new Map(a.run.series.map((series, at) => [keyText(series), { series, points: a.points[at] as Points }]));
  let telling = 0;
  for (const [at, series] of b.run.series.entries()) {
    const other = known.get(keyText(series));
    if (!other) continue;
    if (sameCurve(other, { series, points: b.points[at] as Points }) === null) return false;
    if (series.count > 1 && series.min !== series.max) telling++;
  }
  return telling > 0;
}

const keyText = ({ name, context }: Pick<Series, 'name' | 'context'>): string => `${name}\0${contextText(context)}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
