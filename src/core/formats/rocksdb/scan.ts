// Merges the entries of many tables and logs into one run through the keys: of each key the newest, unless it was deleted.

import { Heap } from '../../base/heap';
import type { SourceFile } from '../../source/source';
import { compareBytes, valueType } from './coding';
import type { EntryCursor } from './cursor';
import type { TombstoneSweep } from './tombstones';

/** Takes one key with its value, and the file where it stands; key and value are valid during the call only. */
export interface EntrySink {
  entry(key: Uint8Array, value: Uint8Array, file: SourceFile): void;
}

/** So many entries are gone through at a stretch. */
const stretch = 8192;
const { deletion, value, singleDeletion } = valueType;

export class EntryScan {
  /** Keys whose value is kept in a way that is not read. */
  unsupported = 0;
  private readonly ready = new Heap<EntryCursor>((a, b) => {
    const order = compareBytes(a.userKey, b.userKey);
    return order < 0 || (order === 0 && a.sequence > b.sequence);
  });
  private waiting: EntryCursor[];
  private last = new Uint8Array(256);
  private lastLength = -1;

  constructor(
    cursors: readonly EntryCursor[],
    private readonly tombstones: TombstoneSweep,
    private readonly to: Uint8Array,
    private readonly sink: EntrySink,
  ) {
    this.waiting = [...cursors];
  }

  /** Goes on until a source must load, or for some thousand entries. False at the end. */
  async next(): Promise<boolean> {
    for (const cursor of this.waiting.splice(0)) await this.admit(cursor);
    for (let left = stretch; left > 0; left--) {
      const first = this.ready.top;
      if (!first || compareBytes(first.userKey, this.to) >= 0) return false;
      this.take(first);
      if (first.next()) this.ready.settleTop();
      else {
        this.ready.pop();
        this.waiting.push(first);
        return true;
      }
    }
    return true;
  }

  private async admit(cursor: EntryCursor): Promise<void> {
    while (await cursor.load()) {
      if (!cursor.next()) continue;
      this.ready.push(cursor);
      return;
    }
  }

  private take(cursor: EntryCursor): void {
    const { userKey, type } = cursor;
    // What follows under the same key is older.
    if (this.lastLength === userKey.length && compareBytes(this.last.subarray(0, this.lastLength), userKey) === 0) return;
    if (userKey.length > this.last.length) this.last = new Uint8Array(2 * userKey.length);
    this.last.set(userKey);
    this.lastLength = userKey.length;
    if (type === deletion || type === singleDeletion || this.tombstones.covers(userKey, cursor.sequence)) return;
    if (type === value) this.sink.entry(userKey, cursor.value, cursor.file);
    else this.unsupported++;
  }
}
