// Artifacts of a run on a server: listed folder by folder.

import { type JsonObject, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { SourceDir } from '../../source/source';
import { type RemoteEntry, remoteFolder } from '../_remote/folder';

const mostFiles = 2000;
const mostFolders = 200;

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
  const files: RemoteEntry[] = [];
  const folders = [''];
  for (let at = 0; at < Math.min(folders.length, mostFolders); at++) {
    const parent = folders[at] ?? '';
    for await (const entries of place.list(parent)) {
      for (const { path: named, is_dir: isFolder, file_size: size } of entries) {
        const path = textOf(named);
        // A server that names its folders again, or others, would be listed without end.
        if (path === null || path.slice(0, Math.max(0, path.lastIndexOf('/'))) !== parent) continue;
        if (isFolder === true) folders.push(path);
        else files.push({ path, size: numberOf(size ?? 0) ?? 0, fetch: (mostBytes) => place.fetch(path, mostBytes) });
      }
    }
    if (files.length > mostFiles) break;
  }
  return { dir: remoteFolder(root, files.slice(0, mostFiles)), cut: files.length > mostFiles || folders.length > mostFolders };
}
