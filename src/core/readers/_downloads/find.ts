// Claims for downloads: those of one tracker in one folder are read together, for they speak of the same runs.

import type { Claim } from '../../source/reader';
import { type SourceFile, type SourceTree, walkDirs } from '../../source/source';

/** A file, and what the reader knows of it from its first bytes. */
export interface Download<Kind> {
  readonly file: SourceFile;
  readonly kind: Kind;
}

/** Headers are exact: nobody else writes them by chance. */
const confidence = 0.9;

/** A claim for each folder that holds downloads. @param kindOf null for a file that is none */
export async function claimDownloads<Kind>(tree: SourceTree, kindOf: (file: SourceFile) => Promise<Kind | null>): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const dir of walkDirs(tree.root)) {
    const note: Download<Kind>[] = [];
    for (const file of dir.files.values()) {
      if (tree.named && file !== tree.named) continue;
      const kind = await kindOf(file);
      if (kind !== null) note.push({ file, kind });
    }
    const files = note.map(({ file }) => file);
    if (files.length > 0) claims.push({ root: dir, confidence, key: files.slice(0, 1), files, note });
  }
  return claims;
}

/** The downloads of a claim that were left to it. */
export const downloadsOf = <Kind>({ note, files }: Claim): readonly Download<Kind>[] =>
  (note as readonly Download<Kind>[]).filter(({ file }) => files.includes(file));

/** Where the runs of a claim are: the one file, else the folder. */
export const placeOf = ({ root, files }: Claim): string => (files.length === 1 ? files[0]!.path : root.path);
