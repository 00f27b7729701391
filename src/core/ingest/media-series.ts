// The items of one media that are held while a run is read: the first, evenly spaced ones, and always the last.

import type { LoggedItem, MediaBytes } from '../model/events';
import type { MediaKey } from '../model/media';

export interface HeldItem {
  readonly item: LoggedItem;
  readonly from: MediaBytes | null;
  /** Bytes that count against the run's budget. */
  readonly bytes: number;
  /** Place of its step among all that came: items of one step stay together. */
  readonly group: number;
}

/** Files are only named and may come in any order, so more are held until all steps are known. */
const namedPerEmbedded = 10;

export class MediaSeries {
  held: HeldItem[] = [];
  /** Items that were let go. */
  left = 0;
  bytes = 0;
  #groups = 0;
  #stride = 1;
  #step: number | null = null;

  constructor(
    readonly of: MediaKey,
    readonly mostItems: number,
  ) {}

  /** Takes an item in and lets others go where there are too many. False where its own step has too many. */
  add(item: LoggedItem, from: MediaBytes | null, bytes: number): boolean {
    if (this.#groups === 0 || item.step === null || item.step !== this.#step) this.#begin(item.step);
    const most = from && 'bytes' in from ? this.mostItems : this.mostItems * namedPerEmbedded;
    if (this.held.length >= most && !this.halve()) {
      this.left++;
      return false;
    }
    this.held.push({ item, from, bytes, group: this.#groups - 1 });
    this.bytes += bytes;
    return true;
  }

  /** Another step: the one before stays only if it is its turn. */
  #begin(step: number | null): void {
    const last = this.#groups - 1;
    if (last % this.#stride !== 0) while (this.held.at(-1)?.group === last) this.#drop();
    this.#step = step;
    this.#groups++;
  }

  #drop(): void {
    this.bytes -= this.held.pop()?.bytes ?? 0;
    this.left++;
  }

  /** Lets every second step go, but not the last. False where nothing can go. */
  halve(): boolean {
    const { length } = this.held;
    const last = this.#groups - 1;
    const furthest = this.held.at(-1)?.group ?? 0;
    while (this.held.length === length && this.#stride <= furthest) {
      this.#stride *= 2;
      this.#keep(({ group }) => group % this.#stride === 0 || group === last);
    }
    this.left += length - this.held.length;
    return this.held.length < length;
  }

  /** Takes back items at `fromStep` and later. */
  purge(fromStep: number): void {
    this.#keep(({ item }) => item.step === null || item.step < fromStep);
    this.#groups = (this.held.at(-1)?.group ?? -1) + 1;
    this.#step = this.held.at(-1)?.item.step ?? null;
  }

  /** Keeps the newest item, but not its bytes. */
  letLastBytesGo(): void {
    const last = this.held.pop();
    if (!last) return;
    this.bytes -= last.bytes;
    this.held.push({ ...last, item: { ...last.item, size: last.bytes }, from: null, bytes: 0 });
  }

  /**
   * Brings the items into the order of their steps, those of one step numbered without a double, and lets go what is too many.
   * @param bytesOf what an item will take; nothing is added afterwards
   */
  settle(bytesOf: (from: MediaBytes | null) => number): void {
    const order = (step: number | null) => step ?? Number.NEGATIVE_INFINITY;
    const sorted = this.held.toSorted((a, b) => order(a.item.step) - order(b.item.step) || a.item.index - b.item.index || 0);
    const settled: HeldItem[] = [];
    for (const { item, from } of sorted) {
      const before = settled.at(-1);
      const sameStep = before?.item.step === item.step;
      const group = (before?.group ?? -1) + (sameStep && item.step !== null ? 0 : 1);
      const index = sameStep && before ? Math.max(item.index, before.item.index + 1) : item.index;
      settled.push({ item: { ...item, index }, from, bytes: bytesOf(from), group });
    }
    this.held = settled;
    this.bytes = settled.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#groups = (settled.at(-1)?.group ?? -1) + 1;
    this.#stride = 1;
    while (this.held.length > this.mostItems) if (!this.halve()) this.#drop();
  }

  #keep(keep: (held: HeldItem) => boolean): void {
    this.held = this.held.filter(keep);
    this.bytes = this.held.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
