// Where the bytes of kept media go: files under their artifacts' paths, embedded bytes under numbers.

import { readExactly } from '../formats/bytes';
import type { MediaBytes, MediaFile, ShapedBytes } from '../model/events';
import { embeddedPrefix } from '../model/media';
import type { Content } from '../model/run';
import { type SourceFile, stateOf } from '../source/source';
import type { KnownContents } from './contents';

interface ShelfFrame {
  readonly paths: Iterable<string>;
  readonly known: ReadonlyMap<string, Content>;
  readonly signal: AbortSignal;
  /** Bytes that may be put. */
  readonly room: number;
  /** What files held at earlier reads, where the run is followed; added to. */
  readonly earlier?: KnownContents;
}

/** What was kept, or why not. */
type Put = (Content & Pick<ShapedBytes, 'cut' | 'form' | 'type'>) | 'no-room' | 'unreadable';

export class MediaShelf {
  /** By path; what was kept before is not among them. */
  readonly contents = new Map<string, Content>();
  /** Items that could not be shaped, and why the first of them could not. */
  failed = 0;
  failure: string | null = null;
  readonly #prefix: string;
  #room: number;
  #embedded = 0;

  constructor(private readonly frame: ShelfFrame) {
    this.#room = frame.room;
    this.#prefix = embeddedPrefix(frame.paths);
  }

  /** The bytes as they are kept. A file that several items share takes room once. */
  async put(from: MediaBytes): Promise<Put> {
    if ('file' in from && !from.shape) return this.#file(from);
    const raw = 'file' in from ? await this.#read(from.file) : from.bytes;
    const shaped = raw && from.shape ? await this.#shape(from.shape, raw) : raw && { bytes: raw };
    if (!shaped) return 'unreadable';
    const { bytes, cut = false, form, type } = shaped;
    if (bytes.length > this.#room) return 'no-room';
    this.#room -= bytes.length;
    const path = `${this.#prefix}${this.#embedded++}`;
    this.contents.set(path, { path, bytes });
    for (const one of shaped.with ?? []) await this.#file(one);
    return { path, bytes, cut, ...(form === undefined ? {} : { form }), ...(type === undefined ? {} : { type }) };
  }

  /** A reader's mistake in one item costs that item, never the run. */
  async #shape(shape: NonNullable<MediaBytes['shape']>, raw: Uint8Array<ArrayBuffer>): Promise<ShapedBytes | null> {
    try {
      return await shape(raw);
    } catch (error) {
      this.frame.signal.throwIfAborted();
      this.failed++;
      this.failure ??= error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  async #file({ file, path }: MediaFile): Promise<Put> {
    const kept = this.frame.known.get(path) ?? this.contents.get(path);
    if (kept) return kept;
    if (file.size > this.#room) return 'no-room';
    const bytes = await this.#read(file);
    if (!bytes) return 'unreadable';
    this.#room -= bytes.length;
    this.contents.set(path, { path, bytes });
    return { path, bytes };
  }

  /** Null where the file cannot be read: the run is whole without it, and a reader that needs it reports it. */
  async #read(file: SourceFile): Promise<Uint8Array<ArrayBuffer> | null> {
    const { signal, earlier } = this.frame;
    const { size } = file;
    const state = stateOf(file);
    const before = earlier?.get(file.path);
    if (before?.bytes && before.size === size && before.state === state && state !== null) return before.bytes;
    try {
      const bytes = await readExactly(file, 0, size, signal);
      if (bytes.length !== size) return null;
      earlier?.set(file.path, { size, state, bytes });
      return bytes;
    } catch {
      signal.throwIfAborted();
      return null;
    }
  }
}
