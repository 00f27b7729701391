// Looking at the same tree again and again: what did not change is not read twice. Small files whole, first bytes of large ones.

import { readExactly } from '../formats/bytes';
import type { ProbeContext } from '../source/reader';
import { mapFiles, SourceError, type SourceFile, type SourceTree, stateOf } from '../source/source';

/** Stores of small files hold tens of thousands of them: params, tags, settings. */
const smallBytes = 64 * 1024;
const longestHead = 64 * 1024;
const budgetBytes = 64 * 1024 * 1024;

interface Known {
  readonly size: number;
  readonly state: ReturnType<typeof stateOf>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export class Looks {
  readonly #bytes = new Map<string, Known>();
  #held = 0;

  constructor(private readonly signal: AbortSignal) {}

  /** The tree with its small files answered from what was read before, where they are as they were. */
  over(tree: SourceTree): SourceTree {
    return mapFiles(tree, (file) =>
      file.size > smallBytes || stateOf(file) === null ? file : { ...plain(file), read: (from, length) => this.#small(file, from, length) },
    );
  }

  /** `ProbeContext.head` that remembers over all looks. */
  head: ProbeContext['head'] = async (file, length) => {
    const wanted = Math.min(length, longestHead, file.size);
    if (wanted <= 0) return new Uint8Array(0);
    const known = this.#known(file);
    if (known && known.length >= wanted) return known.subarray(0, wanted);
    try {
      return this.#keep(file, await readExactly(file, 0, wanted, this.signal));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return new Uint8Array(0);
    }
  };

  async #small(file: SourceFile, from: number, length: number): Promise<Uint8Array> {
    const known = this.#known(file);
    const whole = known?.length === file.size ? known : this.#keep(file, await readExactly(file, 0, file.size, this.signal));
    return whole.subarray(from, from + length);
  }

  #known(file: SourceFile): Uint8Array<ArrayBuffer> | null {
    const known = this.#bytes.get(file.path);
    return known && known.size === file.size && known.state === stateOf(file) && known.state !== null ? known.bytes : null;
  }

  #keep(file: SourceFile, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const { path, size } = file;
    const before = this.#bytes.get(path)?.bytes.length ?? 0;
    if (this.#held - before + bytes.length > budgetBytes) return bytes;
    this.#held += bytes.length - before;
    this.#bytes.set(path, { size, state: stateOf(file), bytes });
    return bytes;
  }
}

const plain = ({ name, path, size, modifiedMs, version }: SourceFile) => ({ name, path, size, modifiedMs, ...(version === undefined ? {} : { version }) });
