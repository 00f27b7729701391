// Finds the files of a tree that may be a history, and the run that each belongs to.

import type { Claim } from '../../source/reader';
import { type SourceDir, type SourceFile, type SourceTree, walkDirs } from '../../source/source';
import { artifactsIn, configsIn, configsOf, isOwnFile, sidecarsIn } from './sidecar-names';

/** What a probe leaves for the read: one run's files, or one file of many runs. */
export interface Found {
  /** The logs of the run, in name order. */
  readonly logs: readonly SourceFile[];
  /** Relative to the PATH given. */
  readonly path: string;
  /** The folder that evidence and artifacts are relative to. */
  readonly home: SourceDir;
  readonly sidecars: readonly SourceFile[];
  readonly artifacts: readonly SourceFile[];
}

/** A file's name without its ending, `.gz` included. */
export const stemOf = (name: string): string => name.replace(/\.gz$/i, '').replace(/\.[^.]*$/, '');

/** `train_log` and `val_log` are one run's: the name without the word that tells the split. */
const splitless = (name: string): string =>
  stemOf(name).replace(/(?:^|(?<=[^a-z]))(?:train(?:ing)?|learn|val(?:id(?:ation)?)?|eval(?:uation)?|dev|test(?:ing)?)(?=$|[^a-z])/gi, '*');

/**
 * Claims for histories.
 * @param isHistory looks into a file; `named` where the user named it
 * @param confidence of a claim by this reader
 */
export async function claimsOf(tree: SourceTree, isHistory: (file: SourceFile, named: boolean) => Promise<boolean>, confidence: number): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const dir of walkDirs(tree.root)) {
    const logs: SourceFile[] = [];
    for (const file of dir.files.values()) {
      if (isOwnFile(file.name) || (tree.named && file !== tree.named)) continue;
      if (await isHistory(file, file === tree.named)) logs.push(file);
    }
    for (const found of runsOf(dir, logs, tree.named !== null)) {
      const key = found.logs.slice(0, 1);
      claims.push({ root: dir, confidence, key, files: [...found.logs, ...found.sidecars], note: found });
    }
  }
  return claims;
}

/** A log alone in its folder is the folder's run; several are a run each, unless their names differ only in the split. */
function runsOf(dir: SourceDir, logs: readonly SourceFile[], named: boolean): Found[] {
  const groups = new Map<string, SourceFile[]>();
  for (const log of logs) {
    const group = splitless(log.name);
    const key = group.includes('*') ? group : log.name;
    groups.set(key, [...(groups.get(key) ?? []), log]);
  }
  if (groups.size === 1 && !named && (dir.path !== '.' || configsIn(dir).length > 0 || logs.length > 1)) {
    const sidecars = sidecarsIn(dir).filter((file) => !logs.includes(file));
    return [{ logs, path: dir.path, home: dir, sidecars, artifacts: artifactsIn(dir).filter((file) => !logs.includes(file) && !sidecars.includes(file)) }];
  }
  return [...groups.values()].map((files) => {
    const sidecars = named ? [] : files.flatMap((file) => configsOf(dir, stemOf(file.name))).filter((file) => !logs.includes(file));
    return { logs: files, path: files[0]!.path, home: dir, sidecars, artifacts: [] };
  });
}
