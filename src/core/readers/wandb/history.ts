// Turns history rows and system statistics into series, and counts media.

import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { textOf, WireFields, wire } from '../../formats/protobuf';
import type { Value } from '../../model/values';
import { type SeriesColumns, SeriesSet } from './columns';
import { anyItem, ItemCursor, KeyTable } from './key-table';
import type { LoggedMedia } from './media';
import { Numeral } from './numeral';
import { type Prefix, type RowObject, RowParts } from './row-media';

const historyField = { item: 1, step: 2 } as const;
const statsField = { timestamp: 2, item: 3 } as const;
const quote = 0x22;
const brace = 0x7b;

type Role = 'value' | 'step' | 'timestamp' | 'internal';

/** A key of history rows. */
interface HistoryKey {
  readonly path: readonly string[];
  readonly role: Role;
  /** Its last part is `_type`: all keys under the same prefix are parts of one media object. */
  readonly isType: boolean;
  readonly prefixes: readonly Prefix[];
  series: SeriesColumns | null;
}

export interface MediaCount {
  readonly kind: string;
  count: number;
}

export class History {
  readonly series = new SeriesSet();
  readonly media = new Map<string, MediaCount>();
  rows = 0;
  /** Values that are no JSON. */
  badValues = 0;
  /** Steps that float64 cannot hold; the points are kept. */
  hugeSteps = 0;
  /** Milliseconds since the epoch of the last row or statistic; NaN where there is none. */
  lastMs = Number.NaN;

  /** Media objects since the last call of `drainMedia`. */
  private objects: LoggedMedia[] = [];
  /** Values of the row below a prefix that may turn out to be a media object. */
  private readonly parts = new RowParts();
  private readonly rowObjects: RowObject[] = [];

  private readonly prefixes = new Map<string, Prefix>();
  private readonly keys: KeyTable<HistoryKey>;
  private readonly statsKeys: KeyTable<SeriesColumns>;
  private readonly fields = new WireFields();
  private readonly inner = new WireFields();
  private readonly cursor = new ItemCursor();
  private readonly numeral = new Numeral();

  private readonly row = new Row<HistoryKey>();
  private step = Number.NaN;
  private stepDigits: string | null = null;
  private time = Number.NaN;
  private holdsMedia = false;

  /**
   * @param mostSeries limit on the number of keys
   * @param keepMedia whether media objects are wanted, not only their counts
   */
  constructor(
    mostSeries: number,
    private readonly keepMedia = false,
  ) {
    this.keys = new KeyTable((path) => this.makeKey(path), mostSeries);
    this.statsKeys = new KeyTable((path) => this.series.of(`system.${path.join('.')}`, true), mostSeries);
  }

  /** Media objects that were logged, in their order. */
  drainMedia(): readonly LoggedMedia[] {
    const { objects } = this;
    this.objects = [];
    return objects;
  }

  /** Keys beyond the limit, which were left out. */
  get refused(): number {
    return this.keys.refused + this.statsKeys.refused;
  }

  /** Takes a HistoryRecord. @throws malformed */
  record(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    this.beginRow();
    const { fields } = this;
    let stepField = Number.NaN;
    for (fields.open(bytes, view, start, end); fields.next(); ) {
      if (fields.is(historyField.item, wire.bytes)) this.item(bytes, view, fields.start, fields.end);
      else if (fields.is(historyField.step, wire.bytes)) {
        for (this.inner.inside(fields); this.inner.next(); ) if (this.inner.is(1, wire.varint)) stepField = this.inner.int64;
      }
    }
    if (Number.isNaN(this.step)) this.step = stepField;
    if (this.keepMedia && this.holdsMedia) this.rowObjects.push(...this.parts.objects(bytes, this.rows));
    this.endRow();
  }

  /** Takes a row that is one JSON object, as versions up to 0.9 wrote them. */
  object(row: { readonly [key: string]: Value }): void {
    this.beginRow();
    for (const [name, value] of Object.entries(row)) {
      const key = this.keys.ofPath([name]);
      if (key.role === 'step' && typeof value === 'number') this.step = value;
      else if (key.role === 'timestamp' && typeof value === 'number') this.time = value * 1000;
      else if (key.role === 'value') this.walk(key, value);
    }
    this.endRow();
  }

  /** Takes a StatsRecord. @throws malformed */
  stats(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const { fields, cursor, numeral } = this;
    let time = Number.NaN;
    for (fields.open(bytes, view, start, end); fields.next(); ) if (fields.is(statsField.timestamp, wire.bytes)) time = timestampMs(this.inner.inside(fields));
    for (fields.open(bytes, view, start, end); fields.next(); ) {
      if (!fields.is(statsField.item, wire.bytes)) continue;
      const series = cursor.split(bytes, fields.start, fields.end)
        ? this.statsKeys.of(bytes, fields.start, cursor.keyEnd)
        : this.statsKeys.ofPath(anyItem(this.inner.inside(fields), cursor));
      const value = numeral.read(bytes, cursor.valueStart, cursor.valueEnd);
      if (numeral.found) series.append(Number.NaN, value, time);
    }
    this.sawTime(time);
  }

  /** Adds one point of a system metric. */
  stat(name: string, value: number, time: number): void {
    this.statsKeys.ofPath([name]).append(Number.NaN, value, time);
    this.sawTime(time);
  }

  private beginRow(): void {
    this.rows++;
    this.row.length = 0;
    this.step = Number.NaN;
    this.stepDigits = null;
    this.time = Number.NaN;
    this.holdsMedia = false;
    this.parts.clear();
    this.rowObjects.length = 0;
  }

  private item(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const { cursor, numeral } = this;
    const key = cursor.split(bytes, start, end)
      ? this.keys.of(bytes, start, cursor.keyEnd)
      : this.keys.ofPath(anyItem(this.inner.open(bytes, view, start, end), cursor));
    if (key.role === 'internal') return;
    if (this.keepMedia && key.prefixes.length > 0) this.parts.push(key, cursor.valueStart, cursor.valueEnd);
    const value = numeral.read(bytes, cursor.valueStart, cursor.valueEnd);
    if (key.role === 'value') {
      if (numeral.found) this.row.push(key, value);
      else this.other(key, bytes);
    } else if (key.role === 'timestamp' && numeral.found) this.time = value * 1000;
    else if (key.role === 'step' && numeral.found) {
      this.step = value;
      if (!Number.isSafeInteger(value)) this.stepDigits = textOf(bytes, cursor.valueStart, cursor.valueEnd);
    }
  }

  /** A value that is no number: the name of a media kind, an object, or nothing that a curve could show. */
  private other(key: HistoryKey, bytes: Uint8Array): void {
    const { valueStart, valueEnd } = this.cursor;
    if (key.isType && bytes[valueStart] === quote) {
      const kind = this.parse(bytes);
      const prefix = key.prefixes.at(-1);
      if (typeof kind !== 'string' || !prefix) return;
      prefix.mediaRow = this.rows;
      this.holdsMedia = true;
      this.count(key.path.slice(0, -1).join('.'), kind);
    } else if (bytes[valueStart] === brace && valueEnd > valueStart) {
      const value = this.parse(bytes);
      if (value !== undefined) this.walk(key, value);
    }
  }

  private parse(bytes: Uint8Array): Value | undefined {
    try {
      return parseJson(textOf(bytes, this.cursor.valueStart, this.cursor.valueEnd));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.badValues++;
      return undefined;
    }
  }

  /** A nested object that was logged as one value; media objects in it are counted, not charted. */
  private walk(key: HistoryKey, value: Value): void {
    if (typeof value === 'number') this.row.push(key, value);
    else if (typeof value === 'bigint') this.row.push(key, Number(value));
    else if (isObject(value)) {
      const { _type: kind } = value;
      if (typeof kind === 'string') {
        this.count(key.path.join('.'), kind);
        if (this.keepMedia) this.rowObjects.push({ name: key.path.join('.'), kind, object: value });
      } else if (!('_type' in value)) for (const [name, inner] of Object.entries(value)) this.walk(this.keys.ofPath([...key.path, name]), inner);
    }
  }

  private count(name: string, kind: string): void {
    const media = this.media.get(name);
    if (media) media.count++;
    else this.media.set(name, { kind, count: 1 });
  }

  private endRow(): void {
    const { row, step, time } = this;
    for (let at = 0; at < row.length; at++) {
      const key = row.keys[at] as HistoryKey;
      if (this.holdsMedia && key.prefixes.some((prefix) => prefix.mediaRow === this.rows)) continue;
      key.series ??= this.series.of(key.path.join('.'), false);
      key.series.append(step, row.values[at] as number, time);
      if (this.stepDigits !== null) {
        key.series.exactStep(this.stepDigits);
        this.hugeSteps++;
      }
    }
    for (const found of this.rowObjects) this.objects.push({ ...found, step, time });
    this.sawTime(time);
  }

  private sawTime(time: number): void {
    if (time > this.lastMs || Number.isNaN(this.lastMs)) this.lastMs = time;
  }

  private makeKey(path: readonly string[]): HistoryKey {
    const prefixes = path.slice(1).map((_, at) => this.prefixOf(path.slice(0, at + 1)));
    return { path, role: roleOf(path), isType: path.length > 1 && path.at(-1) === '_type', prefixes, series: null };
  }

  private prefixOf(path: readonly string[]): Prefix {
    const text = path.join('\0');
    const prefix = this.prefixes.get(text) ?? { mediaRow: -1 };
    this.prefixes.set(text, prefix);
    return prefix;
  }
}

function roleOf([first = '', ...rest]: readonly string[]): Role {
  if (first === '_step' && rest.length === 0) return 'step';
  if (first === '_timestamp' && rest.length === 0) return 'timestamp';
  // The empty key takes what is beyond the limit of keys.
  return first.startsWith('_') || (first === '' && rest.length === 0) ? 'internal' : 'value';
}

/** The numbers of the row at hand, before its step is known. */
class Row<K> {
  readonly keys: K[] = [];
  values = new Float64Array(64);
  length = 0;

  push(key: K, value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.keys[this.length] = key;
    this.values[this.length++] = value;
  }
}

/** A `google.protobuf.Timestamp` as milliseconds since the epoch. @throws malformed */
export function timestampMs(fields: WireFields): number {
  let seconds = 0;
  let nanos = 0;
  while (fields.next()) {
    if (fields.is(1, wire.varint)) seconds = fields.int64;
    else if (fields.is(2, wire.varint)) nanos = fields.int64;
  }
  return seconds * 1000 + nanos / 1e6;
}
