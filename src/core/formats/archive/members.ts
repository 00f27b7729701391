// The members of an archive as a tree. Names come from strangers: none leads out of the archive.

import { issue } from '../../base/issues';
import type { SourceDir, SourceFile } from '../../source/source';
import type { ArchiveContext } from './archive';

export interface Member {
  /** As the archive says it. */
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number | null;
  read: SourceFile['read'];
}

interface MutableDir extends SourceDir {
  readonly dirs: Map<string, MutableDir>;
  readonly files: Map<string, SourceFile>;
}

/** Collects members into a tree and tells what it leaves out. */
export class MemberTree {
  readonly #root: MutableDir;
  #count = 0;
  #bytes = 0;
  #full = false;

  constructor(
    private readonly archive: SourceFile,
    parent: SourceDir | null,
    private readonly context: ArchiveContext,
  ) {
    this.#root = newDir(archive.name, archive.path, parent);
  }

  /** Whether a limit was reached: what follows need not be looked at. */
  get full(): boolean {
    return this.#full;
  }

  /** Adds a file; of two with one name the later wins, as it does when unpacking. */
  add(member: Member): void {
    if (this.#full || !this.#fits(member)) return;
    const parts = this.#partsOf(member.name);
    const name = parts?.pop();
    if (!parts || name === undefined) return;
    const dir = this.#dirAt(parts);
    if (!dir || dir.dirs.has(name)) {
      this.#tell('bad-record', `The archive has a file and a folder of one name: ${member.name}`);
      return;
    }
    dir.files.set(name, { name, path: childPath(dir, this.#root, name), size: member.size, modifiedMs: member.modifiedMs, read: member.read });
  }

  /** The tree, every directory sorted by name. */
  finish(): SourceDir {
    sortDir(this.#root);
    return this.#root;
  }

  #fits(member: Member): boolean {
    const { entries, archiveBytes } = this.context.limits;
    this.#count++;
    this.#bytes += member.size;
    if (this.#count > entries) return this.#stop(`The archive has more than ${entries} files; the rest was left out (limit entries).`);
    if (this.#bytes > archiveBytes) return this.#stop(`The archive unpacks to more than ${archiveBytes} bytes; the rest was left out (limit archiveBytes).`);
    return true;
  }

  #stop(message: string): false {
    this.#full = true;
    this.#tell('too-large', message);
    return false;
  }

  /** The parts of a harmless relative name, or null. */
  #partsOf(name: string): string[] | null {
    const written = name.replaceAll('\\', '/');
    const parts = written.split('/').filter((part) => part !== '' && part !== '.');
    if (written.startsWith('/') || /^[a-z]:/i.test(written) || parts.includes('..') || written.includes('\0')) {
      this.#tell('outside-folder', `The archive has a file whose name leads out of it: ${name}`);
      return null;
    }
    if (parts.length > this.context.limits.depth) {
      this.#tell('too-large', `Folders deeper than ${this.context.limits.depth} were left out (limit depth).`);
      return null;
    }
    return parts;
  }

  #dirAt(parts: readonly string[]): MutableDir | null {
    let dir = this.#root;
    for (const part of parts) {
      if (dir.files.has(part)) return null;
      let child = dir.dirs.get(part);
      if (!child) {
        child = newDir(part, childPath(dir, this.#root, part), dir);
        dir.dirs.set(part, child);
      }
      dir = child;
    }
    return dir;
  }

  #tell(code: 'bad-record' | 'too-large' | 'outside-folder', message: string): void {
    this.context.issue(issue(code, message, { file: this.archive.path }));
  }
}

const newDir = (name: string, path: string, parent: SourceDir | null): MutableDir => ({ name, path, parent, dirs: new Map(), files: new Map() });
const childPath = (dir: SourceDir, root: SourceDir, name: string): string => `${dir.path}${dir === root ? '!' : '/'}${name}`;

function sortDir(dir: MutableDir): void {
  sortMap(dir.files);
  sortMap(dir.dirs);
  for (const child of dir.dirs.values()) sortDir(child);
}

function sortMap<T>(map: Map<string, T>): void {
  const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  map.clear();
  for (const [key, value] of sorted) map.set(key, value);
}
