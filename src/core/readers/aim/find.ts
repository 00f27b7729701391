// The files of an Aim repository, sorted by what they belong to.

import { isRocksStore } from '../../formats/rocksdb/names';
import { dirAt, type SourceDir, type SourceFile, walkFiles } from '../../source/source';

export const databaseName = 'run_metadata.sqlite';
export const metaChunks = 'meta/chunks';
export const seqsChunks = 'seqs/chunks';

/** Whether a folder is built like a repository of Aim 3, or is what is left of one; what it is called does not matter. */
export function isRepository(dir: SourceDir): boolean {
  if (dir.files.has(databaseName) && (dir.files.has('VERSION') || dir.dirs.has('meta'))) return true;
  return [metaChunks, seqsChunks].some((path) => [...(dirAt(dir, path)?.dirs.values() ?? [])].some(isRocksStore));
}

/** Hashes of the runs that have a store, sorted. */
export function storedHashes(root: SourceDir): string[] {
  const found = new Set<string>();
  for (const path of [metaChunks, seqsChunks]) for (const name of dirAt(root, path)?.dirs.keys() ?? []) found.add(name);
  return [...found].sort();
}

/** The files of every run: its stores, and the small ones that have its hash in their name. */
export function filesByHash(root: SourceDir): ReadonlyMap<string, readonly SourceFile[]> {
  const found = new Map<string, SourceFile[]>();
  const put = (hash: string, files: Iterable<SourceFile>): void => {
    const there = found.get(hash) ?? [];
    there.push(...files);
    found.set(hash, there);
  };
  for (const path of [metaChunks, seqsChunks]) for (const [hash, dir] of dirAt(root, path)?.dirs ?? []) put(hash, walkFiles(dir));
  for (const path of ['meta/progress', 'seqs/progress', 'locks', 'check_ins'])
    for (const file of dirAt(root, path)?.files.values() ?? []) put(file.name.replace(/[.-].*$/, ''), [file]);
  return found;
}
