// The lines of a panel: runs or groups of runs, where their points lie and how they look.

import type { RunId } from '../base/units';
import type { Run } from '../model/run';
import type { Axis } from '../series/axis';
import type { LineWish } from './curves-draw';
import { axisOf, type Panel, type PanelSeries } from './curves-panels';
import type { CurveSettings } from './curves-settings';
import type { LineLook } from './curves-spec';
import type { PaletteId } from './palettes';
import type { Grouped } from './run-groups';
import { type RunStyle, runStyle } from './run-style';

/** A series with its place on the axis: enough to read its points. */
export interface PlacedSeries {
  readonly key: string;
  readonly run: RunId;
  readonly index: number;
  readonly axis: Axis;
  readonly other: number | null;
  readonly startedMs: number | null;
  /** Changes when the points do. */
  readonly stamp: string;
  readonly count: number;
}

export interface PanelLines {
  readonly series: readonly PlacedSeries[];
  readonly lines: readonly LineWish[];
  readonly looks: ReadonlyMap<string, LineLook>;
  /** Runs of each owner: hovering a run finds its group as well. */
  readonly owners: ReadonlyMap<RunId, string>;
  /** Series that have no such axis. */
  readonly missing: number;
  /** Names of the x axes that the series use, each once; empty for the step. */
  readonly axes: readonly string[];
}

/**
 * @param groups null where nothing is grouped
 * @param palette colours of groups
 */
export function linesOf(
  panel: Panel,
  runs: ReadonlyMap<RunId, Run>,
  settings: Pick<CurveSettings, 'axis' | 'showMembers'>,
  groups: Grouped | null,
  styleOf: (run: RunId) => RunStyle,
  palette: PaletteId = 'standard',
): PanelLines {
  const placed = new Map<string, PlacedSeries>();
  const axes = new Set<string>();
  for (const one of panel.series) {
    const run = runs.get(one.run);
    const place = run && axisOf(run, one.index, settings.axis);
    if (!run || !place) continue;
    const stamps = [one.index, ...(place.other === null ? [] : [place.other])].map((index) => run.series[index]);
    axes.add(place.axis.kind === 'metric' ? place.axis.name : '');
    placed.set(one.key, {
      key: one.key,
      run: one.run,
      index: one.index,
      ...place,
      startedMs: run.startedMs,
      stamp: stamps.map((series) => `${series?.valuesDigest}${series?.stepsDigest}${series?.timesDigest}`).join(' '),
      count: Math.max(...stamps.map((series) => series?.count ?? 0)),
    });
  }
  const shown = panel.series.filter((one) => placed.has(one.key));
  const drawn = groups ? groupLines(shown, groups, settings.showMembers, styleOf, palette) : runLines(shown, styleOf);
  return { ...drawn, series: [...placed.values()], missing: panel.series.length - placed.size, axes: [...axes] };
}

type Lines = Pick<PanelLines, 'lines' | 'looks' | 'owners'>;

const lineOf = (one: PanelSeries): LineWish => ({ kind: 'series', id: one.key, series: one.key });

function runLines(series: readonly PanelSeries[], styleOf: (run: RunId) => RunStyle): Lines {
  return {
    lines: series.map(lineOf),
    looks: new Map(series.map((one) => [one.key, { owner: one.run, label: one.label, style: styleOf(one.run), member: false }])),
    owners: new Map(series.map((one) => [one.run, one.run])),
  };
}

/**
 * One line per group and context, in the order of the palette so that groups differ most. A group of one run is drawn as that run, since a
 * mean of one would only pretend; so are runs that cannot be grouped.
 */
function groupLines(series: readonly PanelSeries[], { groups }: Grouped, showMembers: boolean, styleOf: (run: RunId) => RunStyle, palette: PaletteId): Lines {
  const groupOf = new Map(groups.flatMap((group, at) => group.members.map((run) => [run.id, at] as const)));
  const together = new Map<string, { readonly group: number; readonly context: string; readonly members: PanelSeries[] }>();
  for (const one of series) {
    const group = groupOf.get(one.run);
    const key = group === undefined ? one.key : `${group} ${one.context}`;
    const known = together.get(key) ?? { group: group ?? -1, context: one.context, members: [] };
    known.members.push(one);
    together.set(key, known);
  }
  const singles: PanelSeries[] = [];
  const behind: PanelSeries[] = [];
  const aggregates: LineWish[] = [];
  const looks = new Map<string, LineLook>();
  const owners = new Map<RunId, string>();
  for (const { group: at, context, members } of [...together.values()].sort((a, b) => a.group - b.group)) {
    const group = groups[at];
    if (!group || members.length === 1) {
      singles.push(...members);
      continue;
    }
    const id = `group ${group.key} ${context}`;
    const owner = `group ${group.key}`;
    const style = runStyle(at, { palette });
    const label = group.label.map(([title, value]) => (title === '' ? value : `${title} ${value}`)).join(' · ');
    aggregates.push({ kind: 'group', id, members: members.map((one) => one.key) });
    looks.set(id, { owner, label: context === '' ? label : `${label} · ${context}`, style, member: false });
    for (const one of members) {
      owners.set(one.run, owner);
      if (!showMembers) continue;
      behind.push(one);
      looks.set(one.key, { owner, label: one.label, style, member: true });
    }
  }
  const alone = runLines(singles, styleOf);
  // Members lie behind the aggregates.
  return {
    lines: [...behind.map(lineOf), ...alone.lines, ...aggregates],
    looks: new Map([...looks, ...alone.looks]),
    owners: new Map([...owners, ...alone.owners]),
  };
}
