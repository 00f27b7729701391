// A whole mapping file for the files that no reader knows, from what each looks like.

import { anyGlob } from './globs';
import type { FoundGuess } from './guess';
import type { Mapping, MappingDocument } from './mapping';

export interface GuessedFile {
  /** Relative to the folder that the mapping file is for. */
  readonly path: string;
  /** The surest first. */
  readonly guesses: readonly FoundGuess[];
}

/** Guesses that are less sure are not proposed. */
const leastScore = 0.15;
const mostNamed = 200;

/**
 * One mapping for all files that look alike.
 * @param others paths of all other files: no glob may mean one of them
 */
export function propose(files: readonly GuessedFile[], others: readonly string[]): MappingDocument {
  const alike = new Map<string, { readonly mapping: Mapping; readonly paths: string[] }>();
  for (const { path, guesses } of files) {
    const best = guesses[0];
    if (!best || best.score < leastScore) continue;
    const key = JSON.stringify(best.mapping);
    const known = alike.get(key);
    if (known) known.paths.push(path);
    else alike.set(key, { mapping: best.mapping, paths: [path] });
  }
  const groups = [...alike.values()];
  const left = files.filter(({ guesses }) => (guesses[0]?.score ?? 0) < leastScore).map(({ path }) => path);
  const mappings = groups.map(({ mapping, paths }) => {
    const strangers = [...others, ...left, ...groups.flatMap((group) => (group.paths === paths ? [] : group.paths))];
    return { ...mapping, files: globsFor(paths, strangers) };
  });
  return { mappings: mappings.sort((a, b) => (a.files[0]! < b.files[0]! ? -1 : 1)) };
}

/** The shortest globs that mean these paths and none of the others: by name, by ending, by folder, one by one. */
function globsFor(paths: readonly string[], others: readonly string[]): readonly string[] {
  const sorted = [...paths].sort();
  const deep = sorted.some((path) => path.includes('/'));
  const unique = (of: (path: string) => string): readonly string[] => [...new Set(sorted.map(of))];
  const ways = [
    unique((path) => (deep ? `**/${nameOf(path)}` : nameOf(path))),
    unique((path) => (deep ? '**/' : '') + byEnding(path)),
    unique((path) => folderOf(path) + byEnding(path)),
  ];
  const few = ways.filter((globs) => globs.length <= 3).find((globs) => !others.some(anyGlob(globs)));
  return few ?? sorted.slice(0, mostNamed);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
function byEnding(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : `*${name.slice(dot)}`;
}
