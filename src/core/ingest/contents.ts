// Which files of a run are kept for preview: small texts and images, within a budget.

import type { Content } from '../model/run';
import type { Limits } from '../source/reader';
import { type SourceFile, sliceBytes } from '../source/source';

const images = /\.(png|jpe?g|gif|webp|bmp|ico)$/i;

/** Keeps contents of one run until its budget is used up. */
export function contentKeeper(limits: Limits): (path: string, file: SourceFile, signal: AbortSignal) => Promise<Content | null> {
  let left = limits.contentBytesPerRun;
  return async (path, file, signal) => {
    if (file.size > limits.contentBytes || file.size > left) return null;
    const bytes = await readSmall(file, signal);
    if (!bytes || !(images.test(path) || isText(bytes))) return null;
    left -= bytes.length;
    return { path, bytes };
  };
}

async function readSmall(file: SourceFile, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(file.size);
  try {
    for (let at = 0; at < bytes.length; ) {
      signal.throwIfAborted();
      const slice = await file.read(at, Math.min(sliceBytes, bytes.length - at));
      if (slice.length === 0) return null;
      bytes.set(slice, at);
      at += slice.length;
    }
  } catch (error) {
    signal.throwIfAborted();
    // A preview that cannot be had is no trouble of the run; a reader that needs the file reports it.
    void error;
    return null;
  }
  return bytes;
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
