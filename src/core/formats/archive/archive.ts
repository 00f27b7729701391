// Opens zip, tar and tar.gz as directories, over any file that can be read in slices: on the host and in a page alike.

import type { Issue } from '../../base/issues';
import type { Limits } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz';

export interface ArchiveContext {
  readonly signal: AbortSignal;
  readonly limits: Limits;
  /** What is left out or damaged. */
  issue(issue: Issue): void;
}

/** First bytes that `archiveKind` wants to see. */
export const archiveHeadBytes = 512;

/**
 * The kind of archive, by its first bytes. Many formats are zips inside (.npz, .pt, .keras), so a file in a folder counts
 * only with an archive's name; one that was named directly counts in any case.
 */
export function archiveKind(name: string, head: Uint8Array, named: boolean): ArchiveKind | null {
  const lower = name.toLowerCase();
  if (isZip(head) && (named || lower.endsWith('.zip'))) return 'zip';
  if (isTar(head) && (named || lower.endsWith('.tar'))) return 'tar';
  if (head[0] === 0x1f && head[1] === 0x8b && /\.(tar\.gz|tgz)$/.test(lower)) return 'tar.gz';
  return null;
}

/** Names of archives that are known and not read. */
export const unsupportedArchive = /\.(7z|rar|tar\.(bz2|xz|zst|lz4?)|tbz2?|txz|tzst)$/i;

/**
 * The archive as a directory whose path is the archive's; its members are `<archive>!<path>`.
 * @param parent the directory that the archive lies in
 * @throws SourceError when it cannot be opened at all
 */
export async function openArchive(file: SourceFile, kind: ArchiveKind, parent: SourceDir | null, context: ArchiveContext): Promise<SourceDir> {
  switch (kind) {
    case 'zip':
      return (await import('./zip')).openZip(file, parent, context);
    case 'tar':
      return (await import('./tar')).openTar(file, file, parent, context);
    case 'tar.gz': {
      const [{ openTar }, { gunzipped }] = await Promise.all([import('./tar'), import('./gzip')]);
      return openTar(file, await gunzipped(file, context), parent, context);
    }
  }
}

const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
const isTar = (head: Uint8Array): boolean => String.fromCharCode(...head.subarray(257, 262)) === 'ustar';
