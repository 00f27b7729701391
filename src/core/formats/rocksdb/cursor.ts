// Sources of entries in the order of their keys: a table on disk, block by block, and what a log holds in memory.

import { SourceError, type SourceFile } from '../../source/source';
import { readExactly } from '../bytes';
import { BlockCursor, type BlockLimits, trailerBytes, UnsupportedBlock, unpackBlock } from './block';
import { compareBytes } from './coding';
import type { DataBlock } from './table';

/** One entry after another. Keys and values are valid until the next step. */
export interface EntryCursor {
  readonly file: SourceFile;
  readonly userKey: Uint8Array;
  readonly sequence: number;
  readonly type: number;
  readonly value: Uint8Array;
  /** Steps within what is in memory; false where more must be loaded, or nothing is left. */
  next(): boolean;
  /** Loads on, and stands before the first entry; false at the end. */
  load(): Promise<boolean>;
}

/** What of a table could not be read. */
export interface TableDamage {
  /** Blocks that are damaged or could not be had: skipped. */
  bad: number;
  firstBad: number;
  /** Blocks packed in a way that is not read, and that way. */
  unsupported: number;
  method: string;
  /** Why the source did not give some of them. */
  failure: SourceError | null;
}

/** As much is asked of the source at a time: data blocks lie one behind the other and are a few thousand bytes long. */
const windowBytes = 128 * 1024;

/** The entries of a table whose keys are not before `from`. */
export class TableCursor implements EntryCursor {
  readonly damage: TableDamage = { bad: 0, firstBad: -1, unsupported: 0, method: '', failure: null };
  private readonly cursor = new BlockCursor();
  private at: number;
  private window: Uint8Array = new Uint8Array(0);
  private windowAt = 0;

  constructor(
    readonly file: SourceFile,
    private readonly blocks: readonly DataBlock[],
    private readonly from: Uint8Array,
    private readonly context: { readonly limits: BlockLimits; readonly signal: AbortSignal; progress(bytes: number): void },
  ) {
    this.at = firstNotBefore(blocks, from);
  }

  get userKey(): Uint8Array {
    return this.cursor.userKey;
  }
  get sequence(): number {
    return this.cursor.sequence;
  }
  get type(): number {
    return this.cursor.type;
  }
  get value(): Uint8Array {
    return this.cursor.value;
  }

  next(): boolean {
    try {
      while (this.cursor.next()) if (compareBytes(this.cursor.userKey, this.from) >= 0) return true;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.lose();
    }
    return false;
  }

  async load(): Promise<boolean> {
    while (this.at < this.blocks.length) {
      const block = this.blocks[this.at++] as DataBlock;
      try {
        this.cursor.open(unpackBlock(await this.stored(block), this.context.limits));
        return true;
      } catch (error) {
        if (error instanceof UnsupportedBlock) {
          this.damage.unsupported++;
          this.damage.method = error.message;
        } else if (error instanceof SyntaxError || error instanceof SourceError) {
          this.lose();
          if (error instanceof SourceError) this.damage.failure ??= error;
        } else throw error;
      }
    }
    return false;
  }

  private lose(): void {
    if (this.damage.bad++ === 0) this.damage.firstBad = this.blocks[this.at - 1]?.offset ?? 0;
  }

  /** The bytes of a block with its trailer. */
  private async stored({ offset, size }: DataBlock): Promise<Uint8Array> {
    const length = size + trailerBytes;
    if (size > this.context.limits.recordBytes || offset + length > this.file.size) throw new SyntaxError('a block lies beyond the end of the file');
    if (offset < this.windowAt || offset + length > this.windowAt + this.window.length) {
      this.window = await readExactly(this.file, offset, Math.max(length, windowBytes), this.context.signal);
      this.windowAt = offset;
    }
    this.context.progress(length);
    return this.window.subarray(offset - this.windowAt, offset - this.windowAt + length);
  }
}

/** The first block that may hold a key that is not before `from`. A damaged index may be out of order: then some blocks are read for nothing. */
function firstNotBefore(blocks: readonly DataBlock[], from: Uint8Array): number {
  const at = blocks.findIndex(({ upTo }) => compareBytes(upTo, from) >= 0);
  return at < 0 ? blocks.length : at;
}

/** An entry of a log. */
export interface LoggedEntry {
  readonly userKey: Uint8Array;
  readonly sequence: number;
  readonly type: number;
  readonly value: Uint8Array;
}

/** The entries of a sorted list whose keys are not before `from`. */
export class LogCursor implements EntryCursor {
  private at = -1;
  private begun = false;

  /** @param entries in the order of keys, the newest of a key first */
  constructor(
    readonly file: SourceFile,
    private readonly entries: readonly LoggedEntry[],
    from: Uint8Array,
  ) {
    let low = 0;
    for (let high = entries.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (compareBytes((entries[middle] as LoggedEntry).userKey, from) < 0) low = middle + 1;
      else high = middle;
    }
    this.at = low - 1;
  }

  get userKey(): Uint8Array {
    return this.entry.userKey;
  }
  get sequence(): number {
    return this.entry.sequence;
  }
  get type(): number {
    return this.entry.type;
  }
  get value(): Uint8Array {
    return this.entry.value;
  }

  private get entry(): LoggedEntry {
    return this.entries[this.at] as LoggedEntry;
  }

  next(): boolean {
    this.at++;
    return this.at < this.entries.length;
  }

  load(): Promise<boolean> {
    const first = !this.begun;
    this.begun = true;
    return Promise.resolve(first && this.at + 1 < this.entries.length);
  }
}
