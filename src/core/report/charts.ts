// The charts of a report: the panels of the Curves tab with its settings, drawn from the stored points.

import type { RunId } from '../base/units';
import type { Points, Run } from '../model/run';
import { SeriesColumns } from '../view/curves-columns';
import { type DrawWish, drawPanel, type LineWish } from '../view/curves-draw';
import { axisOf, type Panel, panelsOf } from '../view/curves-panels';
import { type CurveSettings, defaultCurveSettings } from '../view/curves-settings';
import { axisLabel, type LineLook, specOf } from '../view/curves-spec';
import type { RunStyle } from '../view/run-style';
import type { ChartBlock } from './document';

export interface ChartInput {
  readonly runs: readonly Run[];
  /** Points of some series of a run, by index in `run.series`. */
  pointsOf(run: RunId, series: readonly number[]): Promise<readonly Points[]>;
  readonly styles: ReadonlyMap<RunId, RunStyle>;
  /** As chosen in the Curves tab; its defaults where left out. */
  readonly settings?: CurveSettings;
  /** Metrics to draw; those that the most runs share come first. */
  readonly most?: number;
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
  const settings = input.settings ?? defaultCurveSettings;
  const panels = panelsOf(input.runs, settings.showSystem).filter(hasCurve(input.runs));
  const chosen = [...panels].sort((a, b) => b.series.length - a.series.length).slice(0, input.most ?? standardMost);
  const charts: ChartBlock[] = [];
  for (const panel of panels) {
    if (!chosen.includes(panel)) continue;
    input.signal.throwIfAborted();
    charts.push(await chartOf(panel, input, settings));
  }
  return { charts, leftOut: panels.length - chosen.length };
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

async function chartOf(panel: Panel, input: ChartInput, settings: CurveSettings): Promise<ChartBlock> {
  const columns = new Map<string, SeriesColumns>();
  const looks = new Map<string, LineLook>();
  const axes = new Set<string>();
  for (const member of panel.series) {
    const run = input.runs.find(({ id }) => id === member.run);
    const style = input.styles.get(member.run);
    if (!run || !style) continue;
    const place = axisOf(run, member.index, settings.axis);
    if (!place) continue;
    const [points, other = null] = await input.pointsOf(run.id, place.other === null ? [member.index] : [member.index, place.other]);
    if (!points) continue;
    columns.set(member.key, new SeriesColumns({ points, startedMs: run.startedMs, axis: place.axis, other }));
    looks.set(member.key, { owner: run.id, label: member.label, style, member: false });
    if (place.axis.kind === 'metric') axes.add(place.axis.name);
  }
  const lines = [...columns.keys()].map((key): LineWish => ({ kind: 'series', id: key, series: key }));
  const wish: DrawWish = {
    lines,
    smoothing: settings.smoothing,
    showRaw: settings.showRaw,
    envelope: settings.envelope,
    clipOutliers: settings.clipOutliers,
    centre: settings.centre,
    band: settings.band,
    logX: settings.logX,
    logY: settings.logY,
    x: null,
    y: null,
    buckets,
    settled: true,
  };
  const drawing = drawPanel(wish, columns, new Map());
  const spec = specOf('', wish, drawing, looks, axisLabel(settings.axis, [...axes]));
  return { kind: 'chart', id: `chart-${slug(panel.id)}`, caption: panel.id, remark: '', spec };
}

/** A metric's name as part of an id or file name. */
const slug = (name: string): string => name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'metric';
