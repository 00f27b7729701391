// Artifacts of a run on a server, as a folder whose files are fetched when they are read.

import { type JsonObject, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { SourceDir, SourceFile } from '../../source/source';

const mostFiles = 2000;
const mostFolders = 200;
const deepest = 12;
/** More of one file is never asked for: what is kept for preview is smaller. */
const mostFetched = 16 * 1024 * 1024;

export interface ArtifactPlace {
  /** Entries of a folder, `''` for the top. */
  list(path: string): AsyncIterable<readonly JsonObject[]>;
  fetch(path: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface ListedArtifacts {
  readonly dir: SourceDir;
  /** There is more than was listed. */
  readonly cut: boolean;
}

/**
 * Lists artifacts breadth first.
 * @param root where the folder stands among the paths of the run's source
 * @throws HttpError
 */
export async function listArtifacts(root: string, place: ArtifactPlace): Promise<ListedArtifacts> {
  const top = folder(nameOf(root), root, null);
  const waiting: { readonly dir: Folder; readonly path: string; readonly depth: number }[] = [{ dir: top, path: '', depth: 0 }];
  let files = 0;
  let folders = 0;
  let cut = false;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (next.depth > deepest || folders++ >= mostFolders) {
      cut = true;
      break;
    }
    for await (const entries of place.list(next.path)) {
      for (const entry of entries) {
        const path = safePath(textOf(entry.path));
        if (path === null || !isBelow(path, next.path)) continue;
        const name = nameOf(path);
        if (entry.is_dir === true) {
          const child = folder(name, `${root}/${path}`, next.dir);
          next.dir.dirs.set(name, child);
          waiting.push({ dir: child, path, depth: next.depth + 1 });
        } else if (files++ < mostFiles) next.dir.files.set(name, fileOf(root, path, numberOf(entry.file_size ?? 0) ?? 0, place));
        else cut = true;
      }
    }
  }
  return { dir: top, cut };
}

interface Folder extends SourceDir {
  readonly dirs: Map<string, SourceDir>;
  readonly files: Map<string, SourceFile>;
}

const folder = (name: string, path: string, parent: SourceDir | null): Folder => ({ name, path, parent, dirs: new Map(), files: new Map() });

function fileOf(root: string, path: string, size: number, place: ArtifactPlace): SourceFile {
  // Read in slices, fetched once; let go with the last slice.
  let bytes: Promise<Uint8Array<ArrayBuffer>> | null = null;
  return {
    name: nameOf(path),
    path: `${root}/${path}`,
    size,
    modifiedMs: null,
    async read(offset, length) {
      bytes ??= place.fetch(path, mostFetched);
      const part = (await bytes).subarray(offset, offset + length);
      if (offset + part.length >= size) bytes = null;
      return part;
    },
  };
}

/** A path that a server names: never absolute, never with `..`. */
function safePath(path: string | null): string | null {
  return path === null || path === '' || path.split('/').some((part) => part === '' || part === '.' || part === '..') ? null : path;
}

const isBelow = (path: string, parent: string): boolean => path.slice(0, Math.max(0, path.lastIndexOf('/'))) === parent;
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
