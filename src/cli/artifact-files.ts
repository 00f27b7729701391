// Digests of artifacts that may be copies of each other: only files of the same size are read.

import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Run } from '../core/model/run';
import { gather } from '../core/practices/scopes';
import { nodeSha256 } from '../host/sha256';
import type { CliContext } from './verb';

/** Smaller files are not worth the reading. */
const leastBytes = 1024 * 1024;

interface Place {
  readonly run: Run;
  /** Relative to the PATH given. */
  readonly path: string;
  readonly file: string;
}

/**
 * The runs with digests of their artifacts among those of their sources, where copies could save that much.
 * @param least bytes below which copies are not told, so that nothing need be read
 */
export async function withArtifactDigests(runs: readonly Run[], paths: readonly string[], least: number, context: CliContext): Promise<readonly Run[]> {
  const bySize = new Map<number, Place[]>();
  for (const run of runs) {
    for (const { path, size, kind } of run.artifacts) {
      if (kind !== 'file' || size === null || size < leastBytes) continue;
      const place = placeOf(run, path, size, paths[run.source]);
      if (place) gather(bySize, size, place);
    }
  }
  const alike = [...bySize].filter(([, places]) => new Set(places.map(({ file }) => file)).size > 1);
  if (alike.reduce((sum, [size, places]) => sum + size * (places.length - 1), 0) < least) return runs;
  const digests = new Map<string, Record<string, string>>();
  for (const { run, path, file } of alike.flatMap(([, places]) => places)) {
    context.status(`Comparing files… ${path}`);
    const digest = await digestOf(file, context.signal);
    if (digest !== null) digests.set(run.id, { ...digests.get(run.id), [path]: digest });
  }
  return runs.map((run) => {
    const [first, ...rest] = run.sources;
    const own = digests.get(run.id);
    return own && first ? { ...run, sources: [{ ...first, digests: { ...first.digests, ...own } }, ...rest] } : run;
  });
}

/** Where trackers keep artifacts below a run's folder. Only files that really lie below the PATH are read. */
function placeOf(run: Run, artifact: string, size: number, given: string | undefined): Place | null {
  if (given === undefined || run.path.includes('!')) return null;
  const below = run.path === '.' ? '' : `${run.path}/`;
  for (const folder of ['', 'artifacts/', 'files/']) {
    const path = `${below}${folder}${artifact}`;
    const file = resolve(given, path);
    if (!existsSync(file) || statSync(file).size !== size) continue;
    const real = realpathSync(file);
    if (real.startsWith(join(realpathSync(given), sep))) return { run, path, file: real };
  }
  return null;
}

async function digestOf(file: string, signal: AbortSignal): Promise<string | null> {
  const hash = nodeSha256();
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 4 * 1024 * 1024, signal })) hash.update(chunk as Uint8Array);
    return hash.hex();
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
