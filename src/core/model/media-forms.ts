// The JSON in which tables, histograms, confusion matrices and curves are kept: written by readers within bounds, read by whoever shows them.

import { fromLosslessJson, toLosslessJson } from '../base/lossless';
import { type MediaForm, mediaForms } from './media';

/** A cell that is media itself: the path of its bytes among the run's contents, which may not have been kept. */
export interface MediaCell {
  readonly content: string;
  readonly form: MediaForm;
}
export type TableCell = string | number | boolean | null | MediaCell;

export interface TableMedia {
  readonly columns: readonly string[];
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly TableCell[])[];
  /** Rows that follow and were left out, and columns likewise. */
  readonly moreRows?: number;
  readonly moreColumns?: number;
}

export interface HistogramMedia {
  /** Ascending; one more than there are counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface ConfusionMedia {
  readonly labels: readonly string[];
  /** Row: the actual class, column: the predicted one. */
  readonly counts: readonly (readonly number[])[];
  /** Where it comes from, or what was done to get it. */
  readonly note?: string;
}

/** Lines over a common axis: precision over recall, true over false positives. */
export interface CurveMedia {
  readonly x: string;
  readonly y: string;
  readonly lines: readonly CurveLine[];
}
export interface CurveLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Bounds on one item: what a page can show and a store can hold. */
export const formBounds = { cells: 250_000, columns: 1000, cellText: 20_000, bins: 4096, labels: 500, lines: 1000, curvePoints: 100_000 } as const;

/** A form as bytes; `cut` where bounds made it less than what was logged. */
export interface FormBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly cut: boolean;
}

const utf8 = new TextEncoder();
const written = (form: unknown, cut: boolean): FormBytes => ({ bytes: utf8.encode(toLosslessJson(form)), cut });

/** The first columns and rows, as many as the bounds allow; rows are filled up or cut to the columns. */
export function tableBytes({ columns, rows, moreRows = 0, moreColumns = 0 }: TableMedia): FormBytes {
  const width = Math.min(columns.length, formBounds.columns);
  const most = Math.floor(formBounds.cells / Math.max(1, width));
  let cutTexts = false;
  const cell = (value: TableCell | undefined): TableCell => {
    if (typeof value !== 'string' || value.length <= formBounds.cellText) return value ?? null;
    cutTexts = true;
    return `${value.slice(0, formBounds.cellText)}…`;
  };
  const kept = rows.slice(0, most).map((row) => Array.from({ length: width }, (_, i) => cell(row[i])));
  const left = { rows: rows.length - kept.length + moreRows, columns: columns.length - width + moreColumns };
  const table: TableMedia = {
    columns: columns.slice(0, width),
    rows: kept,
    ...(left.rows > 0 ? { moreRows: left.rows } : {}),
    ...(left.columns > 0 ? { moreColumns: left.columns } : {}),
  };
  return written(table, cutTexts || left.rows > 0 || left.columns > 0);
}

/** Neighbouring bins are put together until there are few enough: counts stay exact. */
export function histogramBytes({ edges, counts }: HistogramMedia): FormBytes {
  const together = Math.ceil(counts.length / formBounds.bins);
  if (together <= 1) return written({ edges, counts }, false);
  const starts = Array.from({ length: Math.ceil(counts.length / together) }, (_, i) => i * together);
  const sum = (start: number) => counts.slice(start, start + together).reduce((total, count) => total + count, 0);
  return written({ edges: [...starts.map((start) => edges[start]), edges[counts.length]], counts: starts.map(sum) }, true);
}

/** The first labels, as many as the bounds allow. */
export function confusionBytes({ labels, counts, note }: ConfusionMedia): FormBytes {
  const size = Math.min(labels.length, formBounds.labels);
  const kept = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => counts[row]?.[column] ?? 0));
  return written({ labels: labels.slice(0, size), counts: kept, ...(note === undefined ? {} : { note }) }, size < labels.length);
}

/** Every k-th point of every line and its last, with k so that the bounds hold. */
export function curveBytes({ x, y, lines }: CurveMedia): FormBytes {
  const kept = lines.slice(0, formBounds.lines);
  const every = Math.ceil(kept.reduce((sum, line) => sum + line.x.length, 0) / formBounds.curvePoints);
  const thinned = (column: readonly number[]) => (every <= 1 ? column : column.filter((_, i) => i % every === 0 || i === column.length - 1));
  return written({ x, y, lines: kept.map((line) => ({ name: line.name, x: thinned(line.x), y: thinned(line.y) })) }, every > 1 || kept.length < lines.length);
}

/** Paths of the contents that a table's cells are, each once. */
export const contentsOfTable = (table: TableMedia | null): string[] => [
  ...new Set((table?.rows ?? []).flat().flatMap((cell) => (typeof cell === 'object' && cell !== null ? [cell.content] : []))),
];

// Reading: bytes may come out of a stranger's bundle, so nothing is taken on trust. Null where they hold no such form.

export const parseTable = (bytes: Uint8Array): TableMedia | null => parsed(bytes, asTable);
export const parseHistogram = (bytes: Uint8Array): HistogramMedia | null => parsed(bytes, asHistogram);
export const parseConfusion = (bytes: Uint8Array): ConfusionMedia | null => parsed(bytes, asConfusion);
export const parseCurve = (bytes: Uint8Array): CurveMedia | null => parsed(bytes, asCurve);

type Members = Readonly<Record<string, unknown>>;

function parsed<T>(bytes: Uint8Array, as: (value: Members) => T | null): T | null {
  try {
    const value = fromLosslessJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isMembers(value) ? as(value) : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

function asTable({ columns, rows, moreRows, moreColumns }: Members): TableMedia | null {
  const isRow = (row: unknown): row is TableCell[] => isListOf(row, isCell) && row.length === (columns as readonly unknown[]).length;
  if (!isListOf(columns, isText) || !isListOf(rows, isRow)) return null;
  return { columns, rows, ...(isNumber(moreRows) ? { moreRows } : {}), ...(isNumber(moreColumns) ? { moreColumns } : {}) };
}

function asHistogram({ edges, counts }: Members): HistogramMedia | null {
  return isListOf(edges, isNumber) && isListOf(counts, isNumber) && edges.length === counts.length + 1 ? { edges, counts } : null;
}

function asConfusion({ labels, counts, note }: Members): ConfusionMedia | null {
  if (!isListOf(labels, isText) || !Array.isArray(counts) || counts.length !== labels.length) return null;
  if (!counts.every((row) => isListOf(row, isNumber) && row.length === labels.length)) return null;
  return { labels, counts, ...(isText(note) ? { note } : {}) };
}

function asCurve({ x, y, lines }: Members): CurveMedia | null {
  if (!isText(x) || !isText(y) || !isListOf(lines, isLine)) return null;
  return { x, y, lines };
}

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isListOf = <T>(value: unknown, is: (item: unknown) => item is T): value is T[] => Array.isArray(value) && value.every(is);
const isForm = (value: unknown): value is MediaForm => (mediaForms as readonly unknown[]).includes(value);

function isCell(value: unknown): value is TableCell {
  if (isMembers(value)) return isText(value.content) && isForm(value.form);
  return value === null || isText(value) || isNumber(value) || typeof value === 'boolean';
}

function isLine(value: unknown): value is CurveLine {
  return isMembers(value) && isText(value.name) && isListOf(value.x, isNumber) && isListOf(value.y, isNumber) && value.x.length === value.y.length;
}
