// Which items of a run's media are kept, within its budgets: evenly spaced over the steps, the same for the same run.

import { ahead } from '../base/ahead';
import { type Issue, issue } from '../base/issues';
import type { LoggedMedia, MediaBytes, RunEvent } from '../model/events';
import { type MediaItem, type MediaKey, mediaKeyText } from '../model/media';
import type { Content } from '../model/run';
import type { Limits } from '../source/reader';
import type { KnownContents } from './contents';
import { type HeldItem, MediaSeries } from './media-series';
import { type Fetched, MediaShelf } from './media-shelf';

export interface KeptMedia {
  readonly media: readonly { readonly of: MediaKey; readonly items: readonly MediaItem[] }[];
  readonly contents: readonly Content[];
  /** What was left out, in one sentence. */
  readonly issues: readonly Issue[];
}

/** Media beyond so many are only counted. */
const mostSeries = 1000;
/** A server is asked for so many items at once. */
const fetchesAtOnce = 4;
/** While a run is read, so many items are held for each that may be kept. */
const heldPerKept = 10;

export class MediaKeeper {
  readonly #series = new Map<string, MediaSeries>();
  /** Embedded bytes that are held now. */
  #bytes = 0;
  /** Items that are held now. */
  #items = 0;
  /** Nothing but the newest media has steps to spare any more: bytes, items. */
  #exhausted = false;
  #crowded = false;
  readonly #told = { beyond: 0, tooLarge: 0, noRoom: 0, cut: 0 };

  constructor(private readonly limits: Limits) {}

  get isEmpty(): boolean {
    return this.#series.size === 0;
  }

  add({ of, item, from }: LoggedMedia): void {
    const series = this.#of(of);
    if (!series) {
      this.#told.beyond++;
      return;
    }
    const size = bytesOf(from);
    if (size > this.limits.mediaItemBytes) {
      this.#told.tooLarge++;
      this.#add(series, { ...item, size }, null);
    } else this.#add(series, item, from);
  }

  /** Files are read last and counted then; embedded bytes are here now. */
  #add(series: MediaSeries, item: HeldItem['item'], from: MediaBytes | null): void {
    const { mediaBytesPerRun } = this.limits;
    const embedded = from && 'bytes' in from ? from.bytes.length : 0;
    const added = this.#counting(series, () => series.add(item, from, embedded));
    while (this.#items > heldPerKept * this.limits.mediaItemsPerRun && !this.#crowded) this.#crowded = !this.#halveHeaviest(({ held }) => held.length);
    if (!added || embedded === 0) return;
    while (this.#bytes > mediaBytesPerRun) {
      if (!this.#exhausted && this.#halveHeaviest(({ bytes }) => bytes)) continue;
      this.#exhausted = true;
      if (this.#counting(series, () => series.halve())) continue;
      this.#counting(series, () => series.letLastBytesGo());
      this.#told.noRoom++;
      return;
    }
  }

  purge({ of, fromStep }: RunEvent & { readonly kind: 'media-purge' }): void {
    const series = this.#series.get(mediaKeyText(of));
    if (series) this.#counting(series, () => series.purge(fromStep));
  }

  /**
   * Reads the files of what is kept and names what was embedded. The keeper must not be used afterwards.
   * @param paths of the run's artifacts: what is embedded is never named like one
   * @param known contents that are kept already, by path
   * @param earlier what files held at earlier reads
   */
  async finish(paths: Iterable<string>, known: ReadonlyMap<string, Content>, signal: AbortSignal, earlier?: KnownContents): Promise<KeptMedia> {
    const { mediaBytesPerRun, mediaItemsPerRun, mediaItemBytes } = this.limits;
    const all = [...this.#series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, series]) => series);
    for (const series of all) this.#counting(series, () => series.settle(bytesOf));
    while (this.#bytes > mediaBytesPerRun && this.#halveHeaviest(({ bytes }) => bytes));
    while (itemsOf(all) > mediaItemsPerRun && this.#halveHeaviest(({ held }) => held.length));
    const shelf = new MediaShelf({ paths, known, signal, room: mediaBytesPerRun, itemBytes: mediaItemBytes, ...(earlier && { earlier }) });
    const media: { of: MediaKey; items: MediaItem[] }[] = [];
    for (const { of, held } of all) {
      const items: MediaItem[] = [];
      for await (const one of ahead(held, fetchesAtOnce, async (one) => ({ ...one, from: one.from && (await shelf.fetched(one.from)) })))
        items.push(await this.#put(one, shelf));
      media.push({ of, items });
    }
    return { media, contents: [...shelf.contents.values()], issues: [...this.#issues(all), ...failureIssues(shelf)] };
  }

  async #put({ item, from, bytes }: Omit<HeldItem, 'from'> & { readonly from: Fetched | null }, shelf: MediaShelf): Promise<MediaItem> {
    const { step, timeMs, index, form, type, caption, size = null } = item;
    const base = { step, timeMs, index, form, type, caption };
    if (!from) return { ...base, content: null, size };
    const put = typeof from === 'string' ? from : await shelf.put(from);
    if (put === 'no-room') this.#told.noRoom++;
    if (put === 'too-large') this.#told.tooLarge++;
    if (typeof put === 'string') return { ...base, content: null, size: typeof from === 'string' ? size : bytes };
    if (put.cut) this.#told.cut++;
    return { ...base, form: put.form ?? form, type: put.type ?? type, content: put.path, size: put.bytes.length };
  }

  #of(of: MediaKey): MediaSeries | null {
    const key = mediaKeyText(of);
    const known = this.#series.get(key);
    if (known) return known;
    if (this.#series.size >= mostSeries) return null;
    const series = new MediaSeries(of, this.limits.mediaItems);
    this.#series.set(key, series);
    return series;
  }

  /** Keeps count of bytes and items while a media changes. */
  #counting<T>(series: MediaSeries, change: () => T): T {
    const { bytes, held } = series;
    const items = held.length;
    const result = change();
    this.#bytes += series.bytes - bytes;
    this.#items += series.held.length - items;
    return result;
  }

  /** Of the media with the most, every second step goes; of the next where it has none to spare. */
  #halveHeaviest(weight: (series: MediaSeries) => number): boolean {
    const heaviest = [...this.#series].sort(([a, x], [b, y]) => weight(y) - weight(x) || (a < b ? -1 : 1));
    return heaviest.some(([, series]) => this.#counting(series, () => series.halve()));
  }

  #issues(all: readonly MediaSeries[]): Issue[] {
    const { beyond, tooLarge, noRoom, cut } = this.#told;
    const { mediaItems, mediaItemsPerRun, mediaItemBytes, mediaBytesPerRun } = this.limits;
    const thinned = all.reduce((sum, { left }) => sum + left, beyond);
    const parts: string[] = [];
    if (thinned > 0)
      parts.push(
        `${itemsOf(all)} of ${itemsOf(all) + thinned} items are kept, evenly over the steps (limits mediaItems ${mediaItems}, mediaItemsPerRun ${mediaItemsPerRun}, mediaBytesPerRun ${mediaBytesPerRun})`,
      );
    if (tooLarge > 0) parts.push(`${tooLarge} larger than ${mediaItemBytes} bytes ${tooLarge === 1 ? 'is' : 'are'} only listed (limit mediaItemBytes)`);
    if (noRoom > 0) parts.push(`${noRoom} ${noRoom === 1 ? 'is' : 'are'} only listed, for want of room (limit mediaBytesPerRun)`);
    if (cut > 0) parts.push(`${cut} ${cut === 1 ? 'table or histogram is' : 'tables and histograms are'} kept in part`);
    return parts.length === 0 ? [] : [issue('too-large', `Of images, tables and other media, ${parts.join('; ')}.`, { severity: 'info' })];
  }
}

const failureIssues = ({ failed, failure }: MediaShelf): Issue[] =>
  failed === 0 ? [] : [issue('reader-error', `${failed} ${failed === 1 ? 'item' : 'items'} of media could not be read: ${failure}`)];

const itemsOf = (all: readonly MediaSeries[]): number => all.reduce((sum, { held }) => sum + held.length, 0);

/** What an item will take, as far as it can be told before it is read. */
const bytesOf = (from: MediaBytes | null): number => (from === null || 'fetch' in from ? 0 : 'file' in from ? from.file.size : from.bytes.length);
