// Files that a server lists, as a folder: nothing is fetched before it is read.

import type { SourceDir, SourceFile } from '../../source/source';

/** More of one file is never asked for: what is kept for preview is smaller. */
const mostFetched = 16 * 1024 * 1024;
const deepest = 16;

export interface RemoteEntry {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly size: number;
  /** @throws HttpError */
  fetch(mostBytes: number): Promise<Uint8Array<ArrayBuffer>>;
}

interface Folder extends SourceDir {
  readonly dirs: Map<string, Folder>;
  readonly files: Map<string, SourceFile>;
}

/**
 * The folder of listed files. Names come from a server: one that is absolute, too deep or leads out of the folder is left out.
 * @param root where the folder stands among the paths of the run's source
 */
export function remoteFolder(root: string, entries: Iterable<RemoteEntry>): SourceDir {
  const top = emptyFolder(nameOf(root), root, null);
  for (const entry of entries) {
    const parts = entry.path.split('/');
    const name = parts.pop();
    if (!name || parts.length > deepest || [...parts, name].some((part) => part === '' || part === '.' || part === '..')) continue;
    let at = top;
    for (const part of parts) {
      const next = at.dirs.get(part) ?? emptyFolder(part, `${at.path}/${part}`, at);
      at.dirs.set(part, next);
      at = next;
    }
    at.files.set(name, fileOf(`${at.path}/${name}`, name, entry));
  }
  return top;
}

const emptyFolder = (name: string, path: string, parent: Folder | null): Folder => ({ name, path, parent, dirs: new Map(), files: new Map() });

function fileOf(path: string, name: string, { size, fetch }: RemoteEntry): SourceFile {
  // Fetched once, read in slices, let go with the last of them.
  let bytes: Promise<Uint8Array<ArrayBuffer>> | null = null;
  return {
    name,
    path,
    size,
    modifiedMs: null,
    async read(offset, length) {
      bytes ??= fetch(mostFetched);
      const part = (await bytes).subarray(offset, offset + length);
      if (offset + part.length >= size) bytes = null;
      return part;
    },
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
