// CSV for spreadsheets and data frames (RFC 4180), with numbers that read back the same.
import { csvText } from '../core/base/csv-text';

/** A cell: text by `csvText`, which a spreadsheet does not run; numbers with every digit. */
export function csvCell(value: string | number | boolean | bigint | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : String(value);
  return typeof value === 'string' ? csvText(value) : String(value);
}

export const csvRow = (cells: readonly Parameters<typeof csvCell>[0][]): string => `${cells.map(csvCell).join(',')}\n`;

/** The points of a series as rows, in blocks so that a long one needs no huge text; columns that were not logged are left out or null. */
export function* pointRows(columns: readonly (Float64Array | null)[], count: number, prefix = ''): Generator<string> {
  const block = 10_000;
  for (let from = 0; from < count; from += block) {
    const rows: string[] = [];
    for (let i = from; i < Math.min(from + block, count); i++) rows.push(`${prefix}${columns.map((column) => pointCell(column, i)).join(',')}\n`);
    yield rows.join('');
  }
}

const pointCell = (column: Float64Array | null, i: number): string => (column ? csvCell(column[i] as number) : '');
