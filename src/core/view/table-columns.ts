// The columns of the table: what fields the runs have, which of them vary, and in what order they stand.

import { sameValue } from '../compare/same-value';
import { allTags } from '../model/own-words';
import type { Direction, Run } from '../model/run';
import { attributes, type Cell, type Field, type FieldKind, fieldId, fieldTitle, metricName, reduceSeries } from './fields';
import { type MetricChoices, readOptions } from './run-list';

export interface Column {
  /** As `fieldId` names it. */
  readonly id: string;
  readonly field: Field;
  readonly title: string;
  /** Runs that have it. */
  readonly count: number;
  /** Whether the runs differ in it: another value, or not all have it. */
  readonly varies: boolean;
  /** All values seen are numbers: set to the right. */
  readonly numeric: boolean;
  /** Hardware metrics, hidden until asked for. */
  readonly system: boolean;
  /** What better means; `none` but for metrics. */
  readonly direction: Direction;
}

interface Gathered {
  first: Cell;
  count: number;
  differs: boolean;
  numeric: boolean;
  system: boolean;
  direction: Direction;
}

const shownAttributes = ['status', 'tracker', 'started', 'duration', 'experiment', 'group', 'job_type', 'user', 'issues', 'my_tags', 'note'];
/** Attributes that say nothing when they are everywhere the same. */
const dullAttributes = new Set(['group', 'job_type', 'user', 'issues', 'experiment']);

/** Every column of these runs, in one pass over what they hold: attributes, metrics, params, summary, tags, each by name. */
export function columnsOf(runs: readonly Run[], metrics: MetricChoices): readonly Column[] {
  const gathered: Readonly<Record<FieldKind, Map<string, Gathered>>> = {
    attributes: new Map(),
    metrics: new Map(),
    params: new Map(),
    summary: new Map(),
    tags: new Map(),
  };
  for (const run of runs) {
    for (const name of shownAttributes) take(gathered.attributes, name, attributes[name]?.read(run));
    for (const name of Object.keys(run.params)) take(gathered.params, name, run.params[name]);
    for (const [name, tag] of Object.entries(allTags(run))) take(gathered.tags, name, tag);
    for (const series of run.series) {
      const name = metricName(series);
      const { reduction, direction } = readOptions({ kind: 'metrics', name }, metrics);
      const seen = take(gathered.metrics, name, reduceSeries(series, reduction ?? 'last', direction) ?? undefined, true);
      seen.system ||= series.system;
      if (seen.direction === 'none') seen.direction = direction ?? series.direction;
    }
    for (const name of Object.keys(run.summary)) if (!gathered.metrics.has(name)) take(gathered.summary, name, run.summary[name]);
  }
  const kinds = Object.keys(gathered) as FieldKind[];
  return kinds.flatMap((kind) => columnsOfKind(kind, gathered[kind], runs.length));
}

function take(into: Map<string, Gathered>, name: string, cell: Cell, there = cell !== undefined): Gathered {
  const seen = into.get(name);
  if (!seen) {
    const fresh: Gathered = { first: cell, count: there ? 1 : 0, differs: false, numeric: isNumber(cell), system: false, direction: 'none' };
    into.set(name, fresh);
    return fresh;
  }
  if (there) seen.count += 1;
  if (cell !== undefined && seen.first === undefined) {
    seen.first = cell;
    seen.numeric = isNumber(cell);
  } else if (cell !== undefined) {
    seen.differs ||= !Object.is(cell, seen.first) && !sameValue(cell, seen.first);
    seen.numeric &&= isNumber(cell);
  }
  return seen;
}

const isNumber = (cell: Cell): boolean =>
  typeof cell === 'number' || typeof cell === 'bigint' || (typeof cell === 'string' && cell.trim() !== '' && !Number.isNaN(Number(cell)));

function columnsOfKind(kind: FieldKind, gathered: ReadonlyMap<string, Gathered>, runs: number): readonly Column[] {
  const columns = [...gathered].map(([name, seen]): Column => {
    const field: Field = { kind, name };
    return {
      id: fieldId(field),
      field,
      title: fieldTitle(field),
      count: seen.count,
      varies: seen.count > 0 && (seen.differs || seen.count < runs),
      numeric: seen.numeric && (kind !== 'attributes' || attributes[name]?.type === 'number'),
      system: seen.system,
      direction: seen.direction,
    };
  });
  if (kind === 'attributes') return columns.filter((column) => column.count > 0 && (column.varies || !dullAttributes.has(column.field.name)));
  // Summary values of metrics that were also logged stand in the metric's column.
  const kept = kind === 'summary' ? columns.filter((column) => !column.field.name.startsWith('_')) : columns;
  return kept.sort((a, b) => Number(a.system) - Number(b.system) || collator.compare(a.title, b.title));
}

const collator = new Intl.Collator('en', { numeric: true });

export interface ColumnChoices {
  readonly hidden: ReadonlySet<string>;
  /** In their order from the left. */
  readonly pinned: readonly string[];
  /** Columns that were moved, in their order; the others follow in their own. */
  readonly order: readonly string[];
  /** A pattern that names must match; what is no pattern is taken as plain text. */
  readonly search: string;
  readonly differencesOnly: boolean;
  readonly system: boolean;
}

export interface ArrangedColumns {
  readonly pinned: readonly Column[];
  readonly rest: readonly Column[];
}

/** Columns as they stand: pinned first, then the rest in order, without what is hidden. */
export function arrangeColumns(all: readonly Column[], choices: ColumnChoices): ArrangedColumns {
  const matches = nameTest(choices.search);
  const byId = new Map(all.map((column) => [column.id, column]));
  const pinned = choices.pinned.map((id) => byId.get(id)).filter((column) => column !== undefined);
  const pinnedIds = new Set(choices.pinned);
  const shown = all.filter(
    (column) =>
      !pinnedIds.has(column.id) &&
      !choices.hidden.has(column.id) &&
      (choices.system || !column.system) &&
      (!choices.differencesOnly || column.varies) &&
      matches(column.title),
  );
  return { pinned, rest: ordered(shown, choices.order) };
}

/** Moved columns stand before the column that they were put before; the rest keeps its own order. */
function ordered(columns: readonly Column[], order: readonly string[]): readonly Column[] {
  if (order.length === 0) return columns;
  const place = new Map(order.map((id, at) => [id, at]));
  return [...columns].sort((a, b) => (place.get(a.id) ?? Number.POSITIVE_INFINITY) - (place.get(b.id) ?? Number.POSITIVE_INFINITY) || 0);
}

/** The order after a column was put before another (or last, for null); only what stands before the place is written down. */
export function moveColumn(columns: readonly Column[], id: string, before: string | null): readonly string[] {
  const ids = columns.map((column) => column.id).filter((one) => one !== id);
  const at = before === null ? ids.length : ids.indexOf(before);
  return [...ids.slice(0, at < 0 ? ids.length : at), id, ...ids.slice(at < 0 ? ids.length : at)];
}

/** A test of names by a pattern, in any case; what is no pattern is searched as it stands. */
export function nameTest(search: string): (name: string) => boolean {
  if (search.trim() === '') return () => true;
  try {
    const pattern = new RegExp(search, 'iu');
    return (name) => pattern.test(name.slice(0, 1000));
  } catch {
    const wanted = search.toLowerCase();
    return (name) => name.toLowerCase().includes(wanted);
  }
}
