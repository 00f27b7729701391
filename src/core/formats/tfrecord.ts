// Walks the records of a TFRecord file (length, checksum, payload, checksum) in slices, checks all, and tells what is damaged.

import type { SourceFile } from '../source/source';
import { sliceBytes } from '../source/source';
import { readExactly, type SliceContext } from './bytes';
import { maskedCrc32c } from './crc';

/**
 * Takes one payload: the bytes [start, end) of `bytes`, which `view` covers from the same origin. Valid during the call only.
 * Called millions of times: it gets numbers, not objects.
 */
export interface RecordSink {
  record(bytes: Uint8Array, view: DataView, start: number, end: number): void;
}

/** What was wrong with a file. Offsets are of the record's first byte. */
export interface RecordDamage {
  /** Records whose payload fails its checksum: skipped. */
  badPayloads: number;
  firstBadPayload: number;
  /** Records beyond `limits.recordBytes`: skipped without being read. */
  tooLarge: number;
  firstTooLarge: number;
  /** Why reading stopped before the end: the file ends inside a record (or in zeros), or a length fails its checksum. */
  end: { readonly kind: 'truncated' | 'bad-length'; readonly at: number } | null;
}

/** Length, its checksum, and the payload's checksum. */
const headerBytes = 12;
const frameBytes = 16;
/** Lengths below this have their checksum remembered: nearly all do. */
const rememberedLengths = 4096;
const lengthCrcs = new Int32Array(rememberedLengths);
const lengthCrcKnown = new Uint8Array(rememberedLengths);
const scratch = new DataView(new ArrayBuffer(8));

function lengthCrc(low: number, high: number): number {
  if (high === 0 && low < rememberedLengths && lengthCrcKnown[low] === 1) return lengthCrcs[low] as number;
  scratch.setUint32(0, low, true);
  scratch.setUint32(4, high, true);
  const crc = maskedCrc32c(scratch, 0, 8);
  if (high === 0 && low < rememberedLengths) {
    lengthCrcs[low] = crc;
    lengthCrcKnown[low] = 1;
  }
  return crc;
}

/** True where a file begins with a record header: enough to know a TFRecord file from its first 12 bytes. */
export function looksLikeRecord(head: Uint8Array): boolean {
  if (head.length < headerBytes) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return view.getInt32(8, true) === lengthCrc(view.getUint32(0, true), view.getUint32(4, true));
}

/** Reads one file: `while (await reader.next()) …` hands a slice's records to the sink each time. */
export class RecordReader {
  readonly damage: RecordDamage = { badPayloads: 0, firstBadPayload: -1, tooLarge: 0, firstTooLarge: -1, end: null };
  /** Where the next record begins. */
  private at = 0;
  /** Bytes that the next record needs at least. */
  private wanted = headerBytes;
  /** The last record whose payload was bad. */
  private bad = { at: -1, end: -1 };

  constructor(
    private readonly file: SourceFile,
    private readonly context: SliceContext,
    private readonly sink: RecordSink,
  ) {}

  /** Takes back what was only said because the file ended there: it has grown, and is read on from its last sound record. */
  resume(): void {
    const { damage, bad } = this;
    if (bad.end === this.at && damage.end?.at !== bad.at && damage.badPayloads > 0) {
      damage.badPayloads--;
      this.at = bad.at;
    } else if (damage.end) this.at = damage.end.at;
    this.bad = { at: -1, end: -1 };
    if (damage.badPayloads === 0) damage.firstBadPayload = -1;
    damage.end = null;
    this.wanted = headerBytes;
  }

  /**
   * Reads on. False when the file or what can be read of it is at its end.
   * @throws SourceError from the source
   */
  async next(): Promise<boolean> {
    const { file, context, damage } = this;
    const left = file.size - this.at;
    if (left <= 0 || damage.end) return false;
    context.signal.throwIfAborted();
    let slice = await file.read(this.at, Math.min(sliceBytes, left));
    if (slice.length < this.wanted) slice = await readExactly(file, this.at, this.wanted, context.signal);
    if (slice.length < this.wanted) {
      damage.end = { kind: 'truncated', at: this.at };
      return false;
    }
    const before = this.at;
    const lost = this.scan(slice);
    if (lost) await this.lookForZeros(this.at);
    context.progress(this.at - before);
    return true;
  }

  /** Hands over all records that lie in the slice whole. The slice begins where the next record begins. True when a length is wrong. */
  private scan(slice: Uint8Array): boolean {
    const { sink, damage } = this;
    const view = new DataView(slice.buffer, slice.byteOffset, slice.byteLength);
    const size = slice.length;
    let at = 0;
    this.wanted = headerBytes;
    while (at + headerBytes <= size) {
      const low = view.getUint32(at, true);
      const high = view.getUint32(at + 4, true);
      if (view.getInt32(at + 8, true) !== lengthCrc(low, high)) {
        this.at += at;
        damage.end = { kind: 'bad-length', at: this.at };
        return true;
      }
      const start = at + headerBytes;
      const end = start + low;
      if (high === 0 && end + 4 <= size) {
        if (view.getInt32(end, true) === maskedCrc32c(view, start, end)) sink.record(slice, view, start, end);
        else this.skipBadPayload(this.at + at, this.at + end + 4);
        at = end + 4;
        continue;
      }
      const length = frameBytes + low + high * 2 ** 32;
      if (this.at + at + length > this.file.size) damage.end = { kind: 'truncated', at: this.at + at };
      else if (length > this.context.limits.recordBytes) at = this.skipTooLarge(at, length);
      else this.wanted = length;
      break;
    }
    this.at += at;
    return false;
  }

  private skipBadPayload(at: number, end: number): void {
    if (this.damage.badPayloads++ === 0) this.damage.firstBadPayload = at;
    this.bad = { at, end };
  }

  private skipTooLarge(at: number, length: number): number {
    if (this.damage.tooLarge++ === 0) this.damage.firstTooLarge = this.at + at;
    return at + length;
  }

  /** A power cut leaves zeros up to the old length: a torn record and zeros behind it are one truncation. */
  private async lookForZeros(at: number): Promise<void> {
    const { damage, file, context } = this;
    for (let from = at + headerBytes; from < file.size; ) {
      context.signal.throwIfAborted();
      const slice = await file.read(from, Math.min(sliceBytes, file.size - from));
      if (slice.length === 0) break;
      if (slice.some((byte) => byte !== 0)) return;
      from += slice.length;
    }
    const torn = this.bad.end === at;
    if (torn) damage.badPayloads--;
    damage.end = { kind: 'truncated', at: torn ? this.bad.at : at };
  }
}
