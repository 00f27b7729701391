// Reads bytes of a file in slices, whole within limits, or exactly.

import { paceOf } from '../base/pace';
import type { Limits } from '../source/reader';
import { SourceError, type SourceFile, sliceBytes } from '../source/source';

/** What reading in slices needs of a reader's context. */
export interface SliceContext {
  readonly signal: AbortSignal;
  readonly limits: Pick<Limits, 'fileBytes' | 'recordBytes'>;
  progress(bytes: number): void;
}

/**
 * The bytes [offset, offset + length) however the source delivers them: asks again after a short answer.
 * @returns fewer bytes only at the end of the file; a view that stays valid (never a buffer that the next read reuses)
 * @throws SourceError from the source
 */
export async function readExactly(file: SourceFile, offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = Math.max(0, Math.min(length, file.size - offset));
  const bytes = new Uint8Array(wanted);
  let filled = 0;
  while (filled < wanted) {
    signal?.throwIfAborted();
    const part = await file.read(offset + filled, Math.min(sliceBytes, wanted - filled));
    if (part.length === 0) return bytes.slice(0, filled);
    bytes.set(part.length > wanted - filled ? part.subarray(0, wanted - filled) : part, filled);
    filled += part.length;
  }
  return bytes;
}

/**
 * All bytes of a file.
 * @throws SourceError `too-large` beyond `limits.wholeFileBytes`, and what the source throws
 */
export async function readWhole(file: SourceFile, limits: Pick<Limits, 'wholeFileBytes'>, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > limits.wholeFileBytes)
    throw new SourceError('too-large', `${file.name} has ${file.size} bytes; the limit for a file read whole is ${limits.wholeFileBytes}.`, file.path);
  return readExactly(file, 0, file.size, signal);
}

/**
 * The bytes of a file from `offset` on, in slices. A slice may lie in a buffer that the next one reuses: copy what is kept.
 * Ends early where the file ends early.
 * @throws SourceError `too-large` beyond `limits.fileBytes`, and what the source throws
 */
export async function* readSlices(file: SourceFile, context: SliceContext, offset = 0): AsyncGenerator<Uint8Array> {
  if (file.size > context.limits.fileBytes)
    throw new SourceError('too-large', `${file.name} has ${file.size} bytes; the limit for a file is ${context.limits.fileBytes}.`, file.path);
  // A reader may take many slices before it has something to give: a cancel must get through meanwhile.
  const pace = paceOf(context.signal);
  try {
    for (let at = offset; at < file.size; ) {
      await pace.turn();
      const slice = await file.read(at, Math.min(sliceBytes, file.size - at));
      if (slice.length === 0) return;
      at += slice.length;
      yield slice;
      context.progress(slice.length);
    }
  } finally {
    pace.close();
  }
}

/** Bytes one behind the other, in memory of their own. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
