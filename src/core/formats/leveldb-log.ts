// Walks the records of a log in LevelDB's framing: blocks of 32 KiB, records in chunks. W&B and its kin write it with a plain CRC-32,
// LevelDB and RocksDB with a masked CRC-32C.
//
// A file is a header and then blocks, counted from the start of the file. A chunk is a check sum (over type and payload), a length of
// 16 bits, a type and its payload; it never crosses a block's end. Fewer bytes at a block's end than a chunk needs are padding.
// RocksDB may write over old logs: then a chunk has the log's number behind its type, and one of another number ends the log.

import { type SourceFile, sliceBytes } from '../source/source';
import { readExactly, type SliceContext } from './bytes';
import { type Crc, crc32 } from './crc';

/**
 * Takes one record: the bytes [start, end) of `bytes`, which `view` covers from the same origin. Valid during the call only.
 * Called millions of times: it gets numbers, not objects.
 */
export interface LogSink {
  record(bytes: Uint8Array, view: DataView, start: number, end: number): void;
}

export interface LogFraming {
  /** Length of the file's own header, which lies in the first block. */
  readonly headerBytes: number;
  /** The check sum as it is stored. Left out: CRC-32. */
  readonly check?: Crc;
  /** The log's number, where its chunks may name it. */
  readonly number?: number;
}

/** What was wrong with a log. Offsets are of bytes in the file. */
export interface LogDamage {
  /** Places where the framing broke; reading went on at the next block. */
  bad: number;
  firstBad: number;
  /** Records beyond `limits.recordBytes`: skipped. */
  tooLarge: number;
  firstTooLarge: number;
  /** Where the record begins that the file ends in; -1 where it ends with a whole one. */
  truncatedAt: number;
}

export const blockBytes = 32 * 1024;
const chunkHeader = 7;
/** The same with the log's number behind the type. */
const numberedHeader = 11;
const chunk = { full: 1, first: 2, middle: 3, last: 4 } as const;
/** What the types of chunks with a number have more. */
const numbered = 4;

/** Reads one log: `while (await reader.next()) …` hands a slice's records to the sink each time. */
export class LevelDbLog {
  readonly damage: LogDamage = { bad: 0, firstBad: -1, tooLarge: 0, firstTooLarge: -1, truncatedAt: -1 };
  /** Where the record at hand begins in the file: for messages of the sink. */
  recordAt = 0;

  private at: number;
  private ended = false;
  /** What follows is of a log that this one was written over. */
  private overwritten = false;
  /** What was only said because the file ended in this block: taken back when it has grown. */
  private stopped: { readonly at: number; readonly bad: number; readonly firstBad: number; readonly open: boolean; readonly zerosAt: number } | null = null;
  /** Where zeros began that no writer leaves: a hole, or the end of what reached the disk. */
  private zerosAt = -1;
  /** The record that goes over several chunks: its bytes so far. */
  private open = false;
  private openAt = 0;
  private openLength = 0;
  private buffer = new Uint8Array(2 * blockBytes);
  private bufferView = new DataView(this.buffer.buffer);
  private readonly check: Crc;
  private readonly number: number | undefined;

  constructor(
    private readonly file: SourceFile,
    private readonly context: SliceContext,
    private readonly sink: LogSink,
    { headerBytes, check = crc32, number }: LogFraming,
  ) {
    this.at = headerBytes;
    this.check = check;
    this.number = number;
  }

  /** The file has grown: it is read on behind its last whole chunk. */
  resume(): void {
    if (!this.ended) return;
    const { damage, stopped } = this;
    this.ended = false;
    damage.truncatedAt = -1;
    if (!stopped) return;
    this.at = stopped.at;
    damage.bad = stopped.bad;
    damage.firstBad = stopped.firstBad;
    this.open = stopped.open;
    this.zerosAt = stopped.zerosAt;
    this.stopped = null;
  }

  /**
   * Reads on. False when the file is at its end.
   * @throws SourceError from the source
   */
  async next(): Promise<boolean> {
    const { file, context } = this;
    if (this.ended) return false;
    context.signal.throwIfAborted();
    const left = file.size - this.at;
    const wanted = Math.min(blockBytes - (this.at % blockBytes), left);
    let slice = left > 0 ? await file.read(this.at, Math.min(sliceBytes, left)) : new Uint8Array(0);
    if (slice.length < wanted) slice = await readExactly(file, this.at, wanted, context.signal);
    this.ended = slice.length < wanted || this.at + slice.length >= file.size;
    const used = this.scan(slice);
    this.at += used;
    this.ended ||= this.overwritten;
    context.progress(used);
    if (this.ended) this.finish(slice.length < wanted);
    return !this.ended;
  }

  /** Hands over the records of all blocks that lie in the slice whole (at the end of the file: of all). Returns the bytes used. */
  private scan(slice: Uint8Array): number {
    const view = new DataView(slice.buffer, slice.byteOffset, slice.byteLength);
    let block = 0;
    while (block < slice.length && !this.overwritten) {
      const end = block + blockBytes - ((this.at + block) % blockBytes);
      if (end > slice.length && !this.ended) break;
      this.scanBlock(slice, view, block, Math.min(end, slice.length), end);
      block = end;
    }
    return Math.min(block, slice.length);
  }

  /** @param stop end of the bytes there are @param end end of the block, which lies behind them where the file ends */
  private scanBlock(slice: Uint8Array, view: DataView, start: number, stop: number, end: number): void {
    let at = start;
    while (at < stop && end - at >= chunkHeader) {
      if (stop - at < chunkHeader) {
        this.stop(at);
        this.damage.truncatedAt = this.at + at;
        return;
      }
      const length = view.getUint16(at + 4, true);
      const stored = view.getUint8(at + 6);
      const hasNumber = this.number !== undefined && stored > chunk.last;
      const type = hasNumber ? stored - numbered : stored;
      const payload = at + (hasNumber ? numberedHeader : chunkHeader);
      const next = payload + length;
      if (stored === 0 && length === 0 && view.getUint32(at, true) === 0) {
        if (stop < end) this.stop(at);
        const padding = this.number !== undefined && end - at < numberedHeader;
        if (this.zerosAt < 0 && !padding) this.zerosAt = this.at + at;
        return;
      }
      if (next > stop && next <= end) {
        this.stop(at);
        this.damage.truncatedAt = this.at + at;
        return;
      }
      if (next > end || type < chunk.full || type > chunk.last || view.getInt32(at, true) !== this.check(view, at + 6, next)) {
        if (stop < end) this.stop(at);
        this.breakAt(at);
        return;
      }
      if (hasNumber && view.getUint32(at + chunkHeader, true) !== (this.number as number) % 2 ** 32) {
        this.overwritten = true;
        return;
      }
      if (this.zerosAt >= 0) this.loseZeros();
      this.take(slice, view, at, payload, next, type);
      at = next;
    }
  }

  private take(slice: Uint8Array, view: DataView, at: number, payload: number, next: number, type: number): void {
    if (type === chunk.full || type === chunk.first) {
      if (this.open) this.lose(this.openAt);
      this.open = type === chunk.first;
      if (type === chunk.full) {
        this.recordAt = this.at + at;
        this.sink.record(slice, view, payload, next);
        return;
      }
      this.openAt = this.at + at;
      this.openLength = 0;
    } else if (!this.open) {
      // The rest of a record whose beginning was lost: counted there, unless the log begins with it.
      if (this.damage.bad === 0 && this.damage.tooLarge === 0) this.lose(this.at + at);
      return;
    }
    if (!this.append(slice, payload, next) || type !== chunk.last) return;
    this.open = false;
    this.recordAt = this.openAt;
    this.sink.record(this.buffer, this.bufferView, 0, this.openLength);
  }

  /** Adds a chunk to the open record; false where it grows beyond the limit and is given up. */
  private append(slice: Uint8Array, start: number, end: number): boolean {
    const length = this.openLength + end - start;
    if (length > this.context.limits.recordBytes) {
      if (this.damage.tooLarge++ === 0) this.damage.firstTooLarge = this.openAt;
      this.open = false;
      return false;
    }
    if (length > this.buffer.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.buffer.length));
      grown.set(this.buffer.subarray(0, this.openLength));
      this.buffer = grown;
      this.bufferView = new DataView(grown.buffer);
    }
    this.buffer.set(slice.subarray(start, end), this.openLength);
    this.openLength = length;
    return true;
  }

  /** The file's last block cannot be read any further, for now. */
  private stop(at: number): void {
    const { damage, open, zerosAt } = this;
    // Zeros that began in an earlier block may be filled yet.
    const from = zerosAt >= 0 ? zerosAt : this.at + at;
    this.stopped = { at: from, bad: damage.bad, firstBad: damage.firstBad, open, zerosAt: -1 };
  }

  /** The framing is broken at `at`: what it belongs to is lost, reading goes on at the next block. */
  private breakAt(at: number): void {
    this.lose(this.open ? this.openAt : this.at + at);
    this.open = false;
  }

  private loseZeros(): void {
    this.lose(this.open ? this.openAt : this.zerosAt);
    this.open = false;
    this.zerosAt = -1;
  }

  private lose(at: number): void {
    if (this.damage.bad++ === 0) this.damage.firstBad = at;
  }

  /** @param cut the file turned out to be shorter than it was listed */
  private finish(cut: boolean): void {
    if (this.open) this.damage.truncatedAt = this.openAt;
    else if (this.damage.truncatedAt >= 0) return;
    else if (this.zerosAt >= 0) this.damage.truncatedAt = this.zerosAt;
    else if (cut) this.damage.truncatedAt = this.at;
  }
}
