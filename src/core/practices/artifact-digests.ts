// Which artifacts of different runs are the same file, by digests of their bytes.

import { factValue } from '../model/facts';
import type { Artifact, Run } from '../model/run';

/** SHA-256 of an artifact's bytes, or a digest that the run records; null where none is known. */
function digestsOf(run: Run): (artifact: Artifact) => string | null {
  const recorded = new Map((factValue(run.facts, 'checkpoint') ?? []).flatMap(({ path, digest }) => (digest === null ? [] : [[path, digest] as const])));
  const files = new Map<string, string>();
  for (const { digests = {} } of run.sources) {
    for (const [path, digest] of Object.entries(digests)) files.set(path, digest);
  }
  const below = run.path === '.' ? '' : `${run.path}/`;
  return ({ path }) =>
    files.get(`${below}${path}`) ?? files.get(`${below}artifacts/${path}`) ?? files.get(`${below}files/${path}`) ?? recorded.get(path) ?? null;
}

export interface Copies {
  readonly digest: string;
  readonly size: number;
  readonly places: readonly { readonly run: Run; readonly path: string }[];
  /** Bytes to be saved by keeping one of them. */
  readonly saved: number;
}

/** Files that lie in several places with the same bytes, those that cost most first. */
export function copiesAmong(runs: readonly Run[]): readonly Copies[] {
  const places = new Map<string, { readonly size: number; readonly places: { readonly run: Run; readonly path: string }[] }>();
  for (const run of runs) {
    const digestOf = digestsOf(run);
    for (const artifact of run.artifacts) {
      const digest = artifact.kind === 'file' && artifact.size !== null && artifact.size > 0 ? digestOf(artifact) : null;
      if (digest === null) continue;
      const found = places.get(digest) ?? { size: artifact.size as number, places: [] };
      found.places.push({ run, path: artifact.path });
      places.set(digest, found);
    }
  }
  return [...places]
    .filter(([, found]) => found.places.length > 1)
    .map(([digest, found]) => ({ digest, ...found, saved: (found.places.length - 1) * found.size }))
    .sort((a, b) => b.saved - a.saved || (a.digest < b.digest ? -1 : 1));
}
