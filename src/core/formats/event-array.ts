// Floating-point tensors of event files, whole: what histograms and curves are made of.

import { WireFields, wire } from './protobuf';

const float = 1;
const double = 2;
const field = { dtype: 1, shape: 2, content: 4, floats: 5, doubles: 6 } as const;

/** A tensor where it lies. */
export class StoredTensor {
  /** Sizes of its dimensions. */
  readonly shape: readonly number[];
  readonly #dtype: number;

  /** @throws malformed */
  constructor(private readonly bytes: Uint8Array) {
    const fields = new WireFields().over(bytes);
    const shape: number[] = [];
    let dtype = 0;
    while (fields.next()) {
      if (fields.is(field.dtype, wire.varint)) dtype = fields.low;
      else if (fields.is(field.shape, wire.bytes)) shape.push(...sizesOf(fields));
    }
    this.shape = shape;
    this.#dtype = dtype;
  }

  /** Elements by its shape. */
  get size(): number {
    return this.shape.reduce((product, dim) => product * dim, 1);
  }

  /**
   * Its numbers, row by row; null where it holds no floats, or not as many as its shape says. Raw content has all of them; a list
   * that is shorter than the tensor goes on with its last number.
   * @throws malformed
   */
  numbers(): Float64Array | null {
    const { size } = this;
    const width = this.#dtype === double ? 8 : this.#dtype === float ? 4 : 0;
    if (width === 0 || !(size >= 0)) return null;
    const found: number[] = [];
    let raw = false;
    for (const fields = new WireFields().over(this.bytes); fields.next(); ) {
      const isRaw = fields.field === field.content;
      if (!isRaw && fields.field !== (width === 8 ? field.doubles : field.floats)) continue;
      raw ||= isRaw;
      for (const number of width === 8 ? doublesOf(fields) : floatsOf(fields)) found.push(number);
    }
    if (found.length === size) return Float64Array.from(found);
    if (raw || found.length === 0 || found.length > size || size > mostRepeated) return null;
    return Float64Array.from({ length: size }, (_, i) => found[Math.min(i, found.length - 1)] as number);
  }
}

/** A shape may ask for any size: only so much is believed. */
const mostRepeated = 100_000;

function sizesOf(outer: WireFields): number[] {
  const sizes: number[] = [];
  const dims = new WireFields();
  const dim = new WireFields();
  for (dims.inside(outer); dims.next(); ) {
    if (!dims.is(2, wire.bytes)) continue;
    let size = 0;
    for (dim.inside(dims); dim.next(); ) if (dim.is(1, wire.varint)) size = dim.int64;
    sizes.push(size);
  }
  return sizes;
}

/** The doubles of a field: one, or a packed list. */
export const doublesOf = (fields: WireFields): number[] => listOf(fields, 8, (view, at) => view.getFloat64(at, true));
const floatsOf = (fields: WireFields): number[] => listOf(fields, 4, (view, at) => view.getFloat32(at, true));

function listOf({ view, start, end }: WireFields, width: number, read: (view: DataView, at: number) => number): number[] {
  return Array.from({ length: Math.floor((end - start) / width) }, (_, i) => read(view, start + i * width));
}
