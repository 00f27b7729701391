// Parts of objects: asked for once, kept within bounds, and asked for ahead of whoever reads on.
import { Ahead } from './ahead';
import type { ListedObject } from './answers';

/** A head that readers look at; smaller objects are one part. */
export const blockBytes = 64 * 1024;
/** Of one question. */
const mostAsked = 4 * 1024 * 1024;
const mostKeptBytes = 96 * 1024 * 1024;
/** What keeping a part costs beside its bytes. */
const partCost = 256;

/** Fetches [from, to) of an object. */
export type Fetch = (object: ListedObject, from: number, to: number) => Promise<Uint8Array>;

interface Part {
  bytes: Uint8Array | null;
  readonly coming: Promise<Uint8Array>;
  readonly cost: number;
}

export class Blocks {
  /** By object and number of the part; last used last. */
  readonly #parts = new Map<string, Part>();
  #kept = 0;
  readonly #ahead: Ahead;

  /** @param objects in the order in which they were listed: the next to be read is likely one of the next */
  constructor(
    private readonly objects: readonly ListedObject[],
    private readonly fetch: Fetch,
  ) {
    this.#ahead = new Ahead(objects, blockBytes);
  }

  /** The bytes [offset, offset + length) of an object, fewer at its end; at once where they are there already. */
  read(index: number, offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    const object = this.objects[index] as ListedObject;
    const end = Math.min(object.size, offset + length);
    if (offset >= end) return new Uint8Array(0);
    const parts = this.#want(index, offset, end);
    for (const { index: next, from, to } of this.#ahead.after(index, offset, end)) this.#want(next, from, to);
    const first = Math.floor(offset / blockBytes) * blockBytes;
    const cut = (all: readonly Uint8Array[]): Uint8Array => joined(all, offset - first, end - first);
    const there = parts.flatMap(({ bytes }) => bytes ?? []);
    return there.length === parts.length ? cut(there) : Promise.all(parts.map(({ coming }) => coming)).then(cut);
  }

  /** The parts that cover [from, to); those that are missing are asked for, neighbours in one question. */
  #want(index: number, from: number, to: number): readonly Part[] {
    const { size } = this.objects[index] as ListedObject;
    const numbers = Array.from({ length: Math.ceil(to / blockBytes) - Math.floor(from / blockBytes) }, (_, at) => Math.floor(from / blockBytes) + at);
    let missing: number[] = [];
    const found = new Map<number, Part>();
    const ask = (): void => {
      for (const [number, part] of this.#ask(index, missing, size)) found.set(number, part);
      missing = [];
    };
    for (const number of numbers) {
      const key = `${index}/${number}`;
      const part = this.#parts.get(key);
      if (!part) {
        missing.push(number);
        if (missing.length * blockBytes >= mostAsked) ask();
        continue;
      }
      ask();
      this.#parts.delete(key);
      this.#parts.set(key, part);
      found.set(number, part);
    }
    ask();
    return numbers.flatMap((number) => found.get(number) ?? []);
  }

  #ask(index: number, numbers: readonly number[], size: number): readonly (readonly [number, Part])[] {
    const [first] = numbers;
    if (first === undefined) return [];
    const from = first * blockBytes;
    const to = Math.min(size, from + numbers.length * blockBytes);
    const coming = this.fetch(this.objects[index] as ListedObject, from, to);
    const parts = numbers.map((number) => {
      const [start, end] = [number * blockBytes - from, Math.min(to, (number + 1) * blockBytes) - from];
      // A copy, so that a part can be let go alone.
      const own = coming.then((bytes) => (numbers.length === 1 ? bytes : bytes.slice(start, end)));
      const part: Part = { bytes: null, coming: own, cost: end - start + partCost };
      const key = `${index}/${number}`;
      own.then(
        (bytes) => {
          part.bytes = bytes;
        },
        // The next who wants it asks again.
        () => this.#drop(key, part),
      );
      this.#parts.set(key, part);
      this.#kept += part.cost;
      return [number, part] as const;
    });
    this.#bound();
    return parts;
  }

  #drop(key: string, part: Part): void {
    if (this.#parts.get(key) !== part) return;
    this.#parts.delete(key);
    this.#kept -= part.cost;
  }

  #bound(): void {
    for (const [key, part] of this.#parts) {
      if (this.#kept <= mostKeptBytes) return;
      this.#drop(key, part);
    }
  }
}

function joined(parts: readonly Uint8Array[], from: number, to: number): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only.subarray(from, to);
  const bytes = new Uint8Array(to - from);
  let at = 0;
  for (const part of parts) {
    const piece = part.subarray(Math.max(0, from - at), Math.min(part.length, to - at));
    bytes.set(piece, Math.max(0, at - from));
    at += part.length;
  }
  return bytes;
}
