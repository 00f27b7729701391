// The files whose text and syntax are kept at hand: the last ones used, up to a number of nodes. Those of others are unpacked again.

import { ByteStore } from './packed';

/** What can let go of something large and make it again. */
interface Shelved {
  release(): void;
}

/** Large files alone may be more than the shelf's room: so many stay whatever they hold. */
const fewest = 8;

export class Shelf<T extends Shelved> {
  /** In the order in which something of theirs was last made. */
  readonly #sizes = new Map<T, number>();
  #size = 0;
  /** What the items are made from again. */
  readonly store = new ByteStore();

  constructor(private readonly room: number) {}

  /** Puts what was just made at hand, beside what else of the item is, and lets go of what was put there first. */
  put(item: T, size: number): void {
    const known = this.#sizes.get(item) ?? 0;
    this.#sizes.delete(item);
    this.#sizes.set(item, known + size);
    this.#size += size;
    for (const [oldest, its] of this.#sizes) {
      if (this.#size <= this.room || this.#sizes.size <= fewest) return;
      this.#sizes.delete(oldest);
      this.#size -= its;
      oldest.release();
    }
  }
}
