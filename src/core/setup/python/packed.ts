// Text and syntax of a file at rest: compressed, for a review looks at few of a project's files at once.

import { deflateSync, inflateSync } from 'fflate';

/** Bytes of all that is packed, one behind the other: thousands of small pieces between what comes and goes would leave memory in tatters. */
export class ByteStore {
  #page = new Uint8Array(0);
  #used = 0;

  /** Packs bytes, which are read only as long as the call lasts. */
  put(bytes: Uint8Array): Packed {
    const made = deflateSync(bytes, { level: 6 });
    if (made.length > this.#page.length - this.#used) {
      this.#page = new Uint8Array(Math.max(pageBytes, made.length));
      this.#used = 0;
    }
    const from = this.#used;
    this.#page.set(made, from);
    this.#used += made.length;
    return new Packed(this.#page, from, made.length, bytes.length);
  }
}

const pageBytes = 2 ** 19;

class Packed {
  constructor(
    private readonly page: Uint8Array,
    private readonly from: number,
    private readonly packedLength: number,
    private readonly length: number,
  ) {}

  open(): Uint8Array {
    return inflateSync(this.page.subarray(this.from, this.from + this.packedLength), { out: new Uint8Array(this.length) });
  }
}

/** Text shorter than this is held as it is. */
const fewest = 256;

/** A text of Python packs to about a fifth. */
export class PackedText {
  readonly #packed: Packed | string;

  constructor(text: string, store: ByteStore) {
    const bytes = text.length < fewest ? null : new TextEncoder().encode(text);
    // Half a surrogate pair, as JSON can spell, is no UTF-8.
    this.#packed = bytes && decoded(bytes) === text ? store.put(bytes) : text;
  }

  /** The text, made anew. */
  open(): string {
    return typeof this.#packed === 'string' ? this.#packed : decoded(this.#packed.open());
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const decoded = (bytes: Uint8Array): string => decoder.decode(bytes);

/** A text of its own: a part of another text, as slices are, would keep the whole of that alive. */
export const apart = (text: string): string => (text.length < shortest ? text : (JSON.parse(JSON.stringify(text)) as string));

/** Shorter parts are copied by engines themselves. */
const shortest = 13;
