// The runs as list and table show them: searched, filtered, grouped and sorted, flat, ready to be drawn row by row.

import type { RunId } from '../base/units';
import type { Reduction } from '../compare/metrics';
import type { Direction, Run } from '../model/run';
import { displayName } from '../model/run';
import { type Field, fieldOf, type ReadOptions, readField } from './fields';
import { compileQuery } from './query';
import { type Grouping, groupRuns, type RunGroup } from './run-groups';
import { sortBy } from './run-order';
import { type CellSummary, mean, summarise } from './table-cells';

export interface SortKey {
  /** A field as the query language names it: `attributes.name`, `params.lr`, `metrics.val/loss`. */
  readonly field: string;
  readonly descending: boolean;
}

/** How curves become one number, where the user chose. */
export interface MetricChoices {
  readonly reduction: Reduction;
  /** By metric name, with context. */
  readonly reductions: ReadonlyMap<string, Reduction>;
  readonly directions: ReadonlyMap<string, Direction>;
}

export const defaultMetricChoices: MetricChoices = { reduction: 'last', reductions: new Map(), directions: new Map() };

export interface ListOptions {
  readonly search: string;
  readonly filter: string;
  /** Whether runs are shown that their tracker calls deleted. A query about `deleted` shows them too. */
  readonly deleted: boolean;
  readonly grouping: Grouping;
  readonly sort: readonly SortKey[];
  readonly metrics: MetricChoices;
  /** Keys of groups whose members are shown. */
  readonly unfolded: ReadonlySet<string>;
  /** Runs that a person linked as one training: a run → the run that it is shown under, while nothing is grouped. */
  readonly links?: ReadonlyMap<RunId, RunId>;
}

export type ListRow =
  | { readonly kind: 'run'; readonly key: string; readonly run: Run /** 1 below a group, or below a run that it is linked with. */; readonly depth: 0 | 1 }
  | { readonly kind: 'group'; readonly key: string; readonly group: RunGroup; readonly open: boolean };

export interface Matched {
  /** Runs that passed search and filter, in the order of import. */
  readonly runs: readonly Run[];
  /** What is wrong with the filter; then it takes every run. */
  readonly problem: { readonly message: string; readonly from: number; readonly to: number } | null;
}

export interface RunListView {
  readonly rows: readonly ListRow[];
  /** Runs that passed search and filter, in the order of the rows, whether their group is open or not. */
  readonly runs: readonly Run[];
}

/** How a metric is read under the user's choices. */
export const readOptions = (field: Field | null, { reduction, reductions, directions }: MetricChoices): ReadOptions => {
  if (field?.kind !== 'metrics') return {};
  const direction = directions.get(field.name);
  return { reduction: reductions.get(field.name) ?? reduction, ...(direction ? { direction } : {}) };
};

/** Whether runs that their tracker calls deleted are shown: when asked for, or when the query is about them. */
export const showsDeleted = ({ deleted, filter }: Pick<ListOptions, 'deleted' | 'filter'>): boolean => deleted || /\bdeleted\b/.test(filter);

/** Searches and filters. */
export function matchRuns(all: readonly Run[], options: Pick<ListOptions, 'search' | 'filter' | 'deleted' | 'metrics'>): Matched {
  const compiled = compileQuery(options.filter, { directions: options.metrics.directions });
  const deleted = showsDeleted(options);
  const words = options.search.toLowerCase().split(/\s+/).filter(Boolean);
  return {
    runs: all.filter((run) => (deleted || !run.deleted) && found(run, words) && (!compiled.ok || compiled.test(run))),
    problem: compiled.ok ? null : { message: compiled.message, from: compiled.from, to: compiled.to },
  };
}

/** Groups and sorts. */
export function arrangeRuns(passed: readonly Run[], options: Pick<ListOptions, 'grouping' | 'sort' | 'metrics' | 'unfolded' | 'links'>): RunListView {
  const keys = options.sort.map(({ field: id, descending }) => {
    const field = fieldOf(id);
    const read = readOptions(field, options.metrics);
    return { field, descending, of: (run: Run) => (field ? readField(run, field, read) : undefined) };
  });
  const sorted = sortBy(
    passed,
    keys.map(({ of, descending }) => ({ read: of, descending })),
  );
  if (options.grouping.kind === 'none') {
    const rows = underLinked(sorted, options.links ?? new Map());
    return { rows, runs: rows.map(({ run }) => run) };
  }
  const { groups, alone } = groupRuns(sorted, options.grouping);
  const inOrder = sortBy(
    groups,
    keys.map(({ of, descending }) => ({ read: (group: RunGroup) => sortValue(summarise(group.members.map(of))), descending })),
  );
  const rows = inOrder.flatMap((group): readonly ListRow[] => {
    const [only, ...others] = group.members;
    if (only && others.length === 0) return [{ kind: 'run', key: only.id, run: only, depth: 0 }];
    const open = options.unfolded.has(group.key);
    const members = open ? group.members.map((run): ListRow => ({ kind: 'run', key: run.id, run, depth: 1 })) : [];
    return [{ kind: 'group', key: group.key, group, open }, ...members];
  });
  return {
    rows: [...rows, ...alone.map((run): ListRow => ({ kind: 'run', key: run.id, run, depth: 0 }))],
    runs: [...inOrder.flatMap((group) => group.members), ...alone],
  };
}

/** Linked runs stand under the run that they are linked with; where that is not among the runs, in their own place. */
function underLinked(runs: readonly Run[], links: ReadonlyMap<RunId, RunId>): readonly Extract<ListRow, { readonly kind: 'run' }>[] {
  const there = new Set(runs.map(({ id }) => id));
  const under = new Map<RunId, Run[]>();
  const isUnder = ({ id }: Run): boolean => {
    const first = links.get(id);
    return first !== undefined && there.has(first) && !links.has(first);
  };
  for (const run of runs) {
    if (!isUnder(run)) continue;
    const first = links.get(run.id) as RunId;
    under.set(first, [...(under.get(first) ?? []), run]);
  }
  return runs
    .filter((run) => !isUnder(run))
    .flatMap((run) => [
      { kind: 'run' as const, key: run.id, run, depth: 0 as const },
      ...(under.get(run.id) ?? []).map((linked) => ({ kind: 'run' as const, key: linked.id, run: linked, depth: 1 as const })),
    ]);
}

/** Both. */
export const listRuns = (all: readonly Run[], options: ListOptions): RunListView => arrangeRuns(matchRuns(all, options).runs, options);

/** Every word is somewhere in the name, the native id, the experiment, the group or a label-like tag. */
function found(run: Run, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [displayName(run), run.nativeId, run.experiment, run.group, ...Object.keys(run.tags).slice(0, 50), ...(run.own?.tags ?? [])]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function sortValue(summary: CellSummary) {
  switch (summary.kind) {
    case 'none':
      return undefined;
    case 'same':
      return summary.value;
    case 'numbers':
      return mean(summary);
    case 'several':
      return summary.values;
  }
}

/** Experiments of the runs with how many runs each has, largest first; null is for runs that have none. */
export function experimentsOf(runs: readonly Run[]): readonly { readonly name: string | null; readonly count: number }[] {
  const counts = new Map<string | null, number>();
  for (const run of runs) counts.set(run.experiment, (counts.get(run.experiment) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}
