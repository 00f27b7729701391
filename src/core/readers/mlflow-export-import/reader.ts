// Folders that mlflow-export-import wrote: an experiment with its runs, or one run.

import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { mlflow } from '../_mlflow/meta';

export const runName = 'run.json';
const experimentName = 'experiment.json';
const confidence = 0.95;
const headBytes = 16 * 1024;
const isRun = /"mlflow"\s*:\s*\{\s*"(?:info|data)"\s*:\s*\{|"script"\s*:\s*"export_run\w*\.py"/;
const isExperiment = /"mlflow"\s*:\s*\{\s*"experiment"\s*:\s*\{|"script"\s*:\s*"export_experiment\w*\.py"/;

/** What a claim reads: an experiment with its runs, or a run alone. */
export interface ExportNote {
  readonly experiment: SourceFile | null;
  readonly runs: readonly { readonly dir: SourceDir; readonly file: SourceFile }[];
}

export const reader: RunReader = {
  meta: { id: 'mlflow-export-import', title: 'MLflow export', accepts: 'a folder of mlflow-export-import: experiments, an experiment or a run', ...mlflow },
  async probe(tree, context) {
    const claims: Claim[] = [];
    const claimed = new Set<SourceDir>();
    for (const dir of walkDirs(tree.root)) {
      if (dir.parent && claimed.has(dir.parent)) claimed.add(dir);
      else {
        const claim = await claimOf(dir, tree.named, context);
        if (!claim) continue;
        claimed.add(dir);
        claims.push(claim);
      }
    }
    return claims;
  },
  load: () => import('./read'),
};

async function claimOf(root: SourceDir, only: SourceFile | null, context: ProbeContext): Promise<Claim | null> {
  const own = await fileOf(root, runName, isRun, context);
  if (only) return own === only ? { root, confidence, key: [own], files: [own], note: { experiment: null, runs: [{ dir: root, file: own }] } } : null;
  const experiment = await fileOf(root, experimentName, isExperiment, context);
  if (!experiment && !own) return null;
  const runs = own ? [{ dir: root, file: own }] : [];
  for (const dir of experiment ? root.dirs.values() : []) {
    const file = await fileOf(dir, runName, isRun, context);
    if (file) runs.push({ dir, file });
  }
  const note: ExportNote = { experiment, runs };
  const files = own ? [...walkFiles(root)] : [...(experiment ? [experiment] : []), ...runs.flatMap(({ dir }) => [...walkFiles(dir)])];
  return { root, confidence, key: [experiment ?? own!], files, note };
}

async function fileOf(dir: SourceDir, name: string, mark: RegExp, context: ProbeContext): Promise<SourceFile | null> {
  const file = dir.files.get(name);
  return file && mark.test(new TextDecoder().decode(await context.head(file, headBytes))) ? file : null;
}
