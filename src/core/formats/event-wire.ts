// Walks the fields of protobuf messages inside an event record without making objects: one reusable cursor per nesting level.

/** Thrown for bytes that are no message; one object, because a damaged file may throw it a million times. */
export const malformed = new SyntaxError('malformed protobuf message');

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

  /** Begins with the message in [start, end). */
  open(bytes: Uint8Array, view: DataView, start: number, end: number): this {
    this.bytes = bytes;
    this.view = view;
    this.at = start;
    this.stop = end;
    return this;
  }

  /** Begins with the message that the field of another cursor holds. */
  inside(outer: WireFields): this {
    if (outer.type !== wire.bytes) throw malformed;
    return this.open(outer.bytes, outer.view, outer.start, outer.end);
  }

  /**
   * Steps to the next field; false at the end.
   * @throws {@link malformed}
   */
  next(): boolean {
    if (this.at >= this.stop) return false;
    this.varint();
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
    if (this.at > this.stop || this.field === 0) throw malformed;
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

  get float64(): number {
    return this.view.getFloat64(this.start, true);
  }

  get float32(): number {
    return this.view.getFloat32(this.start, true);
  }

  get text(): string {
    return utf8.decode(this.bytes.subarray(this.start, this.end));
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

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Digits of a 64-bit two's complement integer. */
export function int64Digits(low: number, high: number): string {
  return String((BigInt(high) << 32n) | BigInt(low >>> 0));
}
