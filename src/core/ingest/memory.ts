// What is kept of a followed claim between two readings: readers' own state, as long as files only grow at their end.

import { readExactly } from '../formats/bytes';
import type { ReadMemory } from '../source/reader';
import { type SourceDir, type SourceFile, stateOf, walkFiles } from '../source/source';
import type { KnownContents } from './contents';

/** How a file was when it was read last: enough to see that what was read of it still stands. */
interface Mark {
  readonly size: number;
  readonly state: ReturnType<typeof stateOf>;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

const headBytes = 4096;
const tailBytes = 64;

export class ClaimMemory implements ReadMemory {
  /** A file that is read on shrank or was written anew since the last reading. */
  restarted = false;
  /** Small files of the runs, for preview. */
  readonly contents: KnownContents = new Map();
  readonly #kept = new Map<string, { readonly value: unknown; readonly marks: ReadonlyMap<string, Mark> }>();
  readonly #lasting = new Map<string, LastingFile>();
  readonly #marks = new Map<string, Mark>();
  #mayLeaveOut = false;
  readonly #states = new Map<string, string>();

  /** @param stateOf a digest of names, sizes and times */
  constructor(
    private readonly signal: AbortSignal,
    private readonly stateOf: (files: Iterable<SourceFile>) => string,
  ) {}

  /**
   * Begins the next reading, of the files as they are listed now.
   * @param mayLeaveOut whether unchanged runs may be left out: not where it matters how many there are
   */
  begin(files: Iterable<SourceFile>, mayLeaveOut: boolean): void {
    this.restarted = false;
    this.#mayLeaveOut = mayLeaveOut;
    for (const file of files) this.#lasting.get(file.path)?.become(file);
  }

  /** Lets go of all that readers kept. */
  forget(): void {
    this.#kept.clear();
    this.contents.clear();
    this.#states.clear();
    this.#lasting.clear();
  }

  /** Whether files did no more than grow since this was asked last; true the first time. */
  async haveGrown(files: readonly SourceFile[]): Promise<boolean> {
    let grown = true;
    const marks = new Map<string, Mark>();
    for (const file of files) {
      const before = this.#marks.get(file.path);
      const { stands, ...mark } = await markOf(file, before, this.signal);
      grown &&= stands;
      this.restarted ||= before !== undefined && mark.size < before.size;
      marks.set(file.path, mark);
    }
    for (const [path, mark] of marks) this.#marks.set(path, mark);
    return grown;
  }

  async keep<T extends object>(name: string, files: readonly SourceFile[], make: () => T, fits: (kept: T) => boolean = () => true): Promise<T> {
    const known = this.#kept.get(name);
    const marks = new Map<string, Mark>();
    let grew = known !== undefined;
    for (const file of files) {
      const before = known?.marks.get(file.path);
      const now = await markOf(file, before, this.signal);
      grew &&= before === undefined || (now.size >= before.size && now.stands);
      marks.set(file.path, now);
    }
    for (const path of known?.marks.keys() ?? []) grew &&= marks.has(path);
    if (known !== undefined && !grew) this.restarted = true;
    const value = grew && fits(known?.value as T) ? (known?.value as T) : make();
    this.#kept.set(name, { value, marks });
    return value;
  }

  lasting(file: SourceFile): SourceFile {
    const known = this.#lasting.get(file.path);
    known?.become(file);
    const lasting = known ?? new LastingFile(file);
    this.#lasting.set(file.path, lasting);
    return lasting;
  }

  isUnchanged(place: SourceDir | SourceFile): boolean {
    const state = this.stateOf('size' in place ? [place] : walkFiles(place));
    const same = this.#states.get(place.path) === state;
    this.#states.set(place.path, state);
    return same && this.#mayLeaveOut;
  }
}

/** The file's mark now; `stands` where what was read before is still its beginning. */
async function markOf(file: SourceFile, before: Mark | undefined, signal: AbortSignal): Promise<Mark & { readonly stands: boolean }> {
  const { size } = file;
  const state = stateOf(file);
  if (before && before.size === size && before.state === state) return { ...before, stands: true };
  const head = await readExactly(file, 0, headBytes, signal);
  const tail = await readExactly(file, Math.max(0, size - tailBytes), tailBytes, signal);
  // A file of the same size that was written anew may differ anywhere.
  const stands =
    before === undefined ||
    (size > before.size &&
      begins(head, before.head) &&
      begins(await readExactly(file, before.size - before.tail.length, before.tail.length, signal), before.tail));
  return { size, state, head, tail, stands };
}

function begins(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte);
}

class LastingFile implements SourceFile {
  #now: SourceFile;

  constructor(file: SourceFile) {
    this.#now = file;
  }

  become(file: SourceFile): void {
    this.#now = file;
  }

  get name(): string {
    return this.#now.name;
  }
  get path(): string {
    return this.#now.path;
  }
  get size(): number {
    return this.#now.size;
  }
  get modifiedMs(): number | null {
    return this.#now.modifiedMs;
  }
  get version(): string | undefined {
    return this.#now.version;
  }
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    return this.#now.read(offset, length);
  }
}
