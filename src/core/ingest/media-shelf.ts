// Where the bytes of kept media go: files under their artifacts' paths, embedded bytes under numbers.

import { readExactly } from '../formats/bytes';
import type { MediaBytes, MediaFile, ServedBytes, ShapedBytes } from '../model/events';
import { embeddedPrefix } from '../model/media';
import type { Content } from '../model/run';
import { SourceError, type SourceFile, stateOf } from '../source/source';
import type { KnownContents } from './contents';

interface ShelfFrame {
  readonly paths: Iterable<string>;
  readonly known: ReadonlyMap<string, Content>;
  readonly signal: AbortSignal;
  /** Bytes that may be put. */
  readonly room: number;
  /** Bytes of one item. */
  readonly itemBytes: number;
  /** What files held at earlier reads, where the run is followed; added to. */
  readonly earlier?: KnownContents;
}

/** What was kept, or why not. */
type Put = (Content & Pick<ShapedBytes, 'cut' | 'form' | 'type'>) | Refused;
type Refused = 'no-room' | 'too-large' | 'unreadable';

/** What a server held is here, or is not to be had. */
export type Fetched = Exclude<MediaBytes, ServedBytes> | (ServedBytes & Pick<MediaBytes, 'shape'> & { readonly bytes: Uint8Array<ArrayBuffer> }) | Refused;

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

  /** Asks a server for what it holds; everything else is as it was. */
  async fetched(from: MediaBytes): Promise<Fetched> {
    if (!('fetch' in from)) return from;
    const most = Math.min(this.#room, this.frame.itemBytes);
    try {
      return { ...from, fetch: from.fetch, bytes: await from.fetch(most) };
    } catch (error) {
      this.frame.signal.throwIfAborted();
      if (error instanceof SourceError && error.code === 'too-large') return most < this.frame.itemBytes ? 'no-room' : 'too-large';
      this.failed++;
      this.failure ??= error instanceof Error ? error.message : String(error);
      return 'unreadable';
    }
  }

  /** The bytes as they are kept. A file that several items share takes room once. */
  async put(from: Exclude<Fetched, string>): Promise<Put> {
    if ('file' in from && !from.shape) return this.#file(from);
    if ('fetch' in from && from.path !== undefined && !from.shape) return this.#named(from.path, from.bytes);
    const raw = 'file' in from ? await this.#read(from.file) : from.bytes;
    const shaped = raw && from.shape ? await this.#shape(from.shape, raw) : raw && { bytes: raw };
    if (!shaped) return 'unreadable';
    const { bytes, cut = false, form, type } = shaped;
    if (bytes.length > this.#room) return 'no-room';
    this.#room -= bytes.length;
    const path = `${this.#prefix}${this.#embedded++}`;
    this.contents.set(path, { path, bytes });
    for (const one of shaped.with ?? []) await this.#beside(one);
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
    return bytes ? this.#named(path, bytes) : 'unreadable';
  }

  #named(path: string, bytes: Uint8Array<ArrayBuffer>): Put {
    const kept = this.frame.known.get(path) ?? this.contents.get(path);
    if (kept) return kept;
    if (bytes.length > this.#room) return 'no-room';
    this.#room -= bytes.length;
    this.contents.set(path, { path, bytes });
    return { path, bytes };
  }

  /** A file that a table's cell names. */
  async #beside(one: MediaFile | ServedBytes): Promise<void> {
    if ('file' in one) await this.#file(one);
    else if (one.path !== undefined && !this.contents.has(one.path)) {
      const got = await this.fetched(one);
      if (typeof got === 'object') await this.put(got);
    }
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
