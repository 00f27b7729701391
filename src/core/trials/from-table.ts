// Makes the table of trials of a CSV: one row a run, params and the metric as columns.

import { isSeedKey } from '../compare/seed-keys';
import { cellNumber, type Dialect, isMissing, sniffDialect, splitRecords } from '../formats/csv-dialect';
import type { Value, Values } from '../model/values';
import { inferRole } from '../series/roles';
import { bookkeepingOf } from './bookkeeping';
import { directionOf } from './direction';
import { seedOf } from './seeds';
import type { Trial, TrialOptions, Trials } from './trial';

/** Rows beyond this are left out: a table of runs is made by hand or by a sweep. */
const maxRows = 100_000;
const headLength = 256 * 1024;

/**
 * Whether a text is a table with one row a run: it has the metric's column, and no column that counts up row by row as a step does.
 */
export function isTrialTable(text: string, metric: string): boolean {
  const dialect = dialectOf(text);
  return dialect?.named === true && dialect.columns.includes(metric) && !dialect.columns.some((column, at) => countsUp(column, dialect, at));
}

function countsUp(column: string, dialect: Dialect, at: number): boolean {
  if (!/^(global[_ ]?)?(step|epoch|iter|iteration|round)s?$/i.test(column)) return false;
  const values = dialect.sample.map((row) => cellNumber(row[at] ?? '', dialect) ?? Number.NaN);
  return values.length > 2 && values.every((value, row) => row === 0 || value > (values[row - 1] as number));
}

/**
 * Reads the table. Columns that name, date or place a run are no params; an empty or non-finite metric is a failed run;
 * an empty cell is a param that the run did not have.
 */
export function trialsFromTable(text: string, options: TrialOptions): Trials {
  const dialect = dialectOf(text);
  if (!dialect?.named) return { problem: { code: 'no-table', message: 'the file is no table with a header', candidates: [] } };
  const { columns } = dialect;
  const metricAt = columns.indexOf(options.metric);
  if (metricAt < 0) return { problem: { code: 'no-metric', message: `the table has no column '${options.metric}'`, candidates: columns.filter(Boolean) } };
  const direction = directionOf(options, [inferRole(options.metric, columns)]);
  if (typeof direction !== 'string') return { problem: direction };

  const rows = splitRecords(plain(text), dialect.delimiter, maxRows + dialect.dataLine)
    .filter(({ line, text: whole }) => line >= dialect.dataLine && whole.trim() !== '')
    .slice(0, maxRows)
    .map(({ cells }) => cells.map((cell) => cell.trim()));
  const roles = columns.map((column, at) =>
    at === metricAt || column === ''
      ? null
      : bookkeepingOf(
          column,
          rows.map((row) => row[at] ?? ''),
        ),
  );
  const at = (role: string): number => roles.indexOf(role as (typeof roles)[number]);
  const number = (row: readonly string[], index: number): number | null => (index < 0 ? null : cellNumber(row[index] ?? '', dialect));

  const all = rows.map((row) => paramsOf(row, dialect, (index) => index !== metricAt && roles[index] === null && columns[index] !== ''));
  const seedParam = seedOf(all);
  const ids = new Set<string>();
  const trials = rows.map((row, index): Trial => {
    const value = number(row, metricAt);
    const id = freeId(row[at('id')] || `row ${index + 1}`, index, ids);
    const params = all[index] as Values;
    const seed = seedParam === null ? undefined : params[seedParam];
    const failed = /^(failed|crashed|error|fail)/i.test(row[at('status')] ?? '');
    const duration = number(row, at('duration'));
    return {
      id,
      name: row[at('name')] || id,
      params: Object.fromEntries(Object.entries(params).filter(([key]) => !isSeedKey(key))),
      value: value !== null && Number.isFinite(value) && !failed ? value : null,
      seed: seed === undefined ? null : String(seed),
      circumstances: paramsOf(row, dialect, (column) => roles[column] === 'circumstance'),
      durationMs: duration === null || !(duration >= 0) ? null : duration * (/ms$|milli/i.test(columns[at('duration')] ?? '') ? 1 : 1000),
    };
  });
  return { table: { metric: options.metric, direction, reading: options.reading ?? 'last', seedParam, trials } };
}

const plain = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

function dialectOf(text: string): Dialect | null {
  const body = plain(text);
  return sniffDialect(new TextEncoder().encode(body.slice(0, headLength)), body.length <= headLength);
}

function paramsOf(row: readonly string[], dialect: Dialect, wanted: (column: number) => boolean): Values {
  const found: [string, Value][] = [];
  for (const [index, name] of dialect.columns.entries()) {
    const cell = row[index] ?? '';
    // `None` is a setting (no clipping, no schedule); an empty cell says that the run did not have the param.
    if (!wanted(index) || (isMissing(cell) && !/^(none|null)$/i.test(cell)) || /^nan$/i.test(cell)) continue;
    found.push([name, cellNumber(cell, dialect) ?? cell]);
  }
  return Object.fromEntries(found);
}

function freeId(wanted: string, index: number, taken: Set<string>): string {
  const id = taken.has(wanted) ? `${wanted} (row ${index + 1})` : wanted;
  taken.add(id);
  return id;
}
