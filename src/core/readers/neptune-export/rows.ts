// The rows of a run's parts: one per attribute, or per point of a series, in any order.

import type { Parquet, ParquetCell } from '../../formats/parquet';
import type { Value } from '../../model/values';
import { MediaBook, mediaKind } from '../_neptune/media';
import { SeriesBook } from '../_neptune/series';

/** A file that an attribute names, relative to the project's files. */
export interface NamedFile {
  readonly attribute: string;
  readonly type: string;
  readonly path: string;
  /** When it was logged, where it is one of a series; NaN where there is none. */
  readonly step: number;
  readonly time: number;
}

/** What was read of one run. */
export class RunRows {
  readonly attributes = new Map<string, Value>();
  readonly series = new SeriesBook();
  readonly media = new MediaBook();
  readonly files: NamedFile[] = [];

  constructor(
    readonly project: string | null,
    readonly id: string,
  ) {}
}

/** Type of an attribute → the column that holds it. */
const columns: Readonly<Record<string, string>> = {
  float: 'float_value',
  int: 'int_value',
  string: 'string_value',
  bool: 'bool_value',
  datetime: 'datetime_value',
  string_set: 'string_set_value',
  float_series: 'float_value',
  string_series: 'string_value',
  histogram_series: 'histogram_value',
  file: 'file_value',
  file_series: 'file_value',
  file_set: 'file_value',
  artifact: 'file_value',
};
const needed = ['run_id', 'attribute_path', 'attribute_type'];

/**
 * Takes the rows of one row group in.
 * @param runs by project and id; a run that was not met yet is added
 * @throws SyntaxError where the table is damaged or none of the exporter's; SourceError
 */
export async function takeGroup(table: Parquet, group: number, runs: Map<string, RunRows>): Promise<void> {
  const missing = needed.find((name) => !table.columns.has(name));
  if (missing !== undefined) throw new SyntaxError(`the table has no column ${missing}`);
  const [projects, ids, paths, types] = [
    await table.column(group, 'project_id'),
    await table.column(group, 'run_id'),
    await table.column(group, 'attribute_path'),
    await table.column(group, 'attribute_type'),
  ];
  const steps = await table.column(group, 'step');
  const times = await table.column(group, 'timestamp');
  const values = new Map<string, readonly ParquetCell[]>();
  for (const type of new Set(types)) {
    const column = typeof type === 'string' && Object.hasOwn(columns, type) ? columns[type] : undefined;
    if (column !== undefined && !values.has(column)) values.set(column, await table.column(group, column));
  }
  for (let row = 0; row < paths.length; row++) {
    const [path, type, id] = [paths[row], types[row], ids[row]];
    if (typeof path !== 'string' || typeof type !== 'string' || typeof id !== 'string' || !Object.hasOwn(columns, type)) continue;
    const project = typeof projects[row] === 'string' ? (projects[row] as string) : null;
    const key = `${project}\0${id}`;
    let run = runs.get(key);
    if (!run) {
      run = new RunRows(project, id);
      runs.set(key, run);
    }
    takeRow(run, path, type, values.get(columns[type] as string)?.[row] ?? null, steps[row] ?? null, times[row] ?? null);
  }
}

function takeRow(run: RunRows, path: string, type: string, value: ParquetCell, step: ParquetCell, time: ParquetCell): void {
  const at = typeof time === 'number' ? time : Number.NaN;
  switch (type) {
    case 'float_series':
      // NaN came out of pandas as null; a row that has no time either stands for a run without this series.
      if (value !== null || time !== null)
        run.series.of(path).push(stepOf(step), typeof value === 'number' ? value : Number.NaN, at, typeof step === 'string' ? step : undefined);
      return;
    case 'string_series':
      if (typeof value === 'string') run.media.log(path, 'text', { step: stepOf(step), time: at, value });
      return;
    case 'histogram_series':
      if (value !== null) run.media.log(path, 'histogram', { step: stepOf(step), time: at, value: value as Value });
      return;
    case 'file':
    case 'file_series':
    case 'file_set':
    case 'artifact': {
      const file = fileOf(value);
      if (file === null) return;
      run.files.push({ attribute: path, type, path: file, step: stepOf(step), time: at });
      if (type === 'file_series') run.media.add(path, mediaKind(file));
      return;
    }
    default: {
      const scalar = scalarOf(type, value);
      if (scalar !== null) run.attributes.set(path, scalar);
    }
  }
}

const stepOf = (step: ParquetCell): number => (typeof step === 'number' || typeof step === 'string' ? Number(step) : Number.NaN);

/** The exporter writes paths as its machine does. */
function fileOf(value: ParquetCell): string | null {
  const path = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly path?: ParquetCell }).path : null;
  return typeof path === 'string' && path !== '' ? path.replaceAll('\\', '/') : null;
}

/** A row without a value stands for a run without the attribute. */
function scalarOf(type: string, value: ParquetCell): Value {
  if (type === 'datetime') return typeof value === 'number' && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : null;
  if (type === 'string_set') return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string').sort() : null;
  return value as Value;
}
