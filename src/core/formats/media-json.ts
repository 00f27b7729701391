// Tables and charts out of trackers' JSON, as the forms of media.

import { jsonText } from '../base/json-write';
import type { ShapedBytes } from '../model/events';
import { type CurveLine, confusionBytes, curveBytes, formBounds, type TableCell, tableBytes } from '../model/media-forms';
import type { Value, Values } from '../model/values';
import { parseJson } from './json';
import { decodeUtf8 } from './text';

/** The JSON of bytes; undefined where they are none. */
export function jsonOf(bytes: Uint8Array): Value | undefined {
  try {
    return parseJson(decodeUtf8(bytes).text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** A value as a cell: what is no plain value is its JSON text, an integer beyond 2^53 its digits. */
export function plainCell(value: Value | undefined): TableCell {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'object' && value !== null ? jsonText(value) : (value ?? null);
}

/** A table whose rows are lists; rows that are none are left out. */
export function tableOfRows(columns: readonly Value[], rows: readonly Value[], cellOf: (value: Value) => TableCell = plainCell): ShapedBytes {
  const cells = rows.flatMap((row) => (Array.isArray(row) ? [row.map(cellOf)] : []));
  return tableBytes({ columns: columns.map((name) => String(plainCell(name))), rows: cells });
}

/** A table whose rows are records: a column for each name, in the order in which they turn up. */
export function tableOfRecords(records: readonly Values[], cellOf: (value: Value | undefined) => TableCell = plainCell): ShapedBytes {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  const columns = [...names].slice(0, formBounds.columns);
  // Names may be as many as rows: only what is kept is laid out.
  const kept = records.slice(0, mostRows(columns.length));
  return tableBytes({
    columns,
    rows: kept.map((record) => columns.map((name) => cellOf(record[name]))),
    moreRows: records.length - kept.length,
    moreColumns: names.size - columns.length,
  });
}

/** A table that stands column by column. */
export function tableOfColumns(names: readonly Value[], columns: readonly (readonly Value[])[]): ShapedBytes {
  const kept = columns.slice(0, formBounds.columns);
  const height = columns.reduce((most, { length }) => Math.max(most, length), 0);
  const rows = Math.min(height, mostRows(kept.length));
  return tableBytes({
    columns: kept.map((_, i) => String(plainCell(names[i] ?? ''))),
    rows: Array.from({ length: rows }, (_, row) => kept.map((column) => plainCell(column[row]))),
    moreRows: height - rows,
    moreColumns: columns.length - kept.length,
  });
}

const mostRows = (columns: number): number => Math.floor(formBounds.cells / Math.max(1, columns));

/** A confusion matrix of triples: actual class, predicted class, count. Classes in the order in which they turn up, as actual ones first. */
export function confusionOf(triples: readonly (readonly [string, string, number])[], note?: string): ShapedBytes {
  const labels = [...new Set([...triples.map(([actual]) => actual), ...triples.map(([, predicted]) => predicted)])];
  const places = new Map(labels.map((label, i) => [label, i]));
  // Sparse: a stranger may name a million classes, of which only the first are kept.
  const rows = new Map<number, Record<number, number>>();
  for (const [actual, predicted, count] of triples) {
    const row = rows.get(places.get(actual) as number) ?? {};
    rows.set(places.get(actual) as number, row);
    const column = places.get(predicted) as number;
    row[column] = (row[column] ?? 0) + count;
  }
  const most = Math.min(labels.length, 1000);
  const counts = Array.from({ length: most }, (_, row) => Array.from({ length: most }, (_, column) => rows.get(row)?.[column] ?? 0));
  return { ...confusionBytes({ labels, counts, ...(note === undefined ? {} : { note }) }), form: 'confusion' };
}

/** Lines of triples: name of the line, x, y. */
export function curveOf(x: string, y: string, triples: readonly (readonly [string, number, number])[]): ShapedBytes {
  const lines = new Map<string, { readonly name: string; readonly x: number[]; readonly y: number[] }>();
  for (const [name, atX, atY] of triples) {
    const line = lines.get(name) ?? { name, x: [], y: [] };
    lines.set(name, line);
    line.x.push(atX);
    line.y.push(atY);
  }
  return { ...curveBytes({ x, y, lines: [...lines.values()] satisfies CurveLine[] }), form: 'curve' };
}
