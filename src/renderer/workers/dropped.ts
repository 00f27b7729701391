// What was dropped on the page or chosen in a file dialog, as a stream of files: the page walks, the worker reads.

/** One thing that was dropped. */
export interface DroppedRoot {
  readonly name: string;
  readonly kind: 'folder' | 'file';
}

export interface DroppedFile {
  /** Index of the root that it is below. */
  readonly root: number;
  /** Below the root, with `/`; for a file that was dropped itself, its name. */
  readonly path: string;
  readonly file: File;
}

export interface Drop {
  readonly roots: readonly DroppedRoot[];
  /** Files in portions, as they are found. To be iterated once. */
  readonly files: AsyncIterable<readonly DroppedFile[]>;
}

const portion = 256;

/** What was dropped, to be read again: files are handles, so keeping them is cheap. */
export interface KeptDrop {
  readonly roots: readonly DroppedRoot[];
  /** Files that were found; all of them once the drop was read. */
  readonly files: readonly DroppedFile[];
}

/** A drop that remembers its files while they are iterated. */
export function keptDrop(drop: Drop): { readonly drop: Drop; readonly kept: KeptDrop } {
  const files: DroppedFile[] = [];
  async function* keeping(): AsyncGenerator<readonly DroppedFile[]> {
    for await (const some of drop.files) {
      files.push(...some);
      yield some;
    }
  }
  return { drop: { roots: drop.roots, files: keeping() }, kept: { roots: drop.roots, files } };
}

/** A kept drop as one folder or one file, so that one mapping can name files of all that was dropped together. */
export function asOneRoot({ roots, files }: KeptDrop): KeptDrop {
  const [only] = roots;
  if (only && roots.length === 1) return { roots, files };
  const moved = files.map((one): DroppedFile => {
    const root = roots[one.root];
    return { root: 0, file: one.file, path: root?.kind === 'folder' ? `${root.name}/${one.path}` : one.path };
  });
  return { roots: [{ name: 'drop', kind: 'folder' }], files: moved };
}

/** A kept drop, to be iterated anew. */
export const dropAgain = ({ roots, files }: KeptDrop): Drop => ({ roots, files: portions(files) });

/** A drop; must be called while the event is handled, since the list is empty afterwards. */
export function dropOf(items: DataTransferItemList): Drop {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return {
    roots: entries.map((entry) => ({ name: entry.name, kind: entry.isDirectory ? 'folder' : 'file' })),
    files: portions(walkAll(entries)),
  };
}

/** What an `<input type="file">` gave: single files, or a folder where it asked for one. */
export function dropOfFiles(list: readonly File[]): Drop {
  const roots: DroppedRoot[] = [];
  const files = list.map((file): DroppedFile => {
    const [folder, ...rest] = file.webkitRelativePath.split('/');
    if (!folder || rest.length === 0) {
      roots.push({ name: file.name, kind: 'file' });
      return { root: roots.length - 1, path: file.name, file };
    }
    const known = roots.findIndex((root) => root.kind === 'folder' && root.name === folder);
    if (known < 0) roots.push({ name: folder, kind: 'folder' });
    return { root: known < 0 ? roots.length - 1 : known, path: rest.join('/'), file };
  });
  return { roots, files: portions(files) };
}

async function* portions(files: AsyncIterable<DroppedFile> | Iterable<DroppedFile>): AsyncGenerator<readonly DroppedFile[]> {
  let waiting: DroppedFile[] = [];
  for await (const file of files) {
    waiting.push(file);
    if (waiting.length < portion) continue;
    yield waiting;
    waiting = [];
  }
  if (waiting.length > 0) yield waiting;
}

async function* walkAll(entries: readonly FileSystemEntry[]): AsyncGenerator<DroppedFile> {
  for (const [root, entry] of entries.entries()) yield* walk(entry, root, entry.isDirectory ? '' : entry.name);
}

/** An explicit stack: a folder may be deeper than the call stack. */
async function* walk(top: FileSystemEntry, root: number, topPath: string): AsyncGenerator<DroppedFile> {
  const stack = [{ entry: top, path: topPath }];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { entry, path } = at;
    if (entry.isDirectory) {
      const children = await childrenOf(entry as FileSystemDirectoryEntry);
      stack.push(...children.map((child) => ({ entry: child, path: path === '' ? child.name : `${path}/${child.name}` })));
    } else {
      const file = await fileOf(entry as FileSystemFileEntry);
      if (file) yield { root, path, file };
    }
  }
}

/** `readEntries` gives at most 100 at a time, and an empty list at the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Null where the file went between listing and opening. */
const fileOf = (entry: FileSystemFileEntry): Promise<File | null> => new Promise((resolve) => entry.file(resolve, () => resolve(null)));
