// Marks of findings on curves: which a panel shows, and where they lie on whatever axis it has.

import type { RunId } from '../base/units';
import type { FindingSeverity, RunHealth } from '../health/finding';
import type { Run } from '../model/run';
import { noStatements, type Statements } from '../project/statements';
import { nearestIndex } from '../series/nearest';
import type { Smoothing } from '../series/smooth';
import type { SeriesColumns } from './curves-columns';
import { seriesKey } from './curves-panels';
import { findingsOf } from './health-list';
import { sameSeries } from './mini-curve';

export interface CurveMark {
  /** Unique among all marks. */
  readonly id: string;
  /** `<run>/<rule>/<n>`, as in addresses of the Health tab. */
  readonly finding: string;
  readonly run: RunId;
  readonly rule: string;
  readonly nth: number;
  readonly severity: FindingSeverity;
  readonly summary: string;
  /** Key of the series that it lies on. */
  readonly series: string;
  /** Steps as logged. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** With more runs than this, notes would hide what matters. */
const runsWithNotes = 6;

/** Marks of findings that nobody set aside, by the key of their series. */
export function marksOf(
  runs: readonly Run[],
  judged: ReadonlyMap<RunId, RunHealth>,
  statements: Statements = noStatements,
): ReadonlyMap<string, readonly CurveMark[]> {
  const marks = new Map<string, CurveMark[]>();
  for (const { key, run, nth, finding, waived } of findingsOf(runs, judged, statements)) {
    if (waived || (finding.severity === 'note' && runs.length > runsWithNotes)) continue;
    for (const [at, { series, from, to, label }] of finding.marks.entries()) {
      const index = run.series.findIndex((one) => sameSeries(one, series));
      if (index < 0) continue;
      const { rule, severity, summary } = finding;
      const onSeries = seriesKey(run.id, index);
      const mark = { id: `${key}/${at}`, finding: key, run: run.id, rule, nth, severity, summary, series: onSeries, from, to, label };
      marks.set(onSeries, [...(marks.get(onSeries) ?? []), mark]);
    }
  }
  return marks;
}

/** What a drawing needs of a mark. */
export interface MarkWish {
  readonly id: string;
  readonly series: string;
  readonly from: number;
  readonly to: number;
}

/** A mark on the axis of its panel, in data units. */
export interface PlacedMark {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** The curve as it is shown (smoothed) where the mark begins; NaN where it has no value there. */
  readonly y: number;
}

/** Marks whose series are there and have a place on the axis. */
export function placeMarks(marks: readonly MarkWish[], columns: ReadonlyMap<string, SeriesColumns>, smoothing: Smoothing): readonly PlacedMark[] {
  return marks.flatMap(({ id, series, from, to }): readonly PlacedMark[] => {
    const column = columns.get(series);
    const start = column?.placeOf(from) ?? null;
    const end = to === from ? start : (column?.placeOf(to) ?? start);
    const prepared = column?.prepared(smoothing);
    if (start === null || end === null || !prepared) return [];
    const at = nearestIndex(prepared.curve.x, start);
    return [{ id, from: Math.min(start, end), to: Math.max(start, end), y: at < 0 ? Number.NaN : (prepared.shown.pyramid.y[at] as number) }];
  });
}

/** Marks that lie too close to be told apart, as one. */
export interface MarkCluster {
  readonly marks: readonly CurveMark[];
  /** Pixels from the left of the chart. */
  readonly left: number;
  /** The end of a span, for a single mark; the same as `left` for a point. */
  readonly right: number;
  /** Pixels from the top, on the curve; null where the curve has no value. */
  readonly top: number | null;
  /** Pixels from the top at which the plot ends. */
  readonly bottom: number;
  /** Whether there is room for its words. */
  readonly labelled: boolean;
}

export interface PixelMark {
  readonly mark: CurveMark;
  readonly left: number;
  readonly right: number;
  readonly top: number | null;
  readonly bottom: number;
}

const apart = 16;
const charWidth = 6.2;
/** More flags with words than this would be read by nobody. */
const mostLabels = 8;

/** @param marked one that keeps its words whatever is near @param width of the chart */
export function clusterMarks(marks: readonly PixelMark[], marked: string | null, width: number): readonly MarkCluster[] {
  const sorted = marks.toSorted((a, b) => a.left - b.left || (a.mark.id < b.mark.id ? -1 : 1));
  const groups: PixelMark[][] = [];
  for (const one of sorted) {
    const last = groups.at(-1);
    if (last && one.left - (last[0] as PixelMark).left < apart) last.push(one);
    else groups.push([one]);
  }
  let taken = Number.NEGATIVE_INFINITY;
  let labels = 0;
  return groups.map((group, at): MarkCluster => {
    const [first] = group as [PixelMark];
    const next = groups[at + 1]?.[0]?.left ?? width;
    const needs = labelOf(group.map(({ mark }) => mark)).length * charWidth + 20;
    const fits = first.left >= taken && labels < mostLabels && (first.left + needs <= next || first.left + needs > width);
    const labelled = fits || group.some(({ mark }) => mark.finding === marked);
    if (labelled) {
      labels += 1;
      taken = first.left + needs;
    }
    const marksHere = group.map(({ mark }) => mark);
    // Several marks of one finding keep its stretch; of several, a bar would be nobody's.
    const right = findingsIn(marksHere) === 1 ? Math.max(...group.map((one) => one.right)) : first.left;
    return { marks: marksHere, left: first.left, right, top: first.top, bottom: first.bottom, labelled };
  });
}

export const findingsIn = (marks: readonly CurveMark[]): number => new Set(marks.map(({ finding }) => finding)).size;

/** The mark's words; how many findings stand there where there are several. */
export const labelOf = (marks: readonly CurveMark[]): string => {
  const count = findingsIn(marks);
  return count === 1 ? (marks[0] as CurveMark).label : `${count} findings`;
};
