// Where the bytes of kept media go: files under their artifacts' paths, embedded bytes under numbers.

import { readExactly } from '../formats/bytes';
import type { MediaBytes, MediaFile } from '../model/events';
import type { Content } from '../model/run';

interface ShelfFrame {
  readonly paths: Iterable<string>;
  readonly known: ReadonlyMap<string, Content>;
  readonly signal: AbortSignal;
  /** Bytes that may be put. */
  readonly room: number;
}

export class MediaShelf {
  /** By path; what was kept before is not among them. */
  readonly contents = new Map<string, Content>();
  readonly #prefix: string;
  #room: number;
  #embedded = 0;

  constructor(private readonly frame: ShelfFrame) {
    this.#room = frame.room;
    let prefix = '@media/';
    const taken = [...frame.paths].filter((path) => path.startsWith('@'));
    while (taken.some((path) => path.startsWith(prefix))) prefix = `@${prefix}`;
    this.#prefix = prefix;
  }

  /** The bytes as they are kept. A file that several items share takes room once. */
  async put(from: MediaBytes): Promise<Content | 'no-room' | 'unreadable'> {
    if ('file' in from) return this.#file(from);
    const { length } = from.bytes;
    if (length > this.#room) return 'no-room';
    this.#room -= length;
    const content = { path: `${this.#prefix}${this.#embedded++}`, bytes: from.bytes };
    this.contents.set(content.path, content);
    for (const one of from.with ?? []) await this.#file(one);
    return content;
  }

  async #file({ file, path }: MediaFile): Promise<Content | 'no-room' | 'unreadable'> {
    const { known, signal } = this.frame;
    const kept = known.get(path) ?? this.contents.get(path);
    if (kept) return kept;
    if (file.size > this.#room) return 'no-room';
    try {
      const bytes = await readExactly(file, 0, file.size, signal);
      if (bytes.length !== file.size) return 'unreadable';
      this.#room -= bytes.length;
      const content = { path, bytes };
      this.contents.set(path, content);
      return content;
    } catch {
      signal.throwIfAborted();
      // The run is whole without it; a reader that needs the file reports it.
      return 'unreadable';
    }
  }
}
