// Dropped files as the tree that readers see.

import { issue } from '../../core/base/issues';
import type { ScanContext } from '../../core/ingest/contract';
import { type SourceDir, SourceError, type SourceFile, type SourceTree } from '../../core/source/source';
import type { DroppedRoot } from './dropped';

/** The part of a File that is read; a test brings its own. */
export interface FileLike {
  readonly size: number;
  readonly lastModified: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface ListedFile {
  readonly path: string;
  readonly file: FileLike;
}

interface MutableDir extends SourceDir {
  readonly dirs: Map<string, MutableDir>;
  readonly files: Map<string, SourceFile>;
}

/** A page reads 16 MB two to three times as fast as 1 MB, so a file is read in such blocks and the last one is kept. */
const blockBytes = 16 * 1024 * 1024;

/** The tree of one dropped thing. What is beyond a limit is left out, with an issue. */
export function treeOf(root: DroppedRoot, listed: readonly ListedFile[], context: Pick<ScanContext, 'limits' | 'issue'>): SourceTree {
  const top = newDir(root.kind === 'folder' ? root.name : '.', '.', null);
  const { entries: most, depth } = context.limits;
  let tooDeep = 0;
  const sorted = [...listed].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, file } of sorted.slice(0, most)) {
    const parts = path.split('/');
    if (parts.length > depth) tooDeep += 1;
    else descend(top, parts.slice(0, -1)).files.set(parts.at(-1) as string, sourceFile(path, file));
  }
  if (sorted.length > most) context.issue(issue('too-large', `There are ${sorted.length} files, and only the first ${most} were looked at.`));
  if (tooDeep > 0) context.issue(issue('too-large', `${tooDeep} files lie more than ${depth} folders deep and were left out.`));
  sortDirs(top);
  return { root: top, named: root.kind === 'file' ? (top.files.get(root.name) ?? null) : null };
}

const newDir = (name: string, path: string, parent: SourceDir | null): MutableDir => ({ name, path, parent, dirs: new Map(), files: new Map() });

function descend(from: MutableDir, parts: readonly string[]): MutableDir {
  let at = from;
  for (const part of parts) {
    const next = at.dirs.get(part) ?? newDir(part, at.path === '.' ? part : `${at.path}/${part}`, at);
    at.dirs.set(part, next);
    at = next;
  }
  return at;
}

/** Paths are sorted as a whole, which is not the order of folder names: `a.b/` comes before `a/`. */
function sortDirs(dir: MutableDir): void {
  for (const map of [dir.dirs, dir.files] as Map<string, unknown>[]) {
    const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    map.clear();
    for (const [name, entry] of sorted) map.set(name, entry);
  }
  for (const child of dir.dirs.values()) sortDirs(child);
}

// One block for all files: readers go through them one after another.
let block: { readonly file: FileLike; readonly offset: number; readonly bytes: Uint8Array } | null = null;

function sourceFile(path: string, file: FileLike): SourceFile {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    size: file.size,
    modifiedMs: file.lastModified,
    async read(offset, length) {
      const end = Math.min(offset + length, file.size);
      if (offset >= end) return new Uint8Array();
      if (block?.file === file && offset >= block.offset && end <= block.offset + block.bytes.length) {
        return block.bytes.subarray(offset - block.offset, end - block.offset);
      }
      // A head of some bytes is no reason to read a large file.
      const wanted = end - offset <= 65_536 && file.size > blockBytes ? end : Math.min(file.size, Math.max(end, offset + blockBytes));
      try {
        block = { file, offset, bytes: new Uint8Array(await file.slice(offset, wanted).arrayBuffer()) };
      } catch (error) {
        const gone = error instanceof Error && error.name === 'NotFoundError';
        throw new SourceError(gone ? 'missing-file' : 'locked', gone ? `${path} is no longer there.` : `${path} cannot be read.`, path);
      }
      return block.bytes.subarray(0, end - offset);
    },
  };
}
