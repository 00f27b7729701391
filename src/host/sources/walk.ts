// Lists a folder with all below it: never out of it, never in circles, never without bounds.
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { issue } from '../../core/base/issues';
import { paceOf } from '../../core/base/pace';
import type { ScanContext } from '../../core/ingest/contract';
import type { SourceDir, SourceFile } from '../../core/source/source';
import { hostFile, type OpenFiles } from './open-files';

interface MutableDir extends SourceDir {
  readonly dirs: Map<string, SourceDir>;
  readonly files: Map<string, SourceFile>;
}

interface Waiting {
  readonly dir: MutableDir;
  readonly absolute: string;
  readonly depth: number;
}

/**
 * The tree below a folder. A link out of it is not followed, and that is told as an issue. A link to a directory inside
 * is not followed either: the directory is listed at its own place, once. A link to a file inside is listed as a file.
 * @param root real path of the folder
 */
export async function walkFolder(root: string, name: string, open: OpenFiles, context: ScanContext): Promise<SourceDir> {
  const walk = new Walk(root, open, context);
  const top = newDir(name, '.', null);
  const waiting: Waiting[] = [{ dir: top, absolute: root, depth: 0 }];
  const pace = paceOf(context.signal);
  try {
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      await pace.turn();
      waiting.push(...walk.list(at));
      if (pace.due()) context.progress(walk.entries);
    }
  } finally {
    pace.close();
  }
  context.progress(walk.entries);
  return top;
}

class Walk {
  entries = 0;
  #full = false;

  constructor(
    private readonly root: string,
    private readonly open: OpenFiles,
    private readonly context: ScanContext,
  ) {}

  /** Fills one directory; returns the ones below it, last first, so that they are listed in name order. */
  list({ dir, absolute, depth }: Waiting): Waiting[] {
    const below: Waiting[] = [];
    for (const entry of this.#entriesOf(dir, absolute)) {
      if (this.#isFull(dir)) break;
      this.entries++;
      const path = dir.path === '.' ? entry.name : `${dir.path}/${entry.name}`;
      const target = absolute + sep + entry.name;
      const kind = entry.isSymbolicLink() ? this.#linkKind(target, path) : kindOf(entry);
      if (kind === 'file') this.#addFile(dir, target, path);
      if (kind !== 'dir') continue;
      if (depth + 1 > this.context.limits.depth) {
        this.context.issue(issue('too-large', `Folders deeper than ${this.context.limits.depth} were left out (limit depth).`, { file: path }));
        continue;
      }
      const child = newDir(entry.name, path, dir);
      dir.dirs.set(entry.name, child);
      below.push({ dir: child, absolute: target, depth: depth + 1 });
    }
    return below.reverse();
  }

  #entriesOf(dir: SourceDir, absolute: string): Dirent[] {
    try {
      return readdirSync(absolute, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.context.issue(issue('locked', `The folder cannot be listed (${String((error as { code?: unknown }).code)}).`, { file: dir.path }));
      return [];
    }
  }

  #isFull(dir: SourceDir): boolean {
    const { entries } = this.context.limits;
    if (this.entries < entries) return false;
    if (!this.#full)
      this.context.issue(issue('too-large', `More than ${entries} files and folders; the rest was left out (limit entries).`, { file: dir.path }));
    this.#full = true;
    return true;
  }

  #addFile(dir: MutableDir, absolute: string, path: string): void {
    const found = statSync(absolute, { throwIfNoEntry: false });
    if (found?.isFile()) dir.files.set(path.slice(path.lastIndexOf('/') + 1), hostFile(absolute, path, found, this.open));
  }

  /** `file` for a link to a file inside the folder, null for every other link. */
  #linkKind(link: string, path: string): 'file' | null {
    let real: string;
    try {
      real = realpathSync(link);
    } catch {
      this.context.issue(issue('missing-file', 'A link leads nowhere.', { file: path }));
      return null;
    }
    if (real !== this.root && !real.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep)) {
      this.context.issue(issue('outside-folder', 'A link leads out of the folder and was not followed.', { file: path, severity: 'note' }));
      return null;
    }
    return statSync(real).isFile() ? 'file' : null;
  }
}

const newDir = (name: string, path: string, parent: SourceDir | null): MutableDir => ({ name, path, parent, dirs: new Map(), files: new Map() });
const kindOf = (entry: Dirent): 'file' | 'dir' | null => (entry.isFile() ? 'file' : entry.isDirectory() ? 'dir' : null);
