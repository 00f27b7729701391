// Sources made in memory for tests: a tree from a record of paths, files that come in pieces, end early or fail.

import { type SourceDir, SourceError, type SourceFile, type SourceTree } from './source';

export { mapFiles } from './source';

/** How a scripted file behaves. */
export interface Script {
  /** A read gives at most so many bytes, later, in a buffer that the next read overwrites: as slow disks and archives do. */
  readonly piece?: number;
  /** The file ends here though it was listed with its full size, as when it was cut underfoot. */
  readonly endsAt?: number;
  /** Reads that touch this byte fail. */
  readonly failsAt?: number;
  readonly modifiedMs?: number;
}

/** A file in memory. `path` is relative to the PATH given. */
export function scriptedFile(path: string, content: Uint8Array | string, script: Script = {}): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const end = Math.min(bytes.length, script.endsAt ?? bytes.length);
  const fail = script.failsAt ?? Number.POSITIVE_INFINITY;
  const buffer = script.piece === undefined ? null : new Uint8Array(script.piece);
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    size: bytes.length,
    modifiedMs: script.modifiedMs ?? null,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, end - offset, buffer?.length ?? length));
      if (offset <= fail && fail < offset + wanted) throw new SourceError('locked', `${path} cannot be read.`, path);
      const part = bytes.subarray(offset, offset + wanted);
      if (!buffer) return part;
      return Promise.resolve().then(() => {
        buffer.fill(0xee);
        buffer.set(part);
        return buffer.subarray(0, part.length);
      });
    },
  };
}

export type ScriptedFiles = Readonly<Record<string, Uint8Array | string | SourceFile>>;

/**
 * A tree of files in memory.
 * @param files path below the root (with `/`) → its bytes, its text (written as UTF-8) or a file made otherwise
 * @param options.name the root's name; options.named the path of the file that was named directly
 * @throws Error for a path that is not relative or leaves the root: a mistake in a test
 */
export function scriptedTree(files: ScriptedFiles, options: { readonly name?: string; readonly named?: string } = {}): SourceTree {
  const root = new ScriptedDir(options.name ?? 'scripted', '.', null);
  for (const path of Object.keys(files).sort()) {
    const parts = path.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..')) throw new Error(`not a path below the root: ${path}`);
    const content = files[path]!;
    const file = typeof content === 'string' || content instanceof Uint8Array ? scriptedFile(path, content) : content;
    root.descend(parts.slice(0, -1)).files.set(parts.at(-1)!, file);
  }
  root.sort();
  const named = options.named === undefined ? null : [...root.every()].find((file) => file.path === options.named);
  if (named === undefined) throw new Error(`no such file: ${options.named}`);
  return { root, named };
}

class ScriptedDir implements SourceDir {
  readonly dirs = new Map<string, ScriptedDir>();
  readonly files = new Map<string, SourceFile>();
  constructor(
    readonly name: string,
    readonly path: string,
    readonly parent: SourceDir | null,
  ) {}

  descend(parts: readonly string[]): ScriptedDir {
    let at: ScriptedDir = this;
    for (const name of parts) {
      let next = at.dirs.get(name);
      if (!next) {
        next = new ScriptedDir(name, at.path === '.' ? name : `${at.path}/${name}`, at);
        at.dirs.set(name, next);
      }
      at = next;
    }
    return at;
  }

  *every(): Generator<SourceFile> {
    yield* this.files.values();
    for (const dir of this.dirs.values()) yield* dir.every();
  }

  sort(): void {
    for (const map of [this.dirs, this.files] as Map<string, unknown>[]) {
      const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
      map.clear();
      for (const [name, entry] of entries) map.set(name, entry);
    }
    for (const dir of this.dirs.values()) dir.sort();
  }
}
