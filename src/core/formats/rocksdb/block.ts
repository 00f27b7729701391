// One block of a table: its check sum, its packing, and its entries, whose keys leave out what they share with the key before.

import { inflateSync } from 'fflate';
import { snappyUncompress } from 'hyparquet';
import { decompressLz4Raw, decompressZstd } from 'hyparquet-compressors';
import { maskedCrc32c } from '../crc';
import { ByteReader, internalBytes, sequenceAt } from './coding';

/** Where a block lies in its file; the trailer follows it. */
export interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

/** After each block: the kind of packing, and a check sum over block and kind. */
export const trailerBytes = 5;

/** What `unpackBlock` cannot read. The rest of the file may well be readable. */
export class UnsupportedBlock extends Error {
  override readonly name = 'UnsupportedBlock';
}

export interface BlockLimits {
  /** Bytes of one block, unpacked. */
  readonly recordBytes: number;
  /** Unpacked bytes per packed byte. */
  readonly archiveRatio: number;
}

const plain = 0;
/** A small block may unpack to this much whatever the ratio says. */
const freeBytes = 65_536;

type Unpack = (packed: Uint8Array, length: number) => Uint8Array;
interface Packing {
  readonly name: string;
  readonly unpack?: Unpack;
}

/** By the number in the trailer. All but Snappy have the unpacked length before them; Snappy has it within. */
const packings: Readonly<Record<number, Packing>> = {
  1: {
    name: 'Snappy',
    unpack(packed, length) {
      const output = new Uint8Array(length);
      snappyUncompress(packed, output);
      return output;
    },
  },
  2: { name: 'zlib', unpack: (packed, length) => inflateSync(packed, { out: new Uint8Array(length) }) },
  3: { name: 'bzip2' },
  4: { name: 'LZ4', unpack: decompressLz4Raw },
  5: { name: 'LZ4HC', unpack: decompressLz4Raw },
  6: { name: 'XPRESS' },
  7: { name: 'Zstandard', unpack: (packed, length) => decompressZstd(packed, new Uint8Array(length)) },
};
const snappy = 1;

/**
 * The entries of a block.
 * @param stored the block with its trailer
 * @throws SyntaxError where it is damaged, {@link UnsupportedBlock} where it is packed in a way that is not read
 */
export function unpackBlock(stored: Uint8Array, limits: BlockLimits): Uint8Array {
  const size = stored.length - trailerBytes;
  if (size < 0) throw new SyntaxError('the file ends in a block');
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  if (view.getInt32(size + 1, true) !== maskedCrc32c(view, 0, size + 1)) throw new SyntaxError('the check sum of a block is wrong');
  const kind = stored[size] as number;
  if (kind === plain) return stored.subarray(0, size);
  const packing = packings[kind];
  if (!packing?.unpack) throw new UnsupportedBlock(`blocks packed with ${packing?.name ?? `method ${kind}`}`);
  const reader = new ByteReader(stored, 0, size);
  const length = reader.varint();
  if (length > limits.recordBytes || length > freeBytes + size * limits.archiveRatio) throw new SyntaxError('a block unpacks to too many bytes');
  const packed = stored.subarray(kind === snappy ? 0 : reader.at, size);
  return unpacked(packing.unpack, packed, length);
}

/** The unpackers throw errors of many kinds over damage that a right check sum hides. */
function unpacked(unpack: Unpack, packed: Uint8Array, length: number): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = unpack(packed, length);
  } catch {
    throw new SyntaxError('a block does not unpack');
  }
  if (bytes.length !== length) throw new SyntaxError('a block does not unpack');
  return bytes;
}

/** Bit of the last word of a block that has a hash index behind its restart points. */
const hashed = 0x8000_0000;

/**
 * The length of a block's entries; restart points follow them, which only a search needs.
 * @throws SyntaxError
 */
export function entriesEnd(block: Uint8Array): number {
  if (block.length < 4) throw new SyntaxError('a block is too short');
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const word = view.getUint32(block.length - 4, true);
  let end = block.length - 4;
  if (word >= hashed) {
    end -= 2;
    if (end < 0) throw new SyntaxError('a block is too short');
    end -= view.getUint16(end, true);
  }
  end -= 4 * (word % hashed);
  if (end < 0) throw new SyntaxError('a block is shorter than its restart points');
  return end;
}

/** A cursor over the entries of a data block. After `next()` the properties describe the entry. */
export class BlockCursor {
  /** The bytes of the whole internal key are [0, keyLength) of it; the cursor's own, used again for the next entry. */
  key = new Uint8Array(256);
  keyLength = 0;
  /** The key without its internal end: valid until the next entry. */
  userKey: Uint8Array = this.key.subarray(0, 0);
  block: Uint8Array = new Uint8Array(0);
  valueStart = 0;
  valueEnd = 0;
  private keyView = new DataView(this.key.buffer);
  private at = 0;
  private end = 0;

  /** @throws SyntaxError */
  open(block: Uint8Array): this {
    this.block = block;
    this.at = 0;
    this.end = entriesEnd(block);
    this.keyLength = 0;
    return this;
  }

  /**
   * Steps to the next entry; false at the end of the block.
   * @throws SyntaxError where the entries do not fit the block
   */
  next(): boolean {
    if (this.at >= this.end) return false;
    const shared = this.varint();
    const rest = this.varint();
    const value = this.varint();
    const length = shared + rest;
    if (shared > this.keyLength || rest > this.end - this.at || value > this.end - this.at - rest || length < internalBytes) {
      throw new SyntaxError('the entries of a block do not fit it');
    }
    if (length > this.key.length) this.grow(length);
    this.key.set(this.block.subarray(this.at, this.at + rest), shared);
    this.keyLength = length;
    this.userKey = this.key.subarray(0, length - internalBytes);
    this.valueStart = this.at + rest;
    this.valueEnd = this.valueStart + value;
    this.at = this.valueEnd;
    return true;
  }

  get value(): Uint8Array {
    return this.block.subarray(this.valueStart, this.valueEnd);
  }

  get type(): number {
    return this.key[this.keyLength - internalBytes] as number;
  }

  get sequence(): number {
    return sequenceAt(this.keyView, this.keyLength);
  }

  private grow(length: number): void {
    const grown = new Uint8Array(2 * length);
    grown.set(this.key.subarray(0, this.keyLength));
    this.key = grown;
    this.keyView = new DataView(grown.buffer);
  }

  /** A varint of 32 bits. */
  private varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.at >= this.end) break;
      const byte = this.block[this.at++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new SyntaxError('the entries of a block do not fit it');
  }
}
