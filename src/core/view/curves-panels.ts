// Which panels there are: one per metric name, in sections by the first `/`.

import type { RunId } from '../base/units';
import { contextText, displayName, type Run, type Series, sameContext } from '../model/run';
import type { Axis } from '../series/axis';
import type { AxisChoice } from './curves-settings';

export interface PanelSeries {
  /** Unique among all series: run and index. */
  readonly key: string;
  readonly run: RunId;
  /** Index in `run.series`. */
  readonly index: number;
  /** Run name, and what tells this series from others of the run with the same name. */
  readonly label: string;
  readonly context: string;
}

export interface Panel {
  /** The metric's name. */
  readonly id: string;
  /** What the metric is, where its name tells. */
  readonly role: string | null;
  readonly system: boolean;
  readonly series: readonly PanelSeries[];
  /** Points logged, over all series. */
  readonly logged: number;
}

export interface Section {
  readonly id: string;
  readonly panels: readonly Panel[];
}

/** Section of names without a `/`. */
export const mainSection = 'Metrics';

export const seriesKey = (run: RunId, index: number): string => `${run}/${index}`;

/** What stands before the first `/`; names without one share a section, and so do hardware series. */
export function sectionOf(name: string, system: boolean): string {
  if (system) return 'System';
  const cut = name.indexOf('/');
  return cut > 0 ? name.slice(0, cut) : mainSection;
}

/**
 * Panels of runs by section (names without one first, hardware last); within a section what runs are judged by comes first, counters and
 * clocks last, otherwise by name. Empty series get no panel.
 */
export function panelsOf(runs: readonly Run[], showSystem: boolean): readonly Panel[] {
  const byName = new Map<string, { role: string | null; system: boolean; series: PanelSeries[]; logged: number }>();
  for (const run of runs) {
    for (const [index, series] of run.series.entries()) {
      if (series.count === 0 || (series.system && !showSystem)) continue;
      const panel = byName.get(series.name) ?? { role: series.role, system: series.system, series: [], logged: 0 };
      byName.set(series.name, panel);
      const context = contextText(series.context);
      const label = context === '' ? displayName(run) : `${displayName(run)} · ${context}`;
      panel.series.push({ key: seriesKey(run.id, index), run: run.id, index, label, context });
      panel.logged += series.count;
    }
  }
  return [...byName]
    .map(([id, panel]) => ({ id, ...panel }))
    .sort((a, b) => placeOf(a) - placeOf(b) || natural(sectionOf(a.id, a.system), sectionOf(b.id, b.system)) || rankOf(a) - rankOf(b) || natural(a.id, b.id));
}

const judged: ReadonlySet<string | null> = new Set(['loss', 'accuracy', 'score', 'error', 'perplexity', 'reward', 'objective']);
const clocks: ReadonlySet<string | null> = new Set(['time', 'throughput', 'counter', 'spread']);
const rankOf = ({ role }: Panel): number => (judged.has(role) ? 0 : clocks.has(role) ? 2 : 1);
const placeOf = (panel: Panel): number => (panel.system ? 2 : panel.id.indexOf('/') > 0 ? 1 : 0);

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const natural = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/**
 * Panels in sections, as arranged.
 * @param order ids that a person put first, in that order, each within its section
 */
export function sectionsOf(panels: readonly Panel[], order: readonly string[]): readonly Section[] {
  const place = new Map(order.map((id, at) => [id, at]));
  const sections = new Map<string, Panel[]>();
  for (const panel of panels) {
    const id = sectionOf(panel.id, panel.system);
    const section = sections.get(id);
    if (section) section.push(panel);
    else sections.set(id, [panel]);
  }
  const rank = (panel: Panel): number => place.get(panel.id) ?? Number.POSITIVE_INFINITY;
  return [...sections].map(([id, list]) => ({
    id,
    panels: order.length === 0 ? list : list.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))),
  }));
}

export type Search =
  | { readonly kind: 'all' }
  | { readonly kind: 'pattern'; readonly test: (name: string) => boolean }
  | { readonly kind: 'bad'; readonly message: string };

/** A search over panel names: a regular expression without regard to case. Text that is no valid pattern is told, and searched as it is. */
export function searchOf(text: string): Search {
  if (text.trim() === '') return { kind: 'all' };
  try {
    const pattern = new RegExp(text, 'iu');
    return { kind: 'pattern', test: (name) => pattern.test(name) };
  } catch (error) {
    return { kind: 'bad', message: error instanceof Error ? error.message : String(error) };
  }
}

/** The order after a panel was dropped before another (or at the end of its section, for null). */
export function movePanel(section: Section, order: readonly string[], moved: string, before: string | null): readonly string[] {
  const ids = section.panels.map((panel) => panel.id);
  const rest = ids.filter((id) => id !== moved);
  const at = before === null ? rest.length : rest.indexOf(before);
  if (at < 0 || !ids.includes(moved)) return order;
  const arranged = rest.toSpliced(at, 0, moved);
  return [...order.filter((id) => !ids.includes(id)), ...arranged];
}

/** Names that could be an x axis: the counters that a tracker or a person logged, then every other metric. */
export function axisNames(runs: readonly Run[]): {
  readonly epoch: boolean;
  readonly times: boolean;
  readonly counters: readonly string[];
  readonly metrics: readonly string[];
} {
  const counters = new Set<string>();
  const metrics = new Set<string>();
  let times = false;
  for (const run of runs) {
    for (const series of run.series) {
      times ||= series.timesDigest !== null;
      if (series.xAxis !== null) counters.add(series.xAxis);
      if (series.role === 'counter') counters.add(series.name);
      else if (!series.system) metrics.add(series.name);
    }
  }
  const sorted = (names: Set<string>): readonly string[] => [...names].sort(natural);
  return { epoch: [...counters].some(isEpoch), times, counters: sorted(counters), metrics: sorted(metrics).filter((name) => !counters.has(name)) };
}

/** `epoch`, `train/epoch`, `trainer/epochs`. */
export const isEpoch = (name: string): boolean => /(^|[/._])epochs?$/i.test(name);

export interface SeriesAxis {
  readonly axis: Axis;
  /** Index in `run.series` of the series that gives x; null for step and time. */
  readonly other: number | null;
}

/**
 * Where a series lies on the chosen axis, or null where it has no place there. Of several series of that name the one with the same
 * context is taken. `auto` follows the tracker: the axis that W&B's define_metric names, else the step.
 */
export function axisOf(run: Run, index: number, choice: AxisChoice): SeriesAxis | null {
  const series = run.series[index];
  if (!series) return null;
  const named = (test: (name: string) => boolean): number | null => {
    const found = [...run.series.keys()].filter((at) => test((run.series[at] as Series).name) && (run.series[at] as Series).count > 0);
    return found.find((at) => sameContext((run.series[at] as Series).context, series.context)) ?? found[0] ?? null;
  };
  switch (choice.kind) {
    case 'auto': {
      const other = series.xAxis === null ? null : named((name) => name === series.xAxis);
      return other === null ? { axis: { kind: 'step' }, other: null } : { axis: { kind: 'metric', name: series.xAxis as string }, other };
    }
    case 'epoch':
    case 'metric': {
      const other = choice.kind === 'epoch' ? named(isEpoch) : named((name) => name === choice.name);
      return other === null ? null : { axis: choice, other };
    }
    case 'wall':
    case 'relative':
      return series.timesDigest === null ? null : { axis: choice, other: null };
    case 'step':
      return { axis: choice, other: null };
  }
}
