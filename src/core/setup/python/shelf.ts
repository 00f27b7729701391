// The syntax trees that are kept at hand: the last ones used, up to a number of nodes. Others are made again from their tables.

/** What can let go of something large and make it again. */
interface Shelved {
  release(): void;
}

/** Large files alone may be more than the shelf's room: so many stay whatever they hold. */
const fewest = 8;

export class Shelf<T extends Shelved> {
  readonly #items: { readonly item: T; readonly size: number }[] = [];
  #first = 0;
  #size = 0;

  constructor(private readonly room: number) {}

  /** Puts what was just made at hand, and lets go of what was put there first. */
  put(item: T, size: number): void {
    this.#items.push({ item, size });
    this.#size += size;
    while (this.#size > this.room && this.#items.length - this.#first > fewest) {
      const oldest = this.#items[this.#first++] as { readonly item: T; readonly size: number };
      this.#size -= oldest.size;
      oldest.item.release();
    }
    if (this.#first < this.#items.length / 2) return;
    this.#items.splice(0, this.#first);
    this.#first = 0;
  }
}
