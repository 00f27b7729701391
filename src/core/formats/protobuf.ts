// Walks the fields of protobuf messages where they lie: one reusable cursor per nesting level, no object per field.

/** Bytes are no protobuf message. */
export class MalformedMessage extends SyntaxError {
  override readonly name = 'MalformedMessage';
}

/** The one that is thrown: a damaged file may throw it a million times, and a stack each time would cost more than reading. */
export const malformed = new MalformedMessage('malformed protobuf message');

export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A cursor over the fields of one message. After `next()` the properties describe the field. */
export class WireFields {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  field = 0;
  type = 0;
  /** The field's bytes [start, end); for a varint those of the varint. */
  start = 0;
  end = 0;
  /** Value of a varint as two's complement halves. */
  low = 0;
  high = 0;
  private at = 0;
  private stop = 0;

  /** Begins with the message in [start, end) of `bytes`, which `view` covers from the same origin. */
  open(bytes: Uint8Array, view: DataView, start: number, end: number): this {
    this.bytes = bytes;
    this.view = view;
    this.at = start;
    this.stop = end;
    return this;
  }

  /** Begins with a message of its own. */
  over(bytes: Uint8Array): this {
    return this.open(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length);
  }

  /**
   * Begins with the message that the field of another cursor holds.
   * @throws {@link malformed} when the field holds none
   */
  inside(outer: WireFields): this {
    if (outer.type !== wire.bytes) throw malformed;
    return this.open(outer.bytes, outer.view, outer.start, outer.end);
  }

  /**
   * Steps to the next field; false at the end.
   * @throws {@link malformed}
   */
  next(): boolean {
    const { stop } = this;
    if (this.at >= stop) return false;
    this.varint();
    if (this.high !== 0) throw malformed;
    this.field = this.low >>> 3;
    this.type = this.low & 7;
    this.start = this.at;
    switch (this.type) {
      case wire.varint:
        this.varint();
        break;
      case wire.fixed64:
        this.at += 8;
        break;
      case wire.fixed32:
        this.at += 4;
        break;
      case wire.bytes:
        this.varint();
        if (this.high !== 0) throw malformed;
        this.start = this.at;
        this.at += this.low >>> 0;
        break;
      default:
        throw malformed;
    }
    this.end = this.at;
    if (this.at > stop || this.field === 0) throw malformed;
    return true;
  }

  /** True when the field is this one with this wire type: a known field of another type is skipped like an unknown one. */
  is(field: number, type: number): boolean {
    return this.field === field && this.type === type;
  }

  /** A varint as int64; beyond 2^53 rounded. */
  get int64(): number {
    return this.high * 2 ** 32 + (this.low >>> 0);
  }

  /** A varint as uint64; beyond 2^53 rounded. */
  get uint64(): number {
    return (this.high >>> 0) * 2 ** 32 + (this.low >>> 0);
  }

  /** A varint as int64 without loss: a number where that is exact. */
  get exactInt64(): number | bigint {
    return exact(this.int64, (BigInt(this.high) << 32n) | BigInt(this.low >>> 0));
  }

  /** A varint as uint64 without loss: a number where that is exact. */
  get exactUint64(): number | bigint {
    return exact(this.uint64, (BigInt(this.high >>> 0) << 32n) | BigInt(this.low >>> 0));
  }

  /** A varint as sint64 (zigzag) without loss. */
  get zigzag64(): number | bigint {
    const value = (BigInt(this.high >>> 0) << 32n) | BigInt(this.low >>> 0);
    const signed = (value >> 1n) ^ -(value & 1n);
    return exact(Number(signed), signed);
  }

  get bool(): boolean {
    return (this.low | this.high) !== 0;
  }

  get float64(): number {
    return this.view.getFloat64(this.start, true);
  }

  get float32(): number {
    return this.view.getFloat32(this.start, true);
  }

  /** The field's bytes, where they lie: copy what is kept. */
  get payload(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  get text(): string {
    return textOf(this.bytes, this.start, this.end);
  }

  /**
   * Reads a varint at the cursor into `low` and `high`: for packed lists.
   * @throws {@link malformed}
   */
  varint(): void {
    const { bytes, stop } = this;
    let at = this.at;
    let byte = at < stop ? (bytes[at++] as number) : 0x80;
    let low = byte & 0x7f;
    let high = 0;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (at >= stop || shift > 63) throw malformed;
      byte = bytes[at++] as number;
      const part = byte & 0x7f;
      if (shift < 28) low |= part << shift;
      else if (shift === 28) {
        low |= part << 28;
        high = part >>> 4;
      } else high |= part << (shift - 32);
    }
    this.at = at;
    this.low = low;
    this.high = high;
  }
}

const exact = (rounded: number, digits: bigint): number | bigint => (Number.isSafeInteger(rounded) ? rounded : digits);

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
/** Longer text is decoded faster by the platform. */
const shortText = 24;

/** Text of the bytes [start, end). Short ASCII, which nearly all names and numbers are, needs no decoder. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > shortText) return utf8.decode(bytes.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte > 0x7f) return utf8.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Digits of a 64-bit two's complement integer. */
export function int64Digits(low: number, high: number): string {
  return String((BigInt(high) << 32n) | BigInt(low >>> 0));
}
