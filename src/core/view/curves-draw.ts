// What a panel draws of its curves in a window: thinned columns, ranges, and the count of everything that is left out.

import { type Column, firstAbove, firstAtLeast, isolated, type Thinned, thin, thinBand, type Window } from '../series/downsample';
import { type Band, type Centre, type GroupCurve, groupCurve } from '../series/group';
import { type NonFiniteMark, nonFiniteMarks } from '../series/nonfinite';
import { countOutside, type Range, rangeOf, robustRange } from '../series/outliers';
import { emptyStretch, type Pyramid, pyramidOf, stretchOf } from '../series/pyramid';
import { type Smoothing, smooth } from '../series/smooth';
import type { SeriesColumns } from './curves-columns';

/** One line of a panel: a series by its key, or the aggregate of several. */
export type LineWish =
  | { readonly kind: 'series'; readonly id: string; readonly series: string }
  | { readonly kind: 'group'; readonly id: string; readonly members: readonly string[] };

export interface DrawWish {
  readonly lines: readonly LineWish[];
  readonly smoothing: Smoothing;
  readonly showRaw: boolean;
  readonly envelope: boolean;
  readonly clipOutliers: boolean;
  readonly centre: Centre;
  readonly band: Band;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Zoomed part of the axes, in data units; null shows all. */
  readonly x: Range | null;
  readonly y: Range | null;
  /** Places along x: about half the panel's width in pixels when settled, 150 while moving. */
  readonly buckets: number;
  /** While moving, counts that need every point are left out (−1). */
  readonly settled: boolean;
}

export interface DrawnLine {
  readonly id: string;
  readonly line: Float64Array<ArrayBuffer>;
  readonly raw: Float64Array<ArrayBuffer> | null;
  readonly band: Float64Array<ArrayBuffer> | null;
  readonly dots: Float64Array<ArrayBuffer>;
  readonly marks: readonly NonFiniteMark[];
  /** Least and greatest number of members that speak, for a group. */
  readonly n: Range | null;
}

export interface PanelDrawing {
  readonly lines: readonly DrawnLine[];
  /** Whole extent of the data on x; null where there is nothing to show. */
  readonly extent: Range | null;
  readonly x: Range | null;
  readonly y: Range | null;
  /** Points that the series hold, those in the window, and those drawn. */
  readonly logged: number;
  readonly inWindow: number;
  readonly drawn: number;
  /** Points of aggregates drawn; the stored points behind them are not among `drawn`. */
  readonly means: number;
  /** Points in the window outside the y range by clipping. */
  readonly hidden: number;
  /** Points that a log axis cannot show. */
  readonly nonPositive: number;
  readonly unplaced: number;
  readonly replaced: number;
  /** Series without this axis. */
  readonly withoutAxis: number;
  readonly interpolated: boolean;
}

/** Up to this many curves are drawn with an envelope; more would only be mud. */
export const envelopeCurves = 12;
const dotsPerPanel = 600;
const clipSample = 4096;
/** Marks of non-finite points that can be told apart along x. */
const markPlaces = 120;

/** Group aggregates, kept as long as their members' columns live. */
export type GroupCache = Map<string, { readonly members: readonly (SeriesColumns | undefined)[]; readonly aggregate: Aggregate }>;

export interface Aggregate {
  readonly group: GroupCurve;
  readonly centre: Pyramid;
  readonly lower: Pyramid;
  readonly upper: Pyramid;
}

interface Source {
  readonly id: string;
  readonly shown: Column;
  readonly raw: Column | null;
  readonly aggregate: Aggregate | null;
}

/** @param columns of all series named in the wish; one that is missing is left out */
export function drawPanel(wish: DrawWish, columns: ReadonlyMap<string, SeriesColumns>, groups: GroupCache): PanelDrawing {
  const counts = { logged: 0, unplaced: 0, replaced: 0, withoutAxis: 0 };
  const sources: Source[] = [];
  const stored: Column[] = [];
  // A member that is drawn beside its group is counted with the group.
  const grouped = new Set(wish.lines.flatMap((line) => (line.kind === 'group' ? line.members : [])));
  for (const wished of wish.lines) {
    const keys = wished.kind === 'series' ? [wished.series] : wished.members;
    const members = keys.map((key) => columns.get(key)).filter((one) => one !== undefined);
    const counted = wished.kind === 'group' || !grouped.has(wished.series);
    if (counted) tally(members, counts);
    const prepared = members.map((one) => one.prepared(wish.smoothing)).filter((one) => one !== null);
    if (prepared.length === 0) continue;
    if (wished.kind === 'series') {
      const [one] = prepared;
      if (!one || one.curve.x.length === 0) continue;
      sources.push({ id: wished.id, shown: one.shown, raw: one.shown === one.raw ? null : one.raw, aggregate: null });
      if (counted) stored.push(one.raw);
    } else {
      const aggregate = aggregateOf(wished.id, members, wish, groups);
      if (aggregate.group.x.length === 0) continue;
      sources.push({ id: wished.id, shown: { x: aggregate.group.x, pyramid: aggregate.centre }, raw: null, aggregate });
      stored.push(...prepared.map((one) => one.raw));
    }
  }

  const extent = extentOf(sources, wish.logX);
  const x = wish.x ?? extent;
  const nothing = { lines: [], extent, x, y: null, inWindow: 0, drawn: 0, means: 0, hidden: 0, nonPositive: 0, interpolated: false, ...counts };
  if (!extent || !x) return nothing;
  const window: Window = { ...x, log: wish.logX };
  const withEnvelope = wish.envelope && sources.length <= envelopeCurves;
  let drawn = 0;
  let means = 0;
  const thinned = sources.map((source) => thin(source.shown, window, wish.buckets));
  // All curves of a panel with markers, or none: one without would look like another kind of curve.
  const few = thinned.every((one) => one.exact) && thinned.reduce((sum, one) => sum + one.points, 0) <= dotsPerPanel;
  const lines = sources.map((source, at): DrawnLine => {
    const result = thinned[at] as Thinned;
    const raw = source.raw && wish.showRaw ? thin(source.raw, window, wish.buckets) : null;
    if (source.aggregate) means += result.drawn;
    else drawn += result.drawn;
    const band = source.aggregate ? bandOf(source, wish, window) : withEnvelope ? envelopeOf(raw ?? (source.raw ? null : result)) : null;
    const line = band && !source.aggregate && !raw && !result.exact ? meansOf(result.buckets) : result.line;
    return {
      id: source.id,
      line,
      raw: raw && !(band && !source.aggregate) ? raw.line : null,
      band,
      // On a smoothed curve a marker would pass for a logged value.
      dots: few && !source.raw ? finitePairs(line) : isolated(line),
      marks: marksOf(source.raw ?? source.shown, window),
      n: source.aggregate ? spokenIn(source.aggregate.group, window) : null,
    };
  });
  const y = wish.y ?? rangeOfPanel(lines, stored, wish, window);
  const inside = stored.map((column) => [column, ...indicesIn(column, window)] as const);
  return {
    ...nothing,
    lines,
    y,
    drawn,
    means,
    inWindow: inside.reduce((sum, [, from, to]) => sum + to - from, 0),
    hidden: !wish.settled
      ? -1
      : y && wish.clipOutliers && !wish.y
        ? inside.reduce((sum, [column, from, to]) => sum + countOutside(column.pyramid.y, y, from, to), 0)
        : 0,
    nonPositive: wish.settled ? nonPositiveIn(inside, wish, stored) : -1,
    interpolated: sources.some((source) => source.aggregate?.group.interpolated === true),
  };
}

function tally(members: readonly SeriesColumns[], counts: { logged: number; unplaced: number; replaced: number; withoutAxis: number }): void {
  for (const { curve, source } of members) {
    counts.logged += source.points.values.length;
    counts.unplaced += curve?.unplaced ?? 0;
    counts.replaced += curve?.replaced ?? 0;
    if (!curve) counts.withoutAxis += 1;
  }
}

/** Statistics are taken of what was logged and smoothed afterwards, so that smoothing does not narrow the band. */
export function aggregateOf(id: string, members: readonly SeriesColumns[], wish: DrawWish, groups: GroupCache): Aggregate {
  const key = `${id}\n${wish.centre}\n${wish.band}\n${JSON.stringify(wish.smoothing)}`;
  const known = groups.get(key);
  if (known && known.members.length === members.length && known.members.every((member, i) => member === members[i])) return known.aggregate;
  const group = groupCurve(
    members.map((member) => member.curve).filter((curve) => curve !== null),
    wish.centre,
    wish.band,
  );
  const column = (y: Float64Array<ArrayBuffer>): Pyramid => pyramidOf(smooth(group.x, y, wish.smoothing));
  const aggregate = { group, centre: column(group.centre), lower: column(group.lower), upper: column(group.upper) };
  groups.set(key, { members, aggregate });
  return aggregate;
}

function extentOf(sources: readonly Source[], log: boolean): Range | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { shown } of sources) {
    const from = log ? firstAtLeast(shown.x, Number.MIN_VALUE) : 0;
    if (from >= shown.x.length) continue;
    min = Math.min(min, shown.x[from] as number);
    max = Math.max(max, shown.x[shown.x.length - 1] as number);
  }
  if (min > max) return null;
  if (min < max) return { min, max };
  // A single place still needs a window around it.
  return log ? { min: min / 2, max: max * 2 } : { min: min - (Math.abs(min) / 2 || 0.5), max: max + (Math.abs(max) / 2 || 0.5) };
}

function bandOf(source: Source, wish: DrawWish, window: Window): Float64Array<ArrayBuffer> | null {
  if (wish.band === 'none' || !source.aggregate) return null;
  const { lower, upper } = source.aggregate;
  return thinBand({ x: source.shown.x, lower, upper }, window, wish.buckets);
}

/** [x, least, greatest] of [x, mean, least, greatest]; null where every point is drawn anyway. */
function envelopeOf(thinned: { readonly buckets: Float64Array } | null): Float64Array<ArrayBuffer> | null {
  if (!thinned || thinned.buckets.length === 0) return null;
  const rows = new Float64Array((thinned.buckets.length / 4) * 3);
  for (let from = 0, to = 0; from < thinned.buckets.length; from += 4, to += 3) {
    rows[to] = thinned.buckets[from] as number;
    rows[to + 1] = thinned.buckets[from + 2] as number;
    rows[to + 2] = thinned.buckets[from + 3] as number;
  }
  return rows;
}

function meansOf(buckets: Float64Array): Float64Array<ArrayBuffer> {
  const line = new Float64Array(buckets.length / 2);
  for (let from = 0, to = 0; from < buckets.length; from += 4, to += 2) {
    line[to] = buckets[from] as number;
    line[to + 1] = buckets[from + 1] as number;
  }
  return line;
}

function finitePairs(line: Float64Array): Float64Array<ArrayBuffer> {
  const kept = new Float64Array(line.length);
  let at = 0;
  for (let i = 0; i < line.length; i += 2) {
    if (!Number.isFinite(line[i + 1] as number)) continue;
    kept[at++] = line[i] as number;
    kept[at++] = line[i + 1] as number;
  }
  return kept.slice(0, at);
}

/** Most curves are finite throughout, which the pyramid knows without looking at every point. */
function marksOf(column: Column, window: Window): readonly NonFiniteMark[] {
  const [from, to] = indicesIn(column, window);
  const stretch = emptyStretch();
  stretchOf(column.pyramid, from, to, stretch);
  return stretch.finite === to - from ? [] : nonFiniteMarks(column.x, column.pyramid.y, window, markPlaces);
}

const indicesIn = ({ x }: Column, window: Window): readonly [from: number, to: number] => [
  firstAtLeast(x, window.log ? Math.max(window.min, Number.MIN_VALUE) : window.min),
  firstAbove(x, window.max),
];

function spokenIn(group: GroupCurve, window: Window): Range | null {
  const [from, to] = indicesIn({ x: group.x, pyramid: { y: group.x, levels: [] } }, window);
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let i = from; i < to; i++) {
    const n = group.n[i] as number;
    if (n === 0) continue;
    min = Math.min(min, n);
    max = Math.max(max, n);
  }
  return max === 0 ? null : { min, max };
}

function rangeOfPanel(lines: readonly DrawnLine[], stored: readonly Column[], wish: DrawWish, window: Window): Range | null {
  const edges = lines.map((line) => line.band && edgesOf(line.band)).filter((edge) => edge !== null);
  const all = rangeOf([...lines.map((line) => line.line), ...lines.map((line) => line.raw).filter((raw) => raw !== null), ...edges], wish.logY);
  if (!all || !wish.clipOutliers) return all;
  const robust = robustRange(sampleOf(stored, window), wish.logY);
  return robust ? { min: Math.max(all.min, robust.min), max: Math.min(all.max, robust.max) } : all;
}

/** Both edges of a band as pairs, for their range. */
function edgesOf(band: Float64Array): Float64Array {
  const pairs = new Float64Array((band.length / 3) * 4);
  for (let from = 0, to = 0; from < band.length; from += 3, to += 4) {
    pairs[to + 1] = band[from + 1] as number;
    pairs[to + 3] = band[from + 2] as number;
  }
  return pairs;
}

/** Finite values in the window, evenly taken where there are many: enough for percentiles. */
function sampleOf(stored: readonly Column[], window: Window): Float64Array {
  const sample: number[] = [];
  for (const column of stored) {
    const [from, to] = indicesIn(column, window);
    const every = Math.max(1, Math.floor((to - from) / clipSample));
    for (let i = from; i < to; i += every) if (Number.isFinite(column.pyramid.y[i] as number)) sample.push(column.pyramid.y[i] as number);
  }
  return Float64Array.from(sample);
}

function nonPositiveIn(inside: readonly (readonly [Column, number, number])[], wish: DrawWish, stored: readonly Column[]): number {
  let count = wish.logX ? stored.reduce((sum, { x }) => sum + firstAtLeast(x, Number.MIN_VALUE), 0) : 0;
  if (!wish.logY) return count;
  const stretch = emptyStretch();
  for (const [{ pyramid }, from, to] of inside) {
    stretchOf(pyramid, from, to, stretch);
    if (stretch.finite === 0 || (pyramid.y[stretch.least] as number) > 0) continue;
    for (let i = from; i < to; i++) if ((pyramid.y[i] as number) <= 0 && Number.isFinite(pyramid.y[i] as number)) count += 1;
  }
  return count;
}
