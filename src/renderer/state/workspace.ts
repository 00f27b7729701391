// A workspace: everything that a person arranged, and the pure changes to it.

import type { RunId } from '../../core/base/units';
import type { Grouping } from '../../core/view/run-groups';
import { defaultMetricChoices, type MetricChoices, type SortKey } from '../../core/view/run-list';
import { giveSlots, type RunStyle, runStyle } from '../../core/view/run-style';

/** How many runs an import switches on in charts before it leaves the rest off. */
export const visibleAtFirst = 24;

export interface Workspace {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  /** Shows only this experiment; null shows all. */
  readonly experiment: string | null;
  /** Words that a run's name must hold. */
  readonly search: string;
  /** A query (core/view/query.ts). */
  readonly filter: string;
  /** Shows runs that their tracker calls deleted. */
  readonly deleted: boolean;
  readonly grouping: Grouping;
  readonly sort: readonly SortKey[];
  /** Which number stands for a curve, and what better means. */
  readonly metrics: MetricChoices;
  readonly baseline: RunId | null;
  /** The eye: drawn in charts. */
  readonly visible: ReadonlySet<RunId>;
  /** The checkbox: taken by an action. */
  readonly checked: ReadonlySet<RunId>;
  /** Look of each run (core/view/run-style.ts). */
  readonly slots: ReadonlyMap<RunId, number>;
  readonly colours: ReadonlyMap<RunId, string>;
  readonly notes: ReadonlyMap<RunId, string>;
  readonly labels: ReadonlyMap<RunId, readonly string[]>;
  /** One slice per feature, which only that feature understands (see useSlice). */
  readonly features: Readonly<Record<string, unknown>>;
}

export const emptyWorkspace = (id = 'default', name = 'My workspace'): Workspace => ({
  version: 1,
  id,
  name,
  experiment: null,
  search: '',
  filter: '',
  deleted: false,
  grouping: { kind: 'none' },
  sort: [],
  metrics: defaultMetricChoices,
  baseline: null,
  visible: new Set(),
  checked: new Set(),
  slots: new Map(),
  colours: new Map(),
  notes: new Map(),
  labels: new Map(),
  features: {},
});

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : Object.prototype.toString.call(value));

/** A workspace as it was stored, by this version or one before: what is missing or of another kind is as in an empty one. */
export function parseWorkspace(stored: unknown): Workspace {
  const fresh = emptyWorkspace();
  if (typeof stored !== 'object' || stored === null) return fresh;
  const from = stored as Record<string, unknown>;
  const nullable = new Set(['experiment', 'baseline']);
  const kept = Object.entries(fresh).map(([key, value]) => {
    const fits = kindOf(from[key]) === kindOf(value) || (nullable.has(key) && (from[key] === null || typeof from[key] === 'string'));
    return [key, fits ? from[key] : value];
  });
  return Object.fromEntries(kept) as unknown as Workspace;
}

export type Change = (workspace: Workspace) => Workspace;

const withSet =
  (key: 'visible' | 'checked', ids: Iterable<RunId>, on: boolean): Change =>
  (workspace) => {
    const next = new Set(workspace[key]);
    const before = next.size;
    for (const id of ids) on ? next.add(id) : next.delete(id);
    return next.size === before ? workspace : { ...workspace, [key]: next };
  };

export const setVisible = (ids: Iterable<RunId>, on: boolean): Change => withSet('visible', ids, on);
export const setChecked = (ids: Iterable<RunId>, on: boolean): Change => withSet('checked', ids, on);

/** Exactly these are drawn. */
export const showOnly =
  (ids: Iterable<RunId>): Change =>
  (workspace) => ({ ...workspace, visible: new Set(ids) });

/** Exactly these are checked. */
export const checkOnly =
  (ids: Iterable<RunId>): Change =>
  (workspace) => ({ ...workspace, checked: new Set(ids) });

/** The same run again takes the baseline away. */
export const toggleBaseline =
  (id: RunId): Change =>
  (workspace) => ({ ...workspace, baseline: workspace.baseline === id ? null : id });

/** Gives new runs a look and switches the first of them on. Runs that are known keep theirs. */
export const admitRuns =
  (ids: readonly RunId[]): Change =>
  (workspace) => {
    const fresh = ids.filter((id) => !workspace.slots.has(id));
    if (fresh.length === 0) return workspace;
    const room = Math.max(0, visibleAtFirst - workspace.visible.size);
    return {
      ...workspace,
      slots: giveSlots(workspace.slots, fresh),
      visible: room === 0 ? workspace.visible : new Set([...workspace.visible, ...fresh.slice(0, room)]),
    };
  };

/** One run takes another's place in everything that was arranged. */
export const replaceRun =
  (id: RunId, by: RunId): Change =>
  (workspace) => {
    const inSet = (set: ReadonlySet<RunId>) => (set.has(id) ? new Set([...set].map((one) => (one === id ? by : one))) : set);
    const inMap = <T>(map: ReadonlyMap<RunId, T>) =>
      map.has(id) ? new Map([...map].filter(([one]) => one !== by).map(([one, value]) => [one === id ? by : one, value])) : map;
    return {
      ...workspace,
      baseline: workspace.baseline === id ? by : workspace.baseline,
      visible: inSet(workspace.visible),
      checked: inSet(workspace.checked),
      slots: inMap(workspace.slots),
      colours: inMap(workspace.colours),
      notes: inMap(workspace.notes),
      labels: inMap(workspace.labels),
    };
  };

export const setColour =
  (id: RunId, colour: string | null): Change =>
  (workspace) => {
    const colours = new Map(workspace.colours);
    if (colour === null) colours.delete(id);
    else colours.set(id, colour);
    return { ...workspace, colours };
  };

export const setNote =
  (id: RunId, note: string): Change =>
  (workspace) => {
    const notes = new Map(workspace.notes);
    if (note.trim() === '') notes.delete(id);
    else notes.set(id, note);
    return { ...workspace, notes };
  };

export const setSlice =
  (feature: string, slice: unknown): Change =>
  (workspace) => ({ ...workspace, features: { ...workspace.features, [feature]: slice } });

/** A run's look in a workspace. */
export const styleOf = (workspace: Pick<Workspace, 'slots' | 'colours'>, id: RunId): RunStyle =>
  runStyle(workspace.slots.get(id) ?? 0, workspace.colours.get(id));
