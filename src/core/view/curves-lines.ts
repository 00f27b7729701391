// The lines of a panel: runs or groups of runs, where their points lie and how they look.

import type { RunId } from '../base/units';
import type { Run } from '../model/run';
import type { Axis } from '../series/axis';
import type { LineWish } from './curves-draw';
import { axisOf, type Panel, type PanelSeries } from './curves-panels';
import type { CurveSettings } from './curves-settings';
import type { LineLook } from './curves-spec';
import type { Grouped } from './run-groups';
import type { RunStyle } from './run-style';

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

/** @param groups null where nothing is grouped */
export function linesOf(
  panel: Panel,
  runs: ReadonlyMap<RunId, Run>,
  settings: Pick<CurveSettings, 'axis' | 'showMembers'>,
  groups: Grouped | null,
  styleOf: (run: RunId) => RunStyle,
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
  const drawn = groups ? groupLines(shown, groups, settings.showMembers, styleOf) : runLines(shown, styleOf, false);
  return { ...drawn, series: [...placed.values()], missing: panel.series.length - placed.size, axes: [...axes] };
}

type Lines = Pick<PanelLines, 'lines' | 'looks' | 'owners'>;

function runLines(series: readonly PanelSeries[], styleOf: (run: RunId) => RunStyle, member: boolean): Lines {
  return {
    lines: series.map((one) => ({ kind: 'series', id: one.key, series: one.key })),
    looks: new Map(series.map((one) => [one.key, { owner: one.run, label: one.label, style: styleOf(one.run), member }])),
    owners: new Map(series.map((one) => [one.run, one.run])),
  };
}

/** One line per group and context. A group of one run is that run: a mean of one would only pretend; so is a run that cannot be grouped. */
function groupLines(series: readonly PanelSeries[], { groups, alone }: Grouped, showMembers: boolean, styleOf: (run: RunId) => RunStyle): Lines {
  const lines: LineWish[] = [];
  const looks = new Map<string, LineLook>();
  const owners = new Map<RunId, string>();
  const behind: PanelSeries[] = [];
  const single = (one: PanelSeries): void => {
    lines.push({ kind: 'series', id: one.key, series: one.key });
    looks.set(one.key, { owner: one.run, label: one.label, style: styleOf(one.run), member: false });
    owners.set(one.run, one.run);
  };
  for (const group of groups) {
    const label = group.label.map(([title, value]) => (title === '' ? value : `${title} = ${value}`)).join(', ');
    const ids = new Set(group.members.map((run) => run.id));
    const ofGroup = series.filter((one) => ids.has(one.run));
    const [firstRun] = group.members;
    for (const context of new Set(ofGroup.map((one) => one.context))) {
      const members = ofGroup.filter((one) => one.context === context);
      const [only] = members;
      if (!only || !firstRun) continue;
      if (members.length === 1) {
        single(only);
        continue;
      }
      const id = `group ${group.key} ${context}`;
      lines.push({ kind: 'group', id, members: members.map((one) => one.key) });
      looks.set(id, {
        owner: `group ${group.key}`,
        label: context === '' ? label : `${label} · ${context}`,
        style: styleOf(firstRun.id),
        member: false,
      });
      for (const one of members) owners.set(one.run, `group ${group.key}`);
      if (showMembers) behind.push(...members);
      if (showMembers)
        for (const one of members) looks.set(one.key, { owner: `group ${group.key}`, label: one.label, style: styleOf(firstRun.id), member: true });
    }
  }
  const without = new Set(alone.map((run) => run.id));
  for (const one of series) if (without.has(one.run)) single(one);
  // Members lie behind the aggregates.
  return { lines: [...behind.map((one): LineWish => ({ kind: 'series', id: one.key, series: one.key })), ...lines], looks, owners };
}
