// A workspace: everything that a person arranged, and the pure changes to it.

import type { RunId } from '../../core/base/units';
import type { OwnWords } from '../../core/model/own-words';
import type { Run } from '../../core/model/run';
import type { PaletteId } from '../../core/view/palettes';
import type { Grouping } from '../../core/view/run-groups';
import { defaultMetricChoices, type MetricChoices, type SortKey } from '../../core/view/run-list';
import { giveSlots, type LineStyle, type RunColour, type RunStyle, runStyle } from '../../core/view/run-style';
import { same } from './merge';
import { longestNote, longestTag, readWorkspace, type SavedFilter, workspaceVersion } from './workspace-shape';

/** How many runs an import switches on in charts before it leaves the rest off. */
export const visibleAtFirst = 24;

export interface Workspace {
  readonly version: typeof workspaceVersion;
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
  readonly colours: ReadonlyMap<RunId, RunColour>;
  readonly lines: ReadonlyMap<RunId, LineStyle>;
  /** What the person says of a run, apart from what its tracker logged (core/model/own-words.ts). */
  readonly notes: ReadonlyMap<RunId, string>;
  readonly labels: ReadonlyMap<RunId, readonly string[]>;
  /** Queries with a name. */
  readonly filters: readonly SavedFilter[];
  /** Id of the saved filter that holds whenever the workspace is opened. */
  readonly defaultFilter: string | null;
  /** Runs that it was arranged with elsewhere and that were not here when it came, by name. They leave once they are imported. */
  readonly absent: ReadonlyMap<RunId, string>;
  /** One slice per feature, which only that feature understands (see useSlice). */
  readonly features: Readonly<Record<string, unknown>>;
}

export const emptyWorkspace = (id = 'default', name = 'My workspace'): Workspace => ({
  version: workspaceVersion,
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
  lines: new Map(),
  notes: new Map(),
  labels: new Map(),
  filters: [],
  defaultFilter: null,
  absent: new Map(),
  features: {},
});

/** A workspace as it was stored, by this version or one before: what is missing or of another kind is as in an empty one. */
export const parseWorkspace = (stored: unknown): Workspace => readWorkspace(stored, emptyWorkspace());

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
    const come = ids.filter((id) => workspace.absent.has(id));
    if (fresh.length === 0 && come.length === 0) return workspace;
    const room = Math.max(0, visibleAtFirst - workspace.visible.size);
    return {
      ...workspace,
      absent: come.length === 0 ? workspace.absent : new Map([...workspace.absent].filter(([id]) => !come.includes(id))),
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
      lines: inMap(workspace.lines),
      notes: inMap(workspace.notes),
      labels: inMap(workspace.labels),
    };
  };

const inMaps =
  <K extends 'colours' | 'lines' | 'notes' | 'labels'>(
    key: K,
    ids: Iterable<RunId>,
    of: (id: RunId, workspace: Workspace) => MapValue<Workspace[K]> | null,
  ): Change =>
  (workspace) => {
    const next = new Map<RunId, unknown>(workspace[key]);
    for (const id of ids) {
      const value = of(id, workspace);
      if (value === null) next.delete(id);
      else next.set(id, value);
    }
    return same(next, workspace[key]) ? workspace : { ...workspace, [key]: next };
  };
type MapValue<M> = M extends ReadonlyMap<unknown, infer V> ? V : never;

export const setColour = (id: RunId, colour: RunColour | null): Change => inMaps('colours', [id], () => colour);
export const setLine = (id: RunId, line: LineStyle | null): Change => inMaps('lines', [id], () => line);

export const setNote = (id: RunId, note: string): Change => inMaps('notes', [id], () => (note.trim() === '' ? null : note.slice(0, longestNote)));

/** Adds a tag of the person's own to runs; one that a run has stays once. */
export const addTag = (ids: Iterable<RunId>, tag: string): Change => {
  const wanted = tag.trim().slice(0, longestTag);
  return wanted === '' ? (workspace) => workspace : inMaps('labels', ids, (id, { labels }) => [...new Set([...(labels.get(id) ?? []), wanted])]);
};

export const removeTag = (ids: Iterable<RunId>, tag: string): Change =>
  inMaps('labels', ids, (id, { labels }) => {
    const left = (labels.get(id) ?? []).filter((one) => one !== tag);
    return left.length === 0 ? null : left;
  });

/** What came with runs in a bundle. */
export const wordsOf = (runs: readonly Run[]): ReadonlyMap<RunId, OwnWords> => new Map(runs.flatMap((run) => (run.own ? [[run.id, run.own] as const] : [])));

/** Takes what came with a run in a bundle, where the person has not said anything of it here. */
export const adoptWords =
  (words: ReadonlyMap<RunId, OwnWords>): Change =>
  (workspace) => {
    const fresh = [...words].filter(([id]) => !workspace.notes.has(id) && !workspace.labels.has(id));
    const notes = inMaps(
      'notes',
      fresh.map(([id]) => id),
      (id) => words.get(id)?.note ?? null,
    );
    const labels = inMaps(
      'labels',
      fresh.map(([id]) => id),
      (id) => (words.get(id)?.tags.length ? (words.get(id)?.tags ?? null) : null),
    );
    return labels(notes(workspace));
  };

/** Keeps a query under a name; the same id again takes the place of what it was. */
export const saveFilter =
  (filter: SavedFilter): Change =>
  (workspace) => ({
    ...workspace,
    filters: workspace.filters.some(({ id }) => id === filter.id)
      ? workspace.filters.map((one) => (one.id === filter.id ? filter : one))
      : [...workspace.filters, filter],
  });

export const deleteFilter =
  (id: string): Change =>
  (workspace) => ({
    ...workspace,
    filters: workspace.filters.filter((one) => one.id !== id),
    defaultFilter: workspace.defaultFilter === id ? null : workspace.defaultFilter,
  });

export const setDefaultFilter =
  (id: string | null): Change =>
  (workspace) => ({ ...workspace, defaultFilter: id });

/** As it stands when it is opened: with its default filter, where it has one. */
export const withDefaultFilter: Change = (workspace) => {
  const filter = workspace.filters.find(({ id }) => id === workspace.defaultFilter);
  return !filter || filter.query === workspace.filter ? workspace : { ...workspace, filter: filter.query };
};

export const setSlice =
  (feature: string, slice: unknown): Change =>
  (workspace) => ({ ...workspace, features: { ...workspace.features, [feature]: slice } });

/** What of a workspace and the settings makes the look of runs. */
export interface Looks extends Pick<Workspace, 'slots' | 'colours' | 'lines'> {
  readonly palette: PaletteId;
}

/** A run's look in a workspace. */
export const styleOf = ({ slots, colours, lines, palette }: Looks, id: RunId): RunStyle =>
  runStyle(slots.get(id) ?? 0, { palette, colour: colours.get(id), line: lines.get(id) });
