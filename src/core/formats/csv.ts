// Reads delimited text in typed columns: numbers by a byte-level fast path, quoted and odd rows by the general one.

import { joinBytes } from './bytes';
import { type CsvRecord, cellNumber, type Dialect, isMissing, isSkipped, splitRecords } from './csv-dialect';
import { parseDecimal } from './decimal';
import { decidingBytes, type Encoding, encodingOf, endsWithCr } from './text';

export { cellNumber, type Dialect, isMissing, type NumberStyle, sniffDialect } from './csv-dialect';

/** What a cell holds. */
export const cell = { missing: 0, number: 1, text: 2 } as const;

/** One column of some rows; its arrays are empty where none of them has a cell in it. */
export interface Column {
  /** One of {@link cell} per row. */
  readonly kinds: Uint8Array;
  /** The numbers; NaN where the cell is missing or text. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** The text of text cells (of all cells, for columns that were asked for as text). */
  readonly texts: ReadonlyMap<number, string>;
}

/** Some rows that follow each other. */
export interface TableSlice {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Line of each row, from 1. */
  readonly lines: Float64Array;
  /** Rows before which the header stood again: a restarted writer appended to its old file. */
  readonly restarts: readonly number[];
  /** Lines with fewer cells than columns, or with a quote that never closes. */
  readonly short: readonly number[];
  /** Lines with NUL bytes, which a crash leaves of blocks that were never written; they were read without. */
  readonly holes: readonly number[];
  /** The line that the file ends with, where it has no line feed: it may have been cut and is not among the rows. */
  readonly cut: { readonly line: number; readonly cells: readonly string[] } | null;
}

/** Longest record; a quote that is open for longer is taken for plain text. */
const maxRecordBytes = 4 * 1024 * 1024;
const lineFeed = 10;
const quote = 0x22;
const hash = 0x23;

/**
 * Reads a table in slices of rows.
 * @param pieces the file's bytes from its start, in any pieces
 * @param asText columns whose cells are wanted as text even where they look like numbers (names of runs)
 * @param isWhole judges a last line without a line feed: true takes it for a row
 */
export async function* readTable(
  pieces: AsyncIterable<Uint8Array>,
  dialect: Dialect,
  asText: ReadonlySet<number>,
  isWhole: (cells: readonly string[]) => boolean = () => false,
): AsyncGenerator<TableSlice> {
  const reader = new TableReader(dialect, asText);
  for await (const piece of pieces) yield* reader.push(piece);
  yield* reader.finish(isWhole);
}

/** A table on its way: takes its bytes in pieces and gives rows, as many as are whole. */
export class TableReader {
  private rest: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly dialect: Dialect,
    private readonly asText: ReadonlySet<number>,
    private readonly table = new Table(dialect, asText),
    private readonly utf8 = new Utf8Pieces(dialect.latin),
  ) {}

  /** The next piece of the file. It may lie in a buffer that is used again. */
  *push(piece: Uint8Array): Generator<TableSlice> {
    const decoded = this.utf8.push(piece);
    if (decoded) yield* this.take(decoded);
  }

  private *take(piece: Uint8Array): Generator<TableSlice> {
    const { table, rest } = this;
    const bytes = rest.length === 0 ? piece : joinBytes([rest, piece]);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    let at = 0;
    for (let used = -1; used !== 0 && at < end; at += used) {
      used = table.read(bytes.subarray(at, end), rest.length > maxRecordBytes);
      if (table.rows > 0) yield table.take(null);
    }
    this.rest = bytes.slice(at);
    if (end === 0 && this.rest.length > maxRecordBytes) {
      table.skipLine();
      this.rest = new Uint8Array(0);
    }
  }

  /** The same table read as far, which can be finished while this one is read on. For UTF-8 and Windows-1252. */
  fork(): TableReader {
    const fork = new TableReader(this.dialect, this.asText, this.table.fork(), this.utf8.fork());
    fork.rest = this.rest;
    return fork;
  }

  /** What is left when the file is at its end. */
  *finish(isWhole: (cells: readonly string[]) => boolean): Generator<TableSlice> {
    const start = this.utf8.end();
    if (start) yield* this.take(start);
    const { table, rest, dialect } = this;
    const last = splitRecords(new TextDecoder().decode(rest.subarray(rest.lastIndexOf(lineFeed) + 1)), dialect.delimiter, 1)[0];
    const open = last && !isSkipped(last) ? last.cells.map((text) => text.trim()) : null;
    const whole = open !== null && isWhole(open);
    const tail = whole ? joinBytes([rest, new Uint8Array([lineFeed])]) : rest.subarray(0, rest.lastIndexOf(lineFeed) + 1);
    for (let at = 0; at < tail.length; ) {
      at += table.read(tail.subarray(at), true);
      if (at < tail.length && table.rows > 0) yield table.take(null);
    }
    const cut = open && !whole && table.line >= dialect.dataLine ? { line: table.line, cells: open } : null;
    if (table.rows > 0 || cut || table.troubled) yield table.take(cut);
  }
}

class Table {
  /** Line that is read next, from 1. */
  line = 1;
  rows = 0;
  private skipping = false;
  private columns: Builder[] = [];
  private lines: Float64Array = new Float64Array(0);
  private restarts: number[] = [];
  private short: number[] = [];
  private holes: number[] = [];
  private readonly point: number;
  private readonly delimiter: number;
  private readonly header: Uint8Array;
  /** Rows of one slice: what many columns and many short rows can ask for stays bounded. */
  private readonly maxRows: number;

  constructor(
    private readonly dialect: Dialect,
    private readonly asText: ReadonlySet<number>,
  ) {
    this.point = dialect.decimal.charCodeAt(0);
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.header = new TextEncoder().encode(dialect.header);
    this.maxRows = Math.max(1024, Math.min(65_536, Math.floor(2 ** 22 / dialect.columns.length)));
  }

  /** A table that has read as far as this one. To be asked for when all rows have been taken. */
  fork(): Table {
    const fork = new Table(this.dialect, this.asText);
    fork.line = this.line;
    fork.skipping = this.skipping;
    fork.restarts = [...this.restarts];
    fork.short = [...this.short];
    fork.holes = [...this.holes];
    return fork;
  }

  get troubled(): boolean {
    return this.short.length > 0 || this.restarts.length > 0 || this.holes.length > 0;
  }

  /**
   * Reads whole lines, as many as one slice of rows may have.
   * @returns how many bytes were used; 0 where a record with an open quote waits for more, which it does not if `final`
   */
  read(bytes: Uint8Array, final: boolean): number {
    let count = 0;
    let end = 0;
    for (let feed = bytes.indexOf(lineFeed); feed >= 0 && count < this.maxRows; feed = bytes.indexOf(lineFeed, end)) {
      count++;
      end = feed + 1;
    }
    this.reserve(count);
    const skipped = this.skipping ? bytes.indexOf(lineFeed) + 1 : 0;
    if (this.skipping) this.short.push(this.line++);
    this.skipping = false;
    const lines = bytes.subarray(skipped, end);
    if (!lines.includes(quote) && this.dialect.delimiter !== ' ') return skipped + this.readLines(lines);
    // A quoted cell may go on behind the lines that were counted.
    const used = this.readText(lines, final && end === bytes.length);
    return skipped + (used > 0 || end === bytes.length ? used : this.readText(bytes.subarray(skipped), final));
  }

  private readLines(bytes: Uint8Array): number {
    for (let at = 0; at < bytes.length; this.line++) {
      const feed = bytes.indexOf(lineFeed, at);
      let end = feed;
      if (end > at && bytes[end - 1] === 13) end--;
      if (this.line >= this.dialect.dataLine && bytes[at] !== hash && !blank(bytes, at, end)) {
        if (this.isHeader(bytes, at, end)) this.restarts.push(this.rows);
        else this.readLine(bytes, at, end);
      }
      at = feed + 1;
    }
    return bytes.length;
  }

  /** Leaves out the line under way: it is too long for a row. */
  skipLine(): void {
    this.skipping = true;
  }

  take(cut: TableSlice['cut']): TableSlice {
    if (this.columns.length === 0) this.reserve(0);
    const { rows, restarts, short, holes } = this;
    const slice = { rows, columns: this.columns.map((column) => column.take(rows)), lines: this.lines.subarray(0, rows), restarts, short, holes, cut };
    this.rows = 0;
    this.columns = [];
    this.restarts = [];
    this.short = [];
    this.holes = [];
    return slice;
  }

  private reserve(count: number): void {
    this.columns = this.dialect.columns.map(() => new Builder(count));
    this.lines = new Float64Array(count);
  }

  /** One line without quotes, from its bytes. */
  private readLine(bytes: Uint8Array, start: number, end: number): void {
    const { columns, delimiter, point, rows: row } = this;
    let at = start;
    for (let index = 0; index < columns.length; index++) {
      if (at > end) {
        this.short.push(this.line);
        break;
      }
      let stop = at;
      while (stop < end && bytes[stop] !== delimiter) stop++;
      const column = columns[index]!;
      const value = stop > at && !this.asText.has(index) ? parseDecimal(bytes, at, stop, point) : Number.NaN;
      if (Number.isNaN(value)) this.cellText(column, index, row, latin(bytes, at, stop));
      else column.number(row, value);
      at = stop + 1;
    }
    this.lines[row] = this.line;
    this.rows = row + 1;
  }

  private readText(bytes: Uint8Array, final: boolean): number {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    let used = 0;
    for (let at = 0; at < text.length; ) {
      const record = splitRecords(text.slice(at), this.dialect.delimiter, 1, this.line)[0]!;
      if (!record.closed && !final) break;
      if (!record.closed) this.short.push(this.line);
      else if (record.line >= this.dialect.dataLine && !isSkipped(record)) this.record(record);
      at += record.end;
      used = at;
      this.line += record.lines;
    }
    return used === text.length ? bytes.length : new TextEncoder().encode(text.slice(0, used)).length;
  }

  private record(record: CsvRecord): void {
    if (this.dialect.named && record.text === this.dialect.header) {
      this.restarts.push(this.rows);
      return;
    }
    if (record.cells.length < this.columns.length) this.short.push(record.line);
    this.columns.forEach((column, index) => {
      const text = record.cells[index];
      if (text !== undefined) this.cellText(column, index, this.rows, text);
    });
    this.lines[this.rows++] = record.line;
  }

  private cellText(column: Builder, index: number, row: number, raw: string): void {
    const holed = raw.includes('\0');
    const text = holed ? raw.replaceAll('\0', '').trim() : raw.trim();
    if (holed && this.holes.at(-1) !== this.line) this.holes.push(this.line);
    if (this.asText.has(index)) {
      if (text !== '') column.text(row, text);
      return;
    }
    if (isMissing(text)) return;
    const value = cellNumber(text, this.dialect);
    if (value === null) column.text(row, text);
    else column.number(row, value);
  }

  private isHeader(bytes: Uint8Array, start: number, end: number): boolean {
    const { header } = this;
    if (!this.dialect.named || end - start !== header.length) return false;
    for (let at = 0; at < header.length; at++) if (bytes[start + at] !== header[at]) return false;
    return true;
  }
}

/** A column that takes memory only when its first cell comes. */
class Builder {
  private kinds = none.kinds;
  private numbers = none.numbers;
  private texts: Map<number, string> | null = null;
  constructor(private readonly rows: number) {}
  number(row: number, value: number): void {
    if (this.kinds.length === 0) this.start();
    this.kinds[row] = cell.number;
    this.numbers[row] = value;
  }
  text(row: number, text: string): void {
    if (this.kinds.length === 0) this.start();
    this.kinds[row] = cell.text;
    this.texts ??= new Map();
    this.texts.set(row, text);
  }
  take(rows: number): Column {
    if (this.kinds.length === 0) return none;
    return { kinds: this.kinds.subarray(0, rows), numbers: this.numbers.subarray(0, rows), texts: this.texts ?? none.texts };
  }
  private start(): void {
    this.kinds = new Uint8Array(this.rows);
    this.numbers = new Float64Array(this.rows).fill(Number.NaN);
  }
}

/** A column without a cell. */
const none = { kinds: new Uint8Array(0), numbers: new Float64Array(0), texts: new Map<number, string>() } as const;

function blank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0x20 && bytes[at] !== 9) return false;
  return true;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
function latin(bytes: Uint8Array, start: number, end: number): string {
  return end > start ? decoder.decode(bytes.subarray(start, end)) : '';
}

const carriageReturn = 13;

/** Removes the byte order mark, turns UTF-16 and Windows-1252 into UTF-8 and the line ends of old Macs into line feeds. */
class Utf8Pieces {
  private start: Uint8Array = new Uint8Array(0);
  private convert: ((bytes: Uint8Array) => Uint8Array) | null = null;

  constructor(private readonly latin: boolean) {}

  /** Null while too few bytes are there to know how the file is written. */
  push(piece: Uint8Array): Uint8Array | null {
    let bytes = piece;
    if (!this.convert) {
      this.start = joinBytes([this.start, piece]);
      if (this.start.length < decidingBytes && !this.start.includes(lineFeed)) return null;
      [this.convert, bytes] = converterFor(this.start, this.latin);
    }
    return this.convert(bytes);
  }

  end(): Uint8Array | null {
    if (this.convert || this.start.length === 0) return null;
    const [convert, bytes] = converterFor(this.start, this.latin);
    return convert(bytes);
  }

  fork(): Utf8Pieces {
    const fork = new Utf8Pieces(this.latin);
    fork.start = this.start;
    fork.convert = this.convert;
    return fork;
  }
}

function converterFor(start: Uint8Array, latin: boolean): [(bytes: Uint8Array) => Uint8Array, Uint8Array] {
  const { encoding, mark }: { encoding: Encoding; mark: number } = latin ? { encoding: 'utf-8', mark: 0 } : encodingOf(start);
  const decoder = latin || encoding !== 'utf-8' ? new TextDecoder(latin ? 'windows-1252' : encoding, { ignoreBOM: true }) : null;
  const encoded = (bytes: Uint8Array): Uint8Array => (decoder ? new TextEncoder().encode(decoder.decode(bytes, { stream: true })) : bytes);
  const oldMac = endsWithCr(new TextDecoder(encoding).decode(start.subarray(mark, decidingBytes)));
  const fed = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => (byte === carriageReturn ? lineFeed : byte));
  return [oldMac ? (bytes) => fed(encoded(bytes)) : encoded, start.subarray(mark)];
}
