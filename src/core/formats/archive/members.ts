// The members of an archive, or of a bucket, as a tree. Names come from strangers: none leads out of it.

import { type IssueCode, issue } from '../../base/issues';
import type { SourceDir, SourceFile } from '../../source/source';
import type { ArchiveContext } from './archive';

export interface Member {
  /** As the archive says it. */
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number | null;
  readonly version?: string;
  read: SourceFile['read'];
}

/** What holds the members. */
export interface Holder {
  readonly name: string;
  readonly path: string;
  /** Between its own path and those of its members; '' where members are named from it on. */
  readonly joint: '!' | '';
  readonly noun: 'archive' | 'bucket';
}

export const archiveHolder = ({ name, path }: SourceFile): Holder => ({ name, path, joint: '!', noun: 'archive' });

/** Issues of one kind that are told one by one; more are told as a number. */
const mostTold = 20;

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
  readonly #told = new Map<IssueCode, number>();

  constructor(
    private readonly holder: Holder,
    parent: SourceDir | null,
    private readonly context: ArchiveContext,
  ) {
    this.#root = newDir(holder.name, holder.path, parent);
  }

  get count(): number {
    return this.#count;
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
      this.tell('bad-record', `The ${this.holder.noun} has a file and a folder of one name: ${member.name}`);
      return;
    }
    const { size, modifiedMs, version, read } = member;
    dir.files.set(name, { name, path: this.#pathIn(dir, name), size, modifiedMs, ...(version === undefined ? {} : { version }), read });
  }

  /** The tree, every directory sorted by name. */
  finish(): SourceDir {
    for (const [code, count] of this.#told)
      if (count > mostTold) this.context.issue(issue(code, `The same of ${count - mostTold} more.`, { file: this.holder.path }));
    sortDir(this.#root);
    return this.#root;
  }

  #fits(member: Member): boolean {
    const { entries, archiveBytes } = this.context.limits;
    this.#count++;
    this.#bytes += member.size;
    if (this.#count > entries) return this.#stop(`The ${this.holder.noun} has more than ${entries} files; the rest was left out (limit entries).`);
    if (this.holder.noun === 'archive' && this.#bytes > archiveBytes)
      return this.#stop(`The archive unpacks to more than ${archiveBytes} bytes; the rest was left out (limit archiveBytes).`);
    return true;
  }

  #stop(message: string): false {
    this.#full = true;
    this.tell('too-large', message);
    return false;
  }

  /** The parts of a harmless relative name, or null. */
  #partsOf(name: string): string[] | null {
    const written = name.replaceAll('\\', '/');
    const parts = written.split('/').filter((part) => part !== '' && part !== '.');
    if (written.startsWith('/') || /^[a-z]:/i.test(written) || parts.includes('..') || written.includes('\0')) {
      this.tell('outside-folder', `The ${this.holder.noun} has a file whose name leads out of it: ${name}`);
      return null;
    }
    if (parts.length > this.context.limits.depth) {
      this.tell('too-large', `Folders deeper than ${this.context.limits.depth} were left out (limit depth).`);
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
        child = newDir(part, this.#pathIn(dir, part), dir);
        dir.dirs.set(part, child);
      }
      dir = child;
    }
    return dir;
  }

  /** Tells what is left out. */
  tell(code: IssueCode, message: string): void {
    const count = (this.#told.get(code) ?? 0) + 1;
    this.#told.set(code, count);
    if (count <= mostTold) this.context.issue(issue(code, message, { file: this.holder.path }));
  }

  #pathIn(dir: SourceDir, name: string): string {
    if (dir !== this.#root) return `${dir.path}/${name}`;
    return this.holder.joint === '' ? name : `${dir.path}${this.holder.joint}${name}`;
  }
}

const newDir = (name: string, path: string, parent: SourceDir | null): MutableDir => ({ name, path, parent, dirs: new Map(), files: new Map() });

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
