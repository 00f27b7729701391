// Which folders of event files are one run: a folder and the sub-runs below it.

import type { Claim } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { isCommitFile, isPackagesFile, isPatchFile, isRunFile } from '../_history/sidecar-names';

/** Folders that hold one part of a training, where their parent has no event files itself (Keras, TF estimators, many loops). */
export const parts: ReadonlySet<string> = new Set(['train', 'validation', 'val', 'eval', 'test']);

/**
 * The run that a folder belongs to: the topmost folder with event files above it (torch and tensorboardX write a folder per
 * curve, Keras one per part, add_hparams one per call), for a lone `train` or `validation` its parent, else itself.
 */
export function runFolderOf(dir: SourceDir, folders: ReadonlyMap<SourceDir, unknown>): SourceDir {
  let top: SourceDir | null = null;
  for (let at = dir.parent; at !== null; at = at.parent) if (folders.has(at)) top = at;
  return top ?? (dir.parent !== null && parts.has(dir.name) ? dir.parent : dir);
}

/** What a person put beside the event files: run.json, the commit, a patch, a freeze of the packages. */
export const isBeside = (name: string): boolean => isRunFile(name) || isCommitFile(name) || isPatchFile(name) || isPackagesFile(name);

/** One claim per run. Without the event files of the run folder itself the claim falls: then another tracker has taken the run. */
export function claimsOf(folders: ReadonlyMap<SourceDir, readonly SourceFile[]>, confidence: number, named: boolean): Claim[] {
  const runs = new Map<SourceDir, SourceFile[]>();
  for (const [dir, files] of folders) {
    const root = runFolderOf(dir, folders);
    const all = runs.get(root);
    if (all) all.push(...files);
    else runs.set(root, [...files]);
  }
  return [...runs].map(([root, files]) => ({
    root,
    confidence,
    key: folders.get(root) ?? files,
    files: [...files, ...(named ? [] : [...root.files.values()].filter(({ name }) => isBeside(name)))],
  }));
}
