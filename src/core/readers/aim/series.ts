// Gathers what a run's store under `seqs/` holds, series by series: points of numbers, and a count of everything else.

import type { EntrySink } from '../../formats/rocksdb/scan';
import { KeyedColumn } from './columns';
import { decodeNumber, decodeValue, isCustom, type PathPart, sentinel } from './encoding';
import { type LoggedObject, ObjectGatherer } from './media';

/** One series as it was stored. */
export interface StoredSeries {
  /** The number of its context. */
  readonly context: PathPart;
  readonly name: string;
  /** By name: `val`, `step`, `epoch`, `time`. */
  readonly columns: ReadonlyMap<string, KeyedColumn>;
  /** What was logged that is no number, and of which class: `aim.image`; null where it is of none. */
  readonly items: number;
  readonly itemClass: string | null;
  /** Those items, where they are wanted, and the key of the column that they stand in, below the run. */
  readonly objects: readonly LoggedObject[];
  readonly place: Uint8Array;
}

/** FE, 8 bytes, FE. */
const integerBytes = 10;

interface OpenSeries {
  readonly context: PathPart;
  readonly name: string;
  readonly columns: Map<string, KeyedColumn>;
  items: number;
  lists: number;
  itemClass: string | null;
  readonly gatherer: ObjectGatherer;
  place: Uint8Array;
}

export class SeriesSink implements EntrySink {
  /** Series that are complete; whoever takes them empties the list. */
  readonly done: StoredSeries[] = [];
  /** Keys that are no path of a series. */
  bad = 0;
  private series: OpenSeries | null = null;
  private column: KeyedColumn | null = null;
  private values = false;
  /** The key up to and with the column's name. */
  private prefix: Uint8Array = new Uint8Array(0);

  /**
   * @param base length of the path above the series in every key
   * @param mostPoints of one series; the rest is dropped
   * @param keepMedia whether what is no number is wanted, or only counted
   */
  constructor(
    private readonly base: number,
    private readonly mostPoints: number,
    private readonly keepMedia: boolean,
  ) {}

  entry(key: Uint8Array, value: Uint8Array): void {
    if (!this.isBelow(key) && !this.turnTo(key)) {
      this.bad++;
      return;
    }
    const { series, column, prefix } = this;
    const rest = key.length - prefix.length;
    if (!series || !column || rest === 0) return;
    if (this.values && this.keepMedia && (series.items > 0 || isCustom(value))) series.gatherer.take(key.subarray(prefix.length), value);
    if (this.values && isCustom(value) && (rest === integerBytes || rest === 2 * integerBytes)) {
      const stored = series.itemClass === null ? decodeValue(value) : null;
      if (stored?.kind === 'custom') series.itemClass = stored.name;
      series.items++;
      return;
    }
    if (rest !== integerBytes) return;
    const number = decodeNumber(value);
    if (number === null) series.lists += Number(this.values);
    else if (column.length < this.mostPoints) column.push(wordAt(key, prefix.length + 1), wordAt(key, prefix.length + 5), number);
  }

  /** To be called after the last entry. */
  end(): void {
    if (this.series) {
      const { context, name, columns, items, lists, itemClass, gatherer, place } = this.series;
      this.done.push({ context, name, columns, items: items || lists, itemClass, objects: gatherer.objects, place });
    }
    this.series = null;
    this.prefix = new Uint8Array(0);
  }

  private isBelow(key: Uint8Array): boolean {
    const { prefix } = this;
    if (prefix.length === 0 || key.length < prefix.length) return false;
    for (let at = prefix.length - 1; at >= this.base; at--) if (key[at] !== prefix[at]) return false;
    return true;
  }

  /** Goes over to the column, and where it is another one the series, of a key; false where the key has none. */
  private turnTo(key: Uint8Array): boolean {
    const nameAt = this.base + integerBytes;
    if (key[this.base] !== sentinel || key[nameAt - 1] !== sentinel) return false;
    const nameEnd = key.indexOf(sentinel, nameAt);
    const columnEnd = nameEnd < 0 ? -1 : key.indexOf(sentinel, nameEnd + 1);
    if (columnEnd < 0) return false;
    const text = (start: number, end: number): string => utf8.decode(key.subarray(start, end));
    const context = new DataView(key.buffer, key.byteOffset, key.byteLength).getBigInt64(this.base + 1);
    const name = text(nameAt, nameEnd);
    const number = Number.isSafeInteger(Number(context)) ? Number(context) : context;
    if (this.series?.context !== number || this.series.name !== name) {
      this.end();
      this.series = { context: number, name, columns: new Map(), items: 0, lists: 0, itemClass: null, gatherer: new ObjectGatherer(), place: key.slice(0, 0) };
    }
    const columnName = text(nameEnd + 1, columnEnd);
    this.column = this.series.columns.get(columnName) ?? new KeyedColumn();
    this.series.columns.set(columnName, this.column);
    this.values = columnName === 'val';
    this.prefix = key.slice(0, columnEnd + 1);
    if (this.values) this.series.place = this.prefix.subarray(this.base);
    return true;
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const wordAt = (key: Uint8Array, at: number): number =>
  (((key[at] as number) << 24) | ((key[at + 1] as number) << 16) | ((key[at + 2] as number) << 8) | (key[at + 3] as number)) >>> 0;
