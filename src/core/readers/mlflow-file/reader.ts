// MLflow's file store: experiments and runs as folders with meta.yaml.

import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, walkDirs, walkFiles } from '../../source/source';
import { mlflow } from '../_mlflow/meta';
import { hasRunParts, metaKind } from './meta';

/** What a claim reads: an experiment with its runs, or runs whose experiment is not there. */
export interface StoreNote {
  readonly experiment: SourceDir | null;
  readonly runs: readonly SourceDir[];
}

const headBytes = 4096;

export const reader: RunReader = {
  meta: { id: 'mlflow-file', title: 'MLflow file store', accepts: 'an mlruns folder, or one run of it', ...mlflow },
  async probe(tree, context) {
    const claims: Claim[] = [];
    const claimed = new Set<SourceDir>();
    for (const dir of walkDirs(tree.root)) {
      if (dir.parent && claimed.has(dir.parent)) {
        claimed.add(dir);
        continue;
      }
      const note = await noteOf(dir, context);
      if (!note) continue;
      claimed.add(dir);
      const meta = dir.files.get('meta.yaml');
      claims.push({ root: dir, confidence: 0.95, key: meta ? [meta] : [], files: [...walkFiles(dir)], note });
    }
    return claims;
  },
  load: () => import('./read'),
};

async function noteOf(dir: SourceDir, context: ProbeContext): Promise<StoreNote | null> {
  const meta = dir.files.get('meta.yaml');
  if (!meta) return null;
  const kind = metaKind(await context.head(meta, headBytes));
  if (kind === 'run' || (kind === 'half' && hasRunParts(dir))) return { experiment: null, runs: [dir] };
  if (kind !== 'experiment') return null;
  const runs: SourceDir[] = [];
  for (const child of dir.dirs.values()) {
    const own = child.files.get('meta.yaml');
    if ((own && metaKind(await context.head(own, headBytes)) === 'run') || hasRunParts(child)) runs.push(child);
  }
  return { experiment: dir, runs };
}
