// What readers see of a folder, an archive or a drop: a listed tree of files that can be read in slices.

/** A file of a source. `read` is synchronous on the host and a promise in a page: always `await` it. */
export interface SourceFile {
  /** Last part of the path. */
  readonly name: string;
  /** Relative to the PATH given, with `/`; inside an archive `<archive>!<path>` (decision 14). */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number | null;
  /** Changes whenever the content does, where the source knows such a thing (an ETag). */
  readonly version?: string;
  /**
   * The bytes [offset, offset + length). Fewer may come, where a source delivers in pieces or the file ends early; none mean its end
   * (`readExactly` of core/formats asks on). Ask for at most 4 MB, so that cancel is prompt.
   * The bytes may lie in a buffer that the next read reuses: copy what is kept.
   * @throws SourceError when the file is gone, locked or changed underfoot
   */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}

export interface SourceDir {
  /** Last part of the path; for the root the name of what was given. */
  readonly name: string;
  /** Relative to the PATH given, `.` for the PATH itself. An archive is a directory whose path is the archive's. */
  readonly path: string;
  readonly parent: SourceDir | null;
  /** Sorted by name (code units). */
  readonly dirs: ReadonlyMap<string, SourceDir>;
  readonly files: ReadonlyMap<string, SourceFile>;
}

export interface SourceTree {
  readonly root: SourceDir;
  /** The file that was named directly, where the PATH is a single file that is no archive. */
  readonly named: SourceFile | null;
  /** Text of a mapping file that a person gave along (docs/mapping-file.md): it counts as if it lay in the root. */
  readonly mapping?: string;
}

type FileTrouble = 'missing-file' | 'locked' | 'outside-folder' | 'too-large' | 'encrypted' | 'bad-record' | 'unsupported';

/** What goes wrong between us and a server. */
export type HttpTrouble =
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'server-error'
  | 'unreachable'
  | 'timed-out'
  | 'cut-off'
  | 'bad-answer'
  | 'redirected'
  | 'certificate';

/** A file, or what a server should have answered, could not be read; `code` is an issue code. */
export class SourceError extends Error {
  constructor(
    readonly code: FileTrouble | HttpTrouble,
    message: string,
    readonly file: string,
  ) {
    super(message);
    this.name = 'SourceError';
  }
}

/** What tells, beside the size, that a file is as it was: better what the source says of the content than a time. Null where nothing does. */
export const stateOf = ({ version, modifiedMs }: Pick<SourceFile, 'version' | 'modifiedMs'>): string | number | null => version ?? modifiedMs;

export const sliceBytes = 4 * 1024 * 1024;

/** Every directory of a tree, parents before children, in name order. */
export function* walkDirs(dir: SourceDir): Generator<SourceDir> {
  yield dir;
  for (const child of dir.dirs.values()) yield* walkDirs(child);
}

/** Every file below a directory, in name order. */
export function* walkFiles(dir: SourceDir): Generator<SourceFile> {
  for (const at of walkDirs(dir)) yield* at.files.values();
}

/** `child` relative to `dir`, for paths of artifacts and evidence: `a/b!c` below `a/b` is `c`. */
export function pathBelow(dir: SourceDir, child: { readonly path: string }): string {
  if (dir.path === '.') return child.path;
  return child.path === dir.path ? '.' : child.path.slice(dir.path.length + 1);
}

/** The directory at a relative path below `dir`, or undefined. `..` is never followed. */
export function dirAt(dir: SourceDir, path: string): SourceDir | undefined {
  let at: SourceDir | undefined = dir;
  for (const part of path.split('/')) if (part !== '.' && part !== '') at = at?.dirs.get(part);
  return at;
}

/** The file at a relative path below `dir`, or undefined. */
export function fileAt(dir: SourceDir, path: string): SourceFile | undefined {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? dir.files.get(path) : dirAt(dir, path.slice(0, cut))?.files.get(path.slice(cut + 1));
}

/** The same tree with every file replaced, for instance by a cut or slower one. Directories and names stay. */
export function mapFiles(tree: SourceTree, replace: (file: SourceFile) => SourceFile): SourceTree {
  let named: SourceFile | null = null;
  const copy = (dir: SourceDir, parent: SourceDir | null): SourceDir => {
    const files = new Map<string, SourceFile>();
    const dirs = new Map<string, SourceDir>();
    const made: SourceDir = { name: dir.name, path: dir.path, parent, dirs, files };
    for (const [name, file] of dir.files) {
      const replaced = replace(file);
      if (file === tree.named) named = replaced;
      files.set(name, replaced);
    }
    for (const [name, child] of dir.dirs) dirs.set(name, copy(child, made));
    return made;
  };
  const root = copy(tree.root, null);
  return { root, named };
}
