// Tensors of event files as far as runs need them: one number, or text.

import { WireFields, wire } from './protobuf';

/** Data types by their number in the file. */
const type = {
  float: 1,
  double: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  uint16: 17,
  half: 19,
  uint32: 22,
  uint64: 23,
} as const;

/** Typed list that holds the values of a data type where there is no raw content. */
const listOf: Readonly<Record<number, number>> = {
  [type.float]: 5,
  [type.double]: 6,
  [type.int32]: 7,
  [type.uint8]: 7,
  [type.int16]: 7,
  [type.int8]: 7,
  [type.uint16]: 7,
  [type.int64]: 10,
  [type.bool]: 11,
  [type.half]: 13,
  [type.bfloat16]: 13,
  [type.uint32]: 16,
  [type.uint64]: 17,
};
const field = { dtype: 1, shape: 2, content: 4, strings: 8 } as const;

/** A tensor's head, and its first value where that is a number. Reused: read it before the next tensor is decoded. */
export class TensorHead {
  dtype = 0;
  rank = 0;
  /** Number of elements by its shape. */
  size = 1;
  /** The first element, where `numeric`. */
  value = 0;
  /** Its type is a number type (complex numbers are none). */
  numeric = false;

  private readonly fields = new WireFields();
  private readonly dims = new WireFields();
  private readonly dim = new WireFields();

  /**
   * Decodes the tensor that a cursor's field holds.
   * @throws malformed
   */
  decode(outer: WireFields): this {
    const { fields } = this;
    this.dtype = 0;
    this.rank = 0;
    this.size = 1;
    for (fields.inside(outer); fields.next(); ) {
      if (fields.is(field.dtype, wire.varint)) this.dtype = fields.low;
      else if (fields.is(field.shape, wire.bytes)) this.decodeShape();
    }
    const list = listOf[this.dtype];
    this.numeric = list !== undefined;
    this.value = 0;
    if (list !== undefined) this.decodeValue(outer, list);
    return this;
  }

  private decodeShape(): void {
    for (this.dims.inside(this.fields); this.dims.next(); ) {
      if (!this.dims.is(2, wire.bytes)) continue;
      let size = 0;
      for (this.dim.inside(this.dims); this.dim.next(); ) if (this.dim.is(1, wire.varint)) size = this.dim.int64;
      this.rank++;
      this.size *= size;
    }
  }

  /** Raw content where there is some, else the first of the typed list; a list left out holds zeros. */
  private decodeValue(outer: WireFields, list: number): void {
    const { fields, dtype } = this;
    for (fields.inside(outer); fields.next(); ) {
      if (fields.is(field.content, wire.bytes) && fields.end > fields.start) {
        this.value = rawValue(fields.view, fields.start, fields.end, dtype);
        return;
      }
      if (fields.field !== list || fields.end === fields.start) continue;
      this.value = listValue(fields, dtype, this.dim);
      return;
    }
  }
}

const rawBytes: Readonly<Record<number, number>> = {
  [type.float]: 4,
  [type.double]: 8,
  [type.int32]: 4,
  [type.uint8]: 1,
  [type.int16]: 2,
  [type.int8]: 1,
  [type.uint16]: 2,
  [type.int64]: 8,
  [type.bool]: 1,
  [type.half]: 2,
  [type.bfloat16]: 2,
  [type.uint32]: 4,
  [type.uint64]: 8,
};

function rawValue(view: DataView, at: number, end: number, dtype: number): number {
  if (end - at < (rawBytes[dtype] ?? 0)) return Number.NaN;
  switch (dtype) {
    case type.float:
      return view.getFloat32(at, true);
    case type.double:
      return view.getFloat64(at, true);
    case type.int32:
      return view.getInt32(at, true);
    case type.uint32:
      return view.getUint32(at, true);
    case type.int64:
      return Number(view.getBigInt64(at, true));
    case type.uint64:
      return Number(view.getBigUint64(at, true));
    case type.int16:
      return view.getInt16(at, true);
    case type.uint16:
      return view.getUint16(at, true);
    case type.int8:
      return view.getInt8(at);
    case type.half:
      return halfValue(view.getUint16(at, true));
    case type.bfloat16:
      return bfloat16Value(view.getUint16(at, true));
    default:
      return view.getUint8(at);
  }
}

/** First value of a typed list, packed or not. `inner` is a cursor to lend. */
function listValue(fields: WireFields, dtype: number, inner: WireFields): number {
  if (dtype === type.float) return fields.end - fields.start >= 4 ? fields.float32 : Number.NaN;
  if (dtype === type.double) return fields.end - fields.start >= 8 ? fields.float64 : Number.NaN;
  const varint = fields.type === wire.bytes ? firstPacked(fields, inner) : fields;
  switch (dtype) {
    case type.half:
      return halfValue(varint.low & 0xffff);
    case type.bfloat16:
      return bfloat16Value(varint.low & 0xffff);
    case type.uint32:
    case type.uint64:
      return varint.uint64;
    default:
      return varint.int64;
  }
}

/** The first varint of a packed list, read as if it were a field of its own. */
function firstPacked(fields: WireFields, inner: WireFields): WireFields {
  inner.open(fields.bytes, fields.view, fields.start, fields.end).varint();
  return inner;
}

const floats = new DataView(new ArrayBuffer(4));
function bfloat16Value(bits: number): number {
  floats.setUint32(0, bits << 16);
  return floats.getFloat32(0);
}

function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The strings of a text tensor; empty where it holds something else. At most `limit` of them. */
export function tensorStrings(outer: WireFields, limit = 100): string[] {
  const texts: string[] = [];
  const fields = new WireFields();
  for (fields.inside(outer); fields.next() && texts.length < limit; ) if (fields.is(field.strings, wire.bytes)) texts.push(fields.text);
  return texts;
}
