// Which files of a run are kept for preview: small texts and images, within a budget.

import { readExactly } from '../formats/bytes';
import type { Content } from '../model/run';
import type { Limits } from '../source/reader';
import { type SourceFile, stateOf } from '../source/source';

const images = /\.(png|jpe?g|gif|webp|bmp|ico)$/i;

/** What a file held when it was read last; null for what is not kept. */
export type KnownContents = Map<string, { readonly size: number; readonly state: ReturnType<typeof stateOf>; readonly bytes: Uint8Array<ArrayBuffer> | null }>;

/**
 * Keeps contents of one run until its budget is used up.
 * @param known contents of earlier reads, which are added to
 */
export function contentKeeper(limits: Limits, known?: KnownContents): (path: string, file: SourceFile, signal: AbortSignal) => Promise<Content | null> {
  let left = limits.contentBytesPerRun;
  return async (path, file, signal) => {
    if (file.size > limits.contentBytes || file.size > left) return null;
    const before = known?.get(file.path);
    const isKnown = before !== undefined && before.size === file.size && before.state === stateOf(file) && before.state !== null;
    const bytes = isKnown ? before.bytes : await readShown(path, file, signal);
    if (!isKnown) known?.set(file.path, { size: file.size, state: stateOf(file), bytes });
    if (!bytes) return null;
    left -= bytes.length;
    return { path, bytes };
  };
}

/** Null for what is neither text nor picture. */
async function readShown(path: string, file: SourceFile, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await readSmall(file, signal);
  return bytes && (images.test(path) || isText(bytes)) ? bytes : null;
}

async function readSmall(file: SourceFile, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const bytes = await readExactly(file, 0, file.size, signal);
    return bytes.length === file.size ? bytes : null;
  } catch {
    signal.throwIfAborted();
    // A preview that cannot be had is no trouble of the run; a reader that needs the file reports it.
    return null;
  }
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
