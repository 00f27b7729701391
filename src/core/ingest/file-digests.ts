// Digests of the files that a run was read from, where they are asked for: proof of what a report rests on.

import type { Sha256Factory } from '../base/sha256';
import { readSlices } from '../formats/bytes';
import type { Run, RunSource } from '../model/run';
import type { Limits } from '../source/reader';
import type { SourceFile } from '../source/source';

interface DigestContext {
  readonly sha256: Sha256Factory;
  readonly signal: AbortSignal;
  readonly limits: Limits;
  /** Larger files are left out. */
  readonly mostBytes: number;
}

/** Adds digests to the sources of runs of one claim. A file that several runs share is hashed once. */
export function sourceDigester(files: readonly SourceFile[], context: DigestContext): (run: Run) => Promise<Run> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const known = new Map<string, Promise<string | null>>();
  const digest = (path: string): Promise<string | null> => {
    const digested = known.get(path) ?? digestFile(byPath.get(path), context);
    known.set(path, digested);
    return digested;
  };
  const withDigests = async (source: RunSource): Promise<RunSource> => {
    const digests: [string, string][] = [];
    for (const path of source.files) {
      const hex = await digest(path);
      if (hex !== null) digests.push([path, hex]);
    }
    return digests.length > 0 ? { ...source, digests: Object.fromEntries(digests) } : source;
  };
  return async (run) => ({ ...run, sources: await Promise.all(run.sources.map(withDigests)) });
}

async function digestFile(file: SourceFile | undefined, { sha256, signal, limits, mostBytes }: DigestContext): Promise<string | null> {
  if (!file || file.size > mostBytes) return null;
  const hash = sha256();
  let read = 0;
  try {
    for await (const slice of readSlices(file, { signal, limits, progress: () => {} })) {
      hash.update(slice);
      read += slice.length;
    }
  } catch {
    signal.throwIfAborted();
    // The reader has told what cannot be read.
    return null;
  }
  return read === file.size ? hash.hex() : null;
}
