// RocksDB's small encodings: variable-length integers, little-endian words, strings with their length, and the order of keys.

/** Walks bytes from the front. Everything throws SyntaxError where the bytes end early. */
export class ByteReader {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    public at = 0,
    private readonly end = bytes.length,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.end - this.at;
  }

  byte(): number {
    if (this.at >= this.end) throw new SyntaxError('the bytes end early');
    return this.bytes[this.at++] as number;
  }

  /** A varint of up to 64 bits; beyond 2^53 rounded. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let length = 1; ; length++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (length === 10) throw new SyntaxError('a variable-length integer does not end');
      scale *= 128;
    }
  }

  /** A varint with its sign in the lowest bit. */
  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  fixed32(): number {
    const at = this.skip(4);
    return this.view.getUint32(at, true);
  }

  /** Beyond 2^53 rounded. */
  fixed64(): number {
    const at = this.skip(8);
    return this.view.getUint32(at + 4, true) * 2 ** 32 + this.view.getUint32(at, true);
  }

  /** The next bytes, where they lie. */
  take(length: number): Uint8Array {
    const at = this.skip(length);
    return this.bytes.subarray(at, at + length);
  }

  /** Bytes with their length before them. */
  string(): Uint8Array {
    return this.take(this.varint());
  }

  private skip(length: number): number {
    const { at } = this;
    if (length > this.end - at) throw new SyntaxError('the bytes end early');
    this.at = at + length;
    return at;
  }
}

/** Order of keys: byte by byte, a prefix before what goes on. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = (a[at] as number) - (b[at] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** What an entry does to its key; the kinds that stores written by simple clients hold. */
export const valueType = { deletion: 0, value: 1, merge: 2, singleDeletion: 7, rangeDeletion: 15, blobIndex: 17, wideColumns: 22 } as const;

/** The end of an internal key: 56 bits of sequence number, 8 bits of type. */
export const internalBytes = 8;

/** The sequence number of an internal key that ends at `end`; beyond 2^53 rounded. */
export function sequenceAt(view: DataView, end: number): number {
  return view.getUint32(end - 4, true) * 2 ** 24 + (view.getUint32(end - 8, true) >>> 8);
}
