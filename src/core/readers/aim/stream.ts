// What Aim's server streams: entries of trees, each its length and key, its length and value, in the encoding of the stores.

import type { Value } from '../../model/values';
import { decodePath, decodeValue } from './encoding';
import { Tree } from './tree';

/** One run of an answer. */
export interface StreamedRun {
  readonly tree: Tree;
  /** Columns of numbers by place among the traces and name: `3.values`. */
  readonly columns: Map<string, Float64Array<ArrayBuffer>>;
  /** Other bytes, where they lie in the answer, by their path joined with `.`. */
  readonly blobs: Map<string, Uint8Array>;
}

/** The answer ends in the middle of an entry. */
export class CutStream extends Error {}

/**
 * The runs of an answer by hash. What is no path with a value is left out, and so is word of progress.
 * @throws CutStream
 */
export function streamedRuns(bytes: Uint8Array): ReadonlyMap<string, StreamedRun> {
  const runs = new Map<string, StreamedRun>();
  for (const [key, value] of entriesOf(bytes)) {
    const [hash, ...path] = decodePath(key) ?? [];
    const stored = decodeValue(value);
    if (typeof hash !== 'string' || hash.startsWith('progress_') || path.length === 0 || !stored) continue;
    const run = runs.get(hash) ?? { tree: new Tree(), columns: new Map(), blobs: new Map() };
    runs.set(hash, run);
    const [part, place, column, last] = path;
    if (part === 'traces' && last === 'blob' && path.length === 4 && stored.kind === 'bytes') run.columns.set(`${place}.${column}`, numbersOf(stored.bytes));
    else {
      run.tree.put(path, stored);
      if (stored.kind === 'bytes') run.blobs.set(path.join('.'), stored.bytes);
    }
  }
  return runs;
}

/** The bytes of an answer that holds just one thing; null where there are none. @throws CutStream */
export function streamedBlob(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  for (const [, value] of entriesOf(bytes)) {
    const stored = decodeValue(value);
    if (stored?.kind === 'bytes') return stored.bytes.slice();
  }
  return null;
}

const lengthBytes = 4;

function* entriesOf(bytes: Uint8Array): Generator<readonly [Uint8Array, Uint8Array]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const next = (): Uint8Array => {
    const from = at + lengthBytes;
    if (from > bytes.length || from + view.getUint32(at, true) > bytes.length) throw new CutStream('The answer ends in the middle of an entry.');
    at = from + view.getUint32(at, true);
    return bytes.subarray(from, at);
  };
  while (at < bytes.length) yield [next(), next()];
}

/** Doubles, little-endian; a part of one at the end is left out. */
function numbersOf(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => view.getFloat64(at * 8, true));
}

/** A list or an object of a tree as a list. */
export const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
