// Finds out how a delimited text file is written: delimiter, decimal sign, header, names of the columns.

import { isPointer } from './lfs';
import { parseNumber } from './numbers';
import { decodeUtf8, withLineFeeds, withoutHoles } from './text';

/** `' '` stands for runs of blanks and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | ' ';

export interface Dialect {
  readonly delimiter: Delimiter;
  readonly decimal: '.' | ',';
  /** What stands between groups of three digits, where some cell shows it beyond doubt; '' where none does. */
  readonly thousands: '' | ',' | '.' | "'" | ' ';
  /** Trimmed, unique (`a`, `a.1`); '' for an unnamed column such as an index that pandas wrote. */
  readonly columns: readonly string[];
  /** False where the first row is data already and names are made up. */
  readonly named: boolean;
  /** The header line as written, to know it again where a restart repeats it. */
  readonly header: string;
  /** The header is no UTF-8: the file is read as Windows-1252, as Excel writes it in the West. */
  readonly latin: boolean;
  /** Number of the first line of data, from 1. */
  readonly dataLine: number;
  /** Rows of data that the head holds, at most 400. */
  readonly sample: readonly (readonly string[])[];
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
const sampleRows = 400;
const scoredRows = 50;
/** A cell or row of this length and no end is not a table. */
const maxColumns = 20_000;

/** Cells that say "no value here". `nan` is a value: the tracker wrote it. */
export const isMissing = (cell: string): boolean => /^(?:|-{1,3}|#?n\/a|na|null|none|nat|<na>)$/i.test(cell);

/** How numbers are written in a table. */
export type NumberStyle = Pick<Dialect, 'decimal' | 'thousands'>;

/** Groups of three digits, whatever stands between them: one blank (also one that does not break), a comma, a dot or an apostrophe. */
const grouped = /^[+-]?\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;

/** The number in a cell, or null where it holds text. Commas and groups of digits count as the table writes them. */
export function cellNumber(cell: string, { decimal, thousands }: NumberStyle): number | null {
  const mark = thousands === '' ? undefined : grouped.exec(cell)?.[1];
  const plain = mark !== undefined && separatorOf(mark) === thousands ? cell.replaceAll(mark, '') : cell;
  return parseNumber(decimal === ',' && !plain.includes('.') ? plain.replace(',', '.') : plain);
}

const separatorOf = (mark: string): NumberStyle['thousands'] =>
  mark === '’' ? "'" : mark === '\u00a0' || mark === '\u202f' ? ' ' : (mark as "'" | ' ' | ',' | '.');

const dateLike = /^\s*\d{1,4}\.\d{1,2}\.\d{2,4}(?:\D|$)/;
/** No number is longer, and to look for one in a longer text takes ever longer. */
const longestNumber = 400;
/** A number in some way of writing. */
const numberLike = /^[+-]?[\d'’ \u00a0\u202f]*\d(?:[.,'’ \u00a0\u202f]\d+)*(?:[eE][+-]?\d+)?$/;

/**
 * How numbers are written. `1,234` may be one or a thousand, and `512 256` two layers: only a cell that cannot be anything else
 * (`1,234.5`, `1'234`, blanks that do not break) tells what stands between groups. Without one such cells stay text, and are told.
 */
function numberStyle(cells: readonly string[], delimiter: Delimiter): NumberStyle {
  const numeric = cells.map((cell) => cell.trim()).filter((cell) => cell.length <= longestNumber && numberLike.test(cell) && !dateLike.test(cell));
  let thousands: NumberStyle['thousands'] = '';
  for (const cell of numeric) {
    const mark = grouped.exec(cell)?.[1];
    const sign = /[.,](?=\d+$)/.exec(cell)?.[0];
    if (mark === undefined) continue;
    const both = sign !== undefined && sign !== mark;
    if (!both && /[., ]/.test(mark)) continue;
    thousands = separatorOf(mark);
    if (both) return { decimal: sign === ',' ? ',' : '.', thousands };
  }
  if (cells.some((cell) => /\d\.\d/.test(cell) && !dateLike.test(cell))) return { decimal: '.', thousands };
  // Between commas that divide cells, `"0,1"` may be a list of two: so many decimals are none.
  const comma = delimiter === ',' ? /^[+-]?0,\d{4,}$/ : /^[+-]?[\d'’\u00a0\u202f]*,\d+(?:[eE][+-]?\d+)?$/;
  return { decimal: numeric.some((cell) => comma.test(cell)) ? ',' : '.', thousands };
}

/**
 * Looks at the first bytes of a file.
 * @param whole the bytes are the whole file
 * @returns null where it is no table: binary, empty, a pointer of Git LFS, or rows that agree on nothing
 */
export function sniffDialect(head: Uint8Array, whole: boolean): Dialect | null {
  if (isPointer(head)) return null;
  const { text: raw, latin } = decoded(head);
  const text = withoutHoles(raw);
  if (text === null) return null;
  // A last line without a line feed may be cut: it is no sample, unless there is nothing else.
  const feed = text.lastIndexOf('\n');
  const end = whole && text.indexOf('\n') === feed ? text.length : feed;
  const body = text.slice(0, end < 0 ? text.length : end);
  const best = [...delimiters, ' ' as const].map((delimiter) => scored(body, delimiter)).reduce((a, b) => (b.score > a.score ? b : a));
  const delimiter = best.score > 0 ? best.delimiter : ',';
  const records = withoutPreamble(splitRecords(body, delimiter, sampleRows).filter((record) => !isSkipped(record)));
  const first = records[0];
  if (!first || first.cells.length > maxColumns) return null;
  return { ...dialectOf(records, delimiter, commentHeader(body, delimiter, first, best.score)), latin };
}

/** Lines of prose above a header are no part of the table: a title, or what a script printed first. */
function withoutPreamble(records: readonly CsvRecord[]): readonly CsvRecord[] {
  const start = records.findIndex(({ cells }) => cells.length > 1);
  const isHeader = records[start]?.cells.every((cell) => cell.trim() !== '' && parseNumber(cell) === null) ?? false;
  return start > 0 && isHeader ? records.slice(start) : records;
}

function decoded(head: Uint8Array): { readonly text: string; readonly latin: boolean } {
  const decoded = decodeUtf8(head);
  const latin = decoded.latin || (decoded.bad && decoded.text.slice(0, decoded.text.indexOf('\n')).includes('\uFFFD'));
  return { text: withLineFeeds(latin && !decoded.latin ? new TextDecoder('windows-1252').decode(head) : decoded.text), latin };
}

interface Scored {
  readonly delimiter: Delimiter;
  readonly score: number;
}

/** Share of rows that have as many cells as most rows, with a small bonus for more columns; 0 where there is one column. */
function scored(text: string, delimiter: Delimiter): Scored {
  const records = splitRecords(text, delimiter, scoredRows).filter((record) => !isSkipped(record));
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [columns, agreeing] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  if (columns < 2) return { delimiter, score: 0 };
  // A header with one cell where rows have many is the sign of the wrong delimiter: decimal commas.
  const header = records[0]?.cells.length ?? 0;
  const fits = header === columns || header === columns - 1 ? 1 : 0.3;
  const blanks = delimiter === ' ' ? 0.4 : 1;
  return { delimiter, score: (agreeing / records.length) * fits * blanks + Math.min(columns, 100) * 1e-4 };
}

function dialectOf(records: readonly CsvRecord[], delimiter: Delimiter, commented: CsvRecord | null): Omit<Dialect, 'latin'> {
  const header = commented ?? records[0]!;
  const data = commented ? records : records.slice(1);
  const cells = data.slice(0, scoredRows).flatMap((record) => record.cells);
  const style = numberStyle(cells, delimiter);
  const named =
    commented !== null ||
    !header.cells.every((cell) => isMissing(cell.trim()) || cellNumber(cell, style) !== null) ||
    !header.cells.some((cell) => cell.trim());
  const rows = named ? data : records;
  const width = rows.length === 0 ? header.cells.length : Math.max(...rows.slice(0, scoredRows).map((record) => record.cells.length));
  const names = named ? header.cells.map((cell) => cell.trim()) : header.cells.map((_, at) => `column ${at + 1}`);
  // R writes row names without a header for them; a delimiter at the end of lines makes an empty last column.
  if (named && names.length === width - 1 && rows.every((record) => record.cells.length !== names.length)) {
    const trailing = rows.every((record) => (record.cells[width - 1] ?? '').trim() === '');
    if (!trailing) names.unshift('');
  } else if (names.length > 1 && names.at(-1) === '' && rows.every((record) => (record.cells[names.length - 1] ?? '').trim() === '')) names.pop();
  return {
    delimiter,
    ...style,
    columns: unique(names),
    named,
    header: named ? header.text : '',
    dataLine: named && !commented ? header.line + header.lines : (rows[0]?.line ?? header.line + 1),
    sample: rows.map((record) => record.cells.map((cell) => cell.trim())),
  };
}

/** numpy.savetxt writes its header behind a `#`: the last comment before all-numeric rows, where it has as many names. */
function commentHeader(text: string, delimiter: Delimiter, first: CsvRecord, score: number): CsvRecord | null {
  if (score === 0 || !first.cells.every((cell) => parseNumber(cell) !== null)) return null;
  const before = text.split('\n', first.line - 1).filter((line) => line.startsWith('#'));
  const last = before.at(-1)?.replace(/^#+\s*/, '');
  const record = last === undefined ? undefined : splitRecords(last, delimiter, 1)[0];
  return record?.cells.length === first.cells.length && record.cells.every((cell) => parseNumber(cell) === null) ? record : null;
}

function unique(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let count = 1; free !== '' && seen.has(free); count++) free = `${name}.${count}`;
    seen.add(free);
    return free;
  });
}

/** One row of a delimited file before it is understood. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly text: string;
  /** Its first line, from 1, and how many lines it takes (quoted cells may hold line feeds). */
  readonly line: number;
  readonly lines: number;
  /** Index behind its line feed. */
  readonly end: number;
  /** It ended with a line feed; a quoted cell that never closes has none. */
  readonly closed: boolean;
}

/** Blank lines, comments and the `sep=;` that Excel wants to see first are no rows. */
export const isSkipped = ({ text }: { readonly text: string }): boolean =>
  text === '' || text.startsWith('#') || text.trim() === '' || (text.length === 5 && /^sep=.$/i.test(text));

/**
 * Splits text into records by the rules of RFC 4180, tolerantly: a quote inside an unquoted cell is text.
 * @param limit stop after so many records
 * @param line number of the first line
 */
export function splitRecords(text: string, delimiter: Delimiter, limit: number, line = 1): CsvRecord[] {
  const records: CsvRecord[] = [];
  let next = line;
  for (let at = 0; at < text.length && records.length < limit; ) {
    const record = delimiter === ' ' ? blankRecord(text, at, next) : nextRecord(text, at, next, delimiter);
    records.push(record);
    at = record.end;
    next += record.lines;
  }
  return records;
}

function blankRecord(text: string, start: number, line: number): CsvRecord {
  const feed = text.indexOf('\n', start);
  const whole = text.slice(start, feed < 0 ? text.length : feed).trim();
  return {
    cells: (whole.match(/"[^"]*"|\S+/g) ?? []).map((text) => text.replace(/^"(.*)"$/, '$1')),
    text: whole,
    line,
    lines: 1,
    end: feed < 0 ? text.length : feed + 1,
    closed: feed >= 0,
  };
}

function nextRecord(text: string, start: number, line: number, delimiter: string): CsvRecord {
  const feed = text.indexOf('\n', start);
  const stop = feed < 0 ? text.length : feed;
  const plain = text.slice(start, text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop);
  if (!plain.includes('"')) return { cells: plain.split(delimiter), text: plain, line, lines: 1, end: feed < 0 ? text.length : feed + 1, closed: feed >= 0 };

  const cells: string[] = [];
  let at = start;
  for (;;) {
    let cell = '';
    while (text[at] === ' ' && delimiter !== ' ') at++;
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1);
      for (at++; close >= 0 && text[close + 1] === '"'; close = text.indexOf('"', at)) {
        cell += text.slice(at, close + 1);
        at = close + 2;
      }
      if (close < 0) return { cells, text: plain, line, lines: 1, end: feed < 0 ? text.length : feed + 1, closed: false };
      cell += text.slice(at, close);
      at = close + 1;
    }
    const next = text.indexOf(delimiter, at);
    const end = text.indexOf('\n', at);
    const until = next >= 0 && (end < 0 || next < end) ? next : end < 0 ? text.length : end;
    cells.push((cell + text.slice(at, until)).replace(/\r$/, ''));
    at = until + 1;
    if (until !== next || until === text.length) break;
  }
  const whole = text.slice(start, Math.min(at - 1, text.length)).replace(/\r$/, '');
  return { cells, text: whole, line, lines: 1 + (whole.match(/\n/g)?.length ?? 0), end: Math.min(at, text.length), closed: at <= text.length };
}
