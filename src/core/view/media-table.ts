// A logged table as a person looks at it: sorted by a column, its cells as text, and what was left out of it.

import type { MediaItem } from '../model/media';
import type { TableCell, TableMedia } from '../model/media-forms';
import { fullNumber, shortNumber } from './chart-numbers';
import { counted } from './format';
import { imageMime } from './preview';

export interface TableSort {
  /** Index of the column. */
  readonly column: number;
  readonly descending: boolean;
}

/** Indexes of rows as shown. Numbers go before texts, and what is missing comes last whichever way; ties keep their order. */
export function sortedRows({ rows }: TableMedia, sort: TableSort | null): Uint32Array {
  const order = Uint32Array.from(rows.keys());
  if (!sort) return order;
  const { column, descending } = sort;
  const cells = rows.map((row) => row[column] ?? null);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [left, right] = [cells[a] as TableCell, cells[b] as TableCell];
    const [absent, other] = [isAbsent(left), isAbsent(right)];
    if (absent || other) return Number(absent) - Number(other) || a - b;
    return sign * compared(left, right) || a - b;
  });
}

const isAbsent = (cell: TableCell): boolean => cell === null || (typeof cell === 'number' && Number.isNaN(cell));
const rank = (cell: TableCell): number => (typeof cell === 'number' || typeof cell === 'boolean' ? 0 : typeof cell === 'string' ? 1 : 2);

function compared(a: TableCell, b: TableCell): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (rank(a) === 0) return Number(a) < Number(b) ? -1 : Number(a) > Number(b) ? 1 : 0;
  const [left, right] = [cellText(a), cellText(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A cell at full precision; media by the path of its bytes. */
export function cellText(cell: TableCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return fullNumber(cell);
  return typeof cell === 'object' ? cell.content : String(cell);
}

/** A cell for a narrow column: numbers short, the rest as it is. */
export const shortCell = (cell: TableCell): string => (typeof cell === 'number' ? shortNumber(cell, 6) : cellText(cell));

/** Whether most of what a column holds are numbers: they stand at the right. */
export function isNumeric({ rows }: TableMedia, column: number): boolean {
  const some = rows.slice(0, 50).map((row) => row[column] ?? null);
  const there = some.filter((cell) => cell !== null);
  return there.length > 0 && there.filter((cell) => typeof cell === 'number').length * 2 > there.length;
}

export const holdsMedia = ({ rows }: TableMedia): boolean => rows.some((row) => row.some((cell) => typeof cell === 'object' && cell !== null));

/** The pictures of a column as items that can be walked, in the order of the rows shown; captions say the row. */
export function columnPictures({ rows }: TableMedia, order: Iterable<number>, column: number): readonly MediaItem[] {
  return [...order].flatMap((row, index): readonly MediaItem[] => {
    const cell = rows[row]?.[column] ?? null;
    if (typeof cell !== 'object' || cell === null || cell.form !== 'image') return [];
    const caption = `row ${index + 1}`;
    return [{ step: null, timeMs: null, index, form: 'image', type: imageMime(cell.content), content: cell.content, size: null, caption }];
  });
}

/** `1,000 rows, 5 columns; 200 more rows were left out`. */
export function tableNote({ rows, columns, moreRows, moreColumns }: TableMedia): string {
  const left = [...(moreRows ? [counted(moreRows, 'more row')] : []), ...(moreColumns ? [counted(moreColumns, 'more column')] : [])];
  return `${counted(rows.length, 'row')}, ${counted(columns.length, 'column')}${left.length > 0 ? `; ${left.join(' and ')} left out at import` : ''}`;
}

/** As a spreadsheet takes it, at full precision, in the order shown. */
export const tableTsv = (table: TableMedia, order: Iterable<number>): string =>
  [table.columns, ...[...order].map((at) => (table.rows[at] ?? []).map(cellText))]
    .map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]/g, ' ')).join('\t'))
    .join('\n');
