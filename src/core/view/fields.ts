// Fields of a run as a table column, a sort key and a query name them: `params.lr`, `metrics.val/loss`, `tags.kind`, `attributes.status`.

import { metricValues, type Reduction } from '../compare/metrics';
import { allTags } from '../model/own-words';
import { contextText, type Direction, displayName, type Run, type Series } from '../model/run';
import type { Value } from '../model/values';

export type FieldKind = 'attributes' | 'params' | 'metrics' | 'tags' | 'summary';

export interface Field {
  readonly kind: FieldKind;
  /** For a metric with a context: `loss {subrun=train}`. */
  readonly name: string;
}

/** Undefined: the run has no such field. Null is a value that a tracker may hold. */
export type Cell = Value | undefined;

export interface ReadOptions {
  /** Which number stands for a curve; `last` unless given. */
  readonly reduction?: Reduction;
  /** What better means, where the user knows more than the metric's name says. */
  readonly direction?: Direction;
}

interface Attribute {
  readonly title: string;
  /** Other names that queries know it by (MLflow's among them). */
  readonly aliases: readonly string[];
  readonly type: 'text' | 'time' | 'seconds' | 'number' | 'flag';
  readonly read: (run: Run) => Cell;
}

const known = <T extends Value>(value: T | null): T | undefined => value ?? undefined;

export const attributes: Readonly<Record<string, Attribute>> = {
  name: { title: 'Name', aliases: ['run_name', 'Run name', 'Run'], type: 'text', read: displayName },
  status: { title: 'Status', aliases: ['Status'], type: 'text', read: (run) => run.status },
  started: { title: 'Started', aliases: ['start_time', 'Created', 'created'], type: 'time', read: (run) => known(run.startedMs) },
  duration: {
    title: 'Duration',
    aliases: [],
    type: 'seconds',
    read: (run) => (run.startedMs === null || run.endedMs === null ? undefined : (run.endedMs - run.startedMs) / 1000),
  },
  ended: { title: 'Ended', aliases: ['end_time'], type: 'time', read: (run) => known(run.endedMs) },
  experiment: { title: 'Experiment', aliases: ['experiment_name', 'project'], type: 'text', read: (run) => known(run.experiment) },
  group: { title: 'Group', aliases: [], type: 'text', read: (run) => known(run.group) },
  job_type: { title: 'Job type', aliases: [], type: 'text', read: (run) => known(run.jobType) },
  tracker: { title: 'Tracker', aliases: ['format'], type: 'text', read: (run) => run.format },
  user: { title: 'User', aliases: ['user_id'], type: 'text', read: (run) => known(run.user) },
  parent: { title: 'Parent', aliases: [], type: 'text', read: (run) => known(run.parent) },
  path: { title: 'Path', aliases: [], type: 'text', read: (run) => run.path },
  id: { title: 'Run id', aliases: ['run_id'], type: 'text', read: (run) => run.nativeId ?? run.id },
  issues: { title: 'Issues', aliases: [], type: 'number', read: (run) => run.issues.length },
  note: { title: 'My note', aliases: [], type: 'text', read: (run) => known(run.own?.note ?? null) },
  my_tags: { title: 'My tags', aliases: ['labels'], type: 'text', read: (run) => (run.own?.tags.length ? run.own.tags.join(', ') : undefined) },
  notes: { title: 'Notes in the tracker', aliases: [], type: 'text', read: (run) => known(run.notes) },
  deleted: { title: 'Deleted', aliases: [], type: 'flag', read: (run) => run.deleted },
};

/** The field as one text, the same for columns, sort keys and groups. */
export const fieldId = (field: Field): string => `${field.kind}.${field.name}`;

const kinds: readonly FieldKind[] = ['attributes', 'params', 'metrics', 'tags', 'summary'];

/** The field that `fieldId` named, or null. */
export function fieldOf(id: string): Field | null {
  const dot = id.indexOf('.');
  const kind = kinds.find((one) => one === id.slice(0, dot));
  return kind && dot > 0 ? { kind, name: id.slice(dot + 1) } : null;
}

/** What the column's head says. */
export const fieldTitle = (field: Field): string => (field.kind === 'attributes' ? (attributes[field.name]?.title ?? field.name) : field.name);

/** A curve's name with its context, as columns and queries show it. */
export function metricName(series: Pick<Series, 'name' | 'context'>): string {
  const context = contextText(series.context);
  return context === '' ? series.name : `${series.name} {${context}}`;
}

const seriesByName = new WeakMap<Run, ReadonlyMap<string, Series>>();

/** Curves of a run by `metricName`; a name alone also finds the only curve of that name. */
export function seriesOf(run: Run): ReadonlyMap<string, Series> {
  const cached = seriesByName.get(run);
  if (cached) return cached;
  const byName = new Map<string, Series>();
  const alone = new Map<string, Series | null>();
  for (const series of run.series) {
    byName.set(metricName(series), series);
    alone.set(series.name, alone.has(series.name) ? null : series);
  }
  for (const [name, series] of alone) if (series && !byName.has(name)) byName.set(name, series);
  seriesByName.set(run, byName);
  return byName;
}

/** One number for a curve, or null where there is none. */
export function reduceSeries(series: Series, reduction: Reduction, direction: Direction = series.direction): number | null {
  return metricValues(direction === series.direction ? series : { ...series, direction })[reduction];
}

/** The value of a field of a run. */
export function readField(run: Run, field: Field, { reduction = 'last', direction }: ReadOptions = {}): Cell {
  switch (field.kind) {
    case 'attributes':
      return Object.hasOwn(attributes, field.name) ? attributes[field.name]?.read(run) : undefined;
    case 'metrics': {
      const series = seriesOf(run).get(field.name);
      return series ? (reduceSeries(series, reduction, direction) ?? undefined) : undefined;
    }
    case 'params':
      return own(run.params, field.name);
    case 'tags':
      return own(run.tags, field.name) ?? (run.own ? own(allTags(run), field.name) : undefined);
    case 'summary':
      return own(run.summary, field.name);
  }
}

const own = (values: Readonly<Record<string, Value>>, name: string): Cell => (Object.hasOwn(values, name) ? values[name] : undefined);
