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

  /**
   * Its numbers, row by row; none where it holds no floats. A list that is shorter than the tensor goes on with its last number.
   * @throws malformed
   */
  numbers(): Float64Array {
    const size = this.shape.reduce((product, dim) => product * dim, 1);
    const width = this.#dtype === double ? 8 : this.#dtype === float ? 4 : 0;
    const found: number[] = [];
    for (const fields = new WireFields().over(this.bytes); fields.next(); ) {
      const listed = fields.field === field.content || fields.field === (width === 8 ? field.doubles : field.floats);
      if (width > 0 && listed) for (const number of width === 8 ? doublesOf(fields) : floatsOf(fields)) found.push(number);
    }
    // A shape that asks for more than the bytes could hold is only believed where they are repeated within reason.
    if (found.length === 0 || !(size <= Math.max(found.length, mostRepeated))) return new Float64Array(0);
    return Float64Array.from({ length: size }, (_, i) => found[Math.min(i, found.length - 1)] as number);
  }
}

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
