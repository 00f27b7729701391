// Comet experiments as `cometx download` writes them: a folder each.

import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { comet } from '../_comet/meta';

/** What the folder of an experiment holds; with `--flat` everything lies in it, else code and environment below `run`. */
export interface ExperimentNote {
  readonly metadata: SourceFile | null;
  readonly metrics: SourceFile | null;
  readonly params: SourceFile | null;
  readonly others: SourceFile | null;
  readonly system: SourceFile | null;
  readonly git: SourceFile | null;
  readonly patch: SourceFile | null;
  readonly requirements: SourceFile | null;
  /** Properties of the assets, with a key to the service in them: read and not shown. */
  readonly assets: SourceFile | null;
}

const headBytes = 4096;

export const reader: RunReader = {
  meta: { id: 'comet-download', title: 'Comet downloads', accepts: 'a folder that `cometx download` wrote', ...comet },
  async probe(tree, context) {
    if (tree.named) return [];
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const claim = await claimOf(dir, context);
      if (claim) claims.push(claim);
    }
    return claims;
  },
  load: () => import('./read'),
};

async function claimOf(root: SourceDir, context: ProbeContext): Promise<Claim | null> {
  const begins = async (name: string, mark: RegExp): Promise<SourceFile | null> => {
    const file = root.files.get(name);
    return file && mark.test(new TextDecoder().decode(await context.head(file, headBytes))) ? file : null;
  };
  const metadata = await begins('metadata.json', /"experimentKey"\s*:/);
  const metrics = await begins('metrics.jsonl', /^\s*\{(?=[^\n]*"metricName"\s*:)(?=[^\n]*"metricValue"\s*:)/);
  const key = metadata ?? metrics;
  if (!key) return null;
  const own = (name: string): SourceFile | null => root.dirs.get('run')?.files.get(name) ?? root.files.get(name) ?? null;
  const note: ExperimentNote = {
    metadata,
    metrics,
    params: root.files.get('parameters.json') ?? null,
    others: root.files.get('others.jsonl') ?? null,
    system: root.files.get('system_details.json') ?? null,
    git: own('git_metadata.json'),
    patch: own('git_diff.patch'),
    requirements: own('requirements.txt'),
    assets: root.dirs.get('assets')?.files.get('assets_metadata.jsonl') ?? root.files.get('assets_metadata.jsonl') ?? null,
  };
  const below = ['run', 'assets'].flatMap((name) => [...(root.dirs.has(name) ? walkFiles(root.dirs.get(name)!) : [])]);
  return { root, confidence: metadata ? 0.95 : 0.9, key: [key], files: [...root.files.values(), ...below], note };
}
