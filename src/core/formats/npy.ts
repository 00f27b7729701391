// NumPy's .npy (format 1.0 to 3.0): arrays of numbers. Arrays of Python objects are pickles and are refused, never unpickled.

import { decodeUtf8 } from './text';

export interface NpyArray {
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  /** All elements, the last index running fastest, whichever way they were stored. Booleans are 0 and 1. */
  readonly values: Float64Array<ArrayBuffer>;
  /** As NumPy writes it: `<f8`, `|b1`. */
  readonly descr: string;
  /** Some integers are beyond 2^53 and were rounded. */
  readonly rounded: boolean;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy itself refuses longer headers, because it evaluates them. */
const mostHeaderBytes = 64 * 1024;
const mostDimensions = 64;
/** 128 MB as float64; evaluations have thousands. */
export const mostElements = 16 * 1024 * 1024;
const header = /^\{\s*'descr':\s*'([^']{1,64})',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\sL]*)\),?\s*\}\s*$/;
const safe = BigInt(Number.MAX_SAFE_INTEGER);

type Element = (view: DataView, at: number, little: boolean) => number;

const elements: Readonly<Record<string, Element>> = {
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  f2: (view, at, little) => halfOf(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/**
 * Reads one array.
 * @throws SyntaxError where the bytes are no array, are cut, or hold what is no number (objects, text, dates, complex numbers, records)
 */
export function parseNpy(bytes: Uint8Array<ArrayBuffer>): NpyArray {
  if (magic.some((byte, at) => bytes[at] !== byte) || bytes.length < 10) throw new SyntaxError('it does not begin as an array of NumPy');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const major = bytes[6] as number;
  if (major < 1 || major > 3) throw new SyntaxError(`its version ${major} is not known`);
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw new SyntaxError('its header is cut');
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > mostHeaderBytes || start + length > bytes.length) throw new SyntaxError('its header is cut or damaged');
  const { descr, fortran, shape } = headerOf(decodeUtf8(bytes.subarray(start, start + length)).text);
  const kind = descr.replace(/^[<>|=]/, '');
  const element = Object.hasOwn(elements, kind) ? elements[kind] : undefined;
  if (!element) throw new SyntaxError(kind.startsWith('O') ? 'it holds Python objects, which are never unpickled' : `its elements (${descr}) are no numbers`);
  const size = Number(kind.slice(1));
  const count = shape.reduce((product, side) => product * side, 1);
  if (count > mostElements) throw new SyntaxError(`it has more than ${mostElements} elements`);
  if (start + length + count * size > bytes.length) throw new SyntaxError('it is cut: there are fewer elements than its header says');
  const values = new Float64Array(count);
  const little = !descr.startsWith('>');
  for (let at = 0; at < count; at++) values[at] = element(view, start + length + at * size, little);
  const rounded = size === 8 && kind !== 'f8' && hasLarge(view, start + length, count, little, kind === 'u8');
  return { shape, values: fortran && shape.length > 1 ? rowsFirst(values, shape) : values, descr, rounded };
}

function headerOf(text: string): { readonly descr: string; readonly fortran: boolean; readonly shape: readonly number[] } {
  const match = header.exec(text);
  if (!match) throw new SyntaxError(/'descr':\s*\[/.test(text) ? 'its elements are records, not numbers' : 'its header cannot be understood');
  const shape = (match[3] as string).split(',').flatMap((part) => {
    const digits = part.trim().replace(/L$/, '');
    return digits === '' ? [] : [Number(digits)];
  });
  if (shape.length > mostDimensions || shape.some((side) => !Number.isSafeInteger(side))) throw new SyntaxError('its shape cannot be right');
  return { descr: match[1] as string, fortran: match[2] === 'True', shape };
}

/** Elements that lie with the first index running fastest, in the usual order. */
function rowsFirst(values: Float64Array<ArrayBuffer>, shape: readonly number[]): Float64Array<ArrayBuffer> {
  const ordered = new Float64Array(values.length);
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, 1));
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    ordered[to] = values[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis] as number;
      if (++(index[axis] as number) < (shape[axis] as number)) break;
      from -= (strides[axis] as number) * (shape[axis] as number);
      index[axis] = 0;
    }
  }
  return ordered;
}

function hasLarge(view: DataView, start: number, count: number, little: boolean, unsigned: boolean): boolean {
  for (let at = 0; at < count; at++) {
    const value = unsigned ? view.getBigUint64(start + at * 8, little) : view.getBigInt64(start + at * 8, little);
    if (value > safe || value < -safe) return true;
  }
  return false;
}

/** IEEE 754 binary16. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
