// Which files of a run are kept for preview: small texts and images, within a budget.

import { readExactly } from '../formats/bytes';
import type { Content } from '../model/run';
import type { Limits } from '../source/reader';
import type { SourceFile } from '../source/source';

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
