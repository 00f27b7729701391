// The charts of a report: the panels of the Curves tab as they are arranged there, drawn from the stored points.

import type { RunId } from '../base/units';
import type { Points, Run } from '../model/run';
import { SeriesColumns } from '../view/curves-columns';
import { type DrawWish, drawPanel } from '../view/curves-draw';
import { linesOf, type PanelLines } from '../view/curves-lines';
import { type Panel, panelsOf, searchOf, sectionsOf } from '../view/curves-panels';
import type { CurveSettings } from '../view/curves-settings';
import { axisLabel, specOf } from '../view/curves-spec';
import { type Grouped, groupRuns } from '../view/run-groups';
import { type RunStyle, runStyle } from '../view/run-style';
import { type ChartView, standardView } from './chart-view';
import type { ChartBlock } from './document';
import type { Lines } from './page-setup';
import { lineAt } from './print-styles';

export interface ChartInput {
  readonly runs: readonly Run[];
  /** Points of some series of a run, by index in `run.series`. */
  pointsOf(run: RunId, series: readonly number[]): Promise<readonly Points[]>;
  readonly styles: ReadonlyMap<RunId, RunStyle>;
  /** As arranged in the Curves tab; the standard one where left out. */
  readonly view?: ChartView;
  /** Groups look as runs do: each with a line of its own, or as on screen. */
  readonly lines?: Lines;
  /** Metrics to draw; those that the most runs share come first. */
  readonly most?: number;
  /** Only these metrics, in this order. */
  readonly metrics?: readonly string[];
  readonly signal: AbortSignal;
}

export interface Charts {
  readonly charts: readonly ChartBlock[];
  /** Panels beyond `most`. */
  readonly leftOut: number;
}

/** Half a pixel a bucket at the printed width, so that no spike hides. */
const buckets = 320;
const standardMost = 24;

/** Charts of the metrics of these runs. Points are read panel by panel and let go again. */
export async function chartsOf(input: ChartInput): Promise<Charts> {
  const view = input.view ?? standardView;
  const panels = input.metrics
    ? input.metrics.flatMap((name) => panelsOf(input.runs, true).filter(({ id }) => id === name))
    : arranged(panelsOf(input.runs, view.settings.showSystem).filter(hasCurve(input.runs)), view.settings);
  const chosen = new Set([...panels].sort((a, b) => b.series.length - a.series.length).slice(0, input.most ?? standardMost));
  const groups = view.grouping.kind === 'none' ? null : groupRuns(input.runs, view.grouping);
  const charts: ChartBlock[] = [];
  const places = new Map<string, number>();
  const ids = new Set<string>();
  for (const panel of panels) {
    if (!chosen.has(panel)) continue;
    input.signal.throwIfAborted();
    const chart = await chartOf(panel, input, view, groups, places);
    charts.push({ ...chart, id: unique(chart.id, ids) });
  }
  return { charts, leftOut: panels.length - chosen.size };
}

/** Panels in the order of the tab, without those that its search leaves out. */
function arranged(panels: readonly Panel[], { order, search: text }: CurveSettings): readonly Panel[] {
  const search = searchOf(text);
  const plain = text.toLowerCase();
  const found = search.kind === 'all' ? panels : panels.filter(({ id }) => (search.kind === 'pattern' ? search.test(id) : id.toLowerCase().includes(plain)));
  return sectionsOf(found, order).flatMap((section) => section.panels);
}

/** A single point draws no curve, and counters such as `epoch` say nothing; the table has their values. */
function hasCurve(runs: readonly Run[]): (panel: Panel) => boolean {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return (panel) =>
    panel.series.some(({ run, index }) => {
      const series = byId.get(run)?.series[index];
      return series !== undefined && series.count > 1 && series.role !== 'counter';
    });
}

async function chartOf(panel: Panel, input: ChartInput, view: ChartView, groups: Grouped | null, places: Map<string, number>): Promise<ChartBlock> {
  const { settings } = view;
  const runs = new Map(input.runs.map((run) => [run.id, run]));
  const styleOf = (id: RunId): RunStyle => input.styles.get(id) ?? runStyle(0);
  const lines = linesOf(panel, runs, settings, groups, styleOf);
  const columns = new Map<string, SeriesColumns>();
  for (const { key, run, index, axis, other, startedMs } of lines.series) {
    const [points, along = null] = await input.pointsOf(run, other === null ? [index] : [index, other]);
    if (points) columns.set(key, new SeriesColumns({ points, startedMs, axis, other: along }));
  }
  const { smoothing, showRaw, envelope, clipOutliers, centre, band, logX, logY } = settings;
  const own = view.zooms[panel.id];
  const wish: DrawWish = {
    ...{ smoothing, showRaw, envelope, clipOutliers, centre, band, logX, logY, buckets },
    lines: lines.lines,
    x: settings.sync ? view.x : (own?.x ?? null),
    y: own?.y ?? null,
    settled: true,
  };
  const drawing = drawPanel(wish, columns, new Map());
  const looks = groups && input.lines === 'distinct' ? distinctGroups(lines.looks, places) : lines.looks;
  const spec = specOf('', wish, { ...drawing, withoutAxis: drawing.withoutAxis + lines.missing }, looks, axisLabel(settings.axis, lines.axes));
  return { kind: 'chart', id: `chart-${slug(panel.id)}`, caption: panel.id, remark: '', spec };
}

/** Owners of lines in order of appearance over all charts, each with a line and a marker of its own: a run that stands alone among groups must not look like one of them. */
function distinctGroups(looks: PanelLines['looks'], places: Map<string, number>): PanelLines['looks'] {
  for (const { owner } of looks.values()) if (!places.has(owner)) places.set(owner, places.size);
  return new Map([...looks].map(([id, look]) => [id, { ...look, style: { ...look.style, ...lineAt(places.get(look.owner) ?? 0) } }]));
}

/** The id, or with a number where another metric's name gave the same one. */
function unique(id: string, taken: Set<string>): string {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
  taken.add(free);
  return free;
}

/** A metric's name as part of an id or file name. */
export const slug = (name: string): string => name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'metric';
