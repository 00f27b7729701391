// Who reads what: no file is read twice, the surest and most specific claim takes its files first (docs/architecture.md).

import type { Claim, RunReader } from '../source/reader';
import type { SourceFile } from '../source/source';

export interface ReaderClaim {
  readonly reader: RunReader;
  readonly claim: Claim;
}

/**
 * Settles claims that overlap. The surest goes first, then the deepest root, then the one with fewer files, then reader and path,
 * so the outcome does not depend on the order of readers. A claim that lost a key file falls; other lost files are taken out of it.
 * @returns what is left, in order of root path and reader
 */
export function settleClaims(claims: readonly ReaderClaim[]): readonly ReaderClaim[] {
  const taken = new Set<SourceFile>();
  const settled: ReaderClaim[] = [];
  for (const { reader, claim } of [...claims].sort(byPrecedence)) {
    if (claim.key.some((file) => taken.has(file))) continue;
    const files = claim.files.filter((file) => !taken.has(file));
    for (const file of claim.files) taken.add(file);
    for (const file of claim.key) taken.add(file);
    settled.push({ reader, claim: files.length === claim.files.length ? claim : { ...claim, files } });
  }
  return settled.sort((a, b) => compare(placeOf(a), placeOf(b)) || compare(a.reader.meta.id, b.reader.meta.id));
}

function byPrecedence(a: ReaderClaim, b: ReaderClaim): number {
  return (
    b.claim.confidence - a.claim.confidence ||
    depthOf(b.claim) - depthOf(a.claim) ||
    a.claim.files.length - b.claim.files.length ||
    compare(a.reader.meta.id, b.reader.meta.id) ||
    compare(placeOf(a), placeOf(b))
  );
}

const depthOf = ({ root }: Claim): number => (root.path === '.' ? 0 : root.path.split(/[/!]/).length);
const placeOf = ({ claim }: ReaderClaim): string => `${claim.root.path}\0${claim.key[0]?.path ?? ''}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The files of a claim that belong to the run at a path: for `sources`. All of them where none lies there (a database). */
export function filesByRun(files: readonly SourceFile[]): (runPath: string) => readonly string[] {
  const paths = files.map(({ path }) => path).sort();
  const range = (from: string, to: string) => paths.slice(firstAtLeast(paths, from), firstAtLeast(paths, to));
  return (runPath) => {
    if (runPath === '.') return paths;
    // '0' follows '/', '"' follows '!': everything that starts with the path and a separator.
    const below = [...range(`${runPath}!`, `${runPath}"`), ...range(`${runPath}/`, `${runPath}0`)];
    const itself = range(runPath, `${runPath}\0`);
    return below.length + itself.length > 0 ? [...itself, ...below] : paths;
  };
}

function firstAtLeast(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
