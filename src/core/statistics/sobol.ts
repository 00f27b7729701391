// Points that fill the unit cube evenly: Sobol's sequence with a random digital shift.

import { type Random, shuffled } from '../base/random';

/**
 * `count` points in [0, 1)^dimensions, row by row in one array.
 * Method: Sobol's sequence in Gray-code order with the direction numbers of Joe and Kuo (2008, `new-joe-kuo-6`), shifted by one random
 * integer a dimension (exclusive or), so that a seed gives its own points. Beyond the 21 dimensions whose numbers are kept here, each
 * further one is a random order of the strata 1/count wide (a Latin hypercube).
 */
export function sobol(count: number, dimensions: number, random: Random): Float64Array<ArrayBuffer> {
  const out = new Float64Array(count * dimensions);
  for (let d = 0; d < dimensions; d++) {
    if (d > joeKuo.length) fillStrata(out, d, dimensions, count, random);
    else fillSobol(out, d, dimensions, count, Math.floor(random.next() * 2 ** 32) >>> 0);
  }
  return out;
}

const bits = 32;

function fillSobol(out: Float64Array, d: number, dimensions: number, count: number, shift: number): void {
  const directions = directionsOf(d);
  let x = 0;
  for (let i = 0; i < count; i++) {
    out[i * dimensions + d] = ((x ^ shift) >>> 0) / 2 ** bits;
    // The bit to flip is the lowest zero of i.
    x = (x ^ (directions[31 - Math.clz32(~i & (i + 1))] as number)) >>> 0;
  }
}

function fillStrata(out: Float64Array, d: number, dimensions: number, count: number, random: Random): void {
  const order = shuffled(
    Array.from({ length: count }, (_, i) => i),
    random,
  );
  for (let i = 0; i < count; i++) out[i * dimensions + d] = ((order[i] as number) + random.next()) / count;
}

/** The direction numbers of dimension `d`, counted from 0, as 32-bit fractions. */
function directionsOf(d: number): Uint32Array {
  const v = new Uint32Array(bits);
  const numbers = d === 0 ? undefined : joeKuo[d - 1];
  if (numbers === undefined) {
    for (let i = 0; i < bits; i++) v[i] = 2 ** (bits - 1 - i);
    return v;
  }
  const [a, ...m] = numbers;
  const s = m.length;
  for (let i = 0; i < bits; i++) {
    if (i < s) {
      v[i] = ((m[i] as number) << (bits - 1 - i)) >>> 0;
      continue;
    }
    let value = (v[i - s] as number) ^ ((v[i - s] as number) >>> s);
    for (let k = 1; k < s; k++) if (((a as number) >> (s - 1 - k)) & 1) value ^= v[i - k] as number;
    v[i] = value >>> 0;
  }
  return v;
}

/** From dimension 2 on: the coefficients of the primitive polynomial, then the initial numbers m₁ … mₛ. */
const joeKuo: readonly (readonly [number, ...number[]])[] = [
  [0, 1],
  [1, 1, 3],
  [1, 1, 3, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 3, 3],
  [4, 1, 3, 5, 13],
  [2, 1, 1, 5, 5, 17],
  [4, 1, 1, 5, 5, 5],
  [7, 1, 1, 7, 11, 19],
  [11, 1, 1, 5, 1, 1],
  [13, 1, 1, 1, 3, 11],
  [14, 1, 3, 5, 5, 31],
  [1, 1, 3, 3, 9, 7, 49],
  [13, 1, 1, 1, 15, 21, 21],
  [16, 1, 3, 1, 13, 27, 49],
  [19, 1, 1, 1, 15, 7, 5],
  [22, 1, 3, 1, 15, 13, 25],
  [25, 1, 1, 5, 5, 19, 61],
  [1, 1, 3, 7, 11, 23, 15, 103],
  [4, 1, 3, 7, 13, 13, 15, 69],
];
