// Ranges of keys that were deleted as a whole, asked key by key in ascending order.

import { Heap } from '../../base/heap';
import { compareBytes } from './coding';

/** Every entry of a key in [from, to) with a smaller sequence number is deleted. */
export interface Tombstone {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly sequence: number;
}

/** One pass over the keys: each range is taken up once and let go once. */
export class TombstoneSweep {
  readonly #waiting: readonly Tombstone[];
  #next = 0;
  /** Ranges that begin at or before the last key asked for, the newest first; some may have ended. */
  readonly #open = new Heap<Tombstone>((a, b) => a.sequence > b.sequence);

  constructor(tombstones: readonly Tombstone[]) {
    this.#waiting = [...tombstones].sort((a, b) => compareBytes(a.from, b.from));
  }

  /** Whether an entry is deleted. Keys must not go back from call to call. */
  covers(key: Uint8Array, sequence: number): boolean {
    for (; this.#next < this.#waiting.length; this.#next++) {
      const tombstone = this.#waiting[this.#next] as Tombstone;
      if (compareBytes(tombstone.from, key) > 0) break;
      this.#open.push(tombstone);
    }
    for (let top = this.#open.top; top && compareBytes(top.to, key) <= 0; top = this.#open.top) this.#open.pop();
    return (this.#open.top?.sequence ?? -1) > sequence;
  }
}
