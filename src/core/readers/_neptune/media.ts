// Texts, histograms and files that a run logged as series: counted by attribute path, and texts, histograms and pictures kept to be looked at.

import { type Issue, issue } from '../../base/issues';
import { jsonText } from '../../base/json-write';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { type MediaType, sniffedType } from '../../formats/media-types';
import type { LoggedItem, MediaBytes, RunEvent, RunKey } from '../../model/events';
import { jsonType } from '../../model/media';
import { histogramBytes } from '../../model/media-forms';
import type { Value } from '../../model/values';
import { memoryFile } from './memory-file';

const kinds: readonly (readonly [RegExp, string])[] = [
  [/\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?)$/i, 'image'],
  [/\.(?:wav|mp3|ogg|flac)$/i, 'audio'],
  [/\.(?:mp4|webm|avi|mov)$/i, 'video'],
  [/\.html?$/i, 'html'],
];

/** What a file of a series is, by its ending. */
export const mediaKind = (path: string): string => kinds.find(([ending]) => ending.test(path))?.[1] ?? 'file';

/** The clients convert pictures to PNG; a damaged one is kept as it is. */
const endingOf = (bytes: Uint8Array): string => (bytes[0] === 0x89 && bytes[1] === 0x50 ? 'png' : bytes[0] === 0xff && bytes[1] === 0xd8 ? 'jpg' : 'bin');

/** When something was logged; NaN where there is no step or time. Time in milliseconds. */
export interface Moment {
  readonly step: number;
  readonly time: number;
}

/** A text or a histogram that was logged at a step. */
interface Entry extends Moment {
  readonly value: Value;
}

/** The item of something that was logged, its place and caption where it has them. */
export function itemAt({ step, time }: Moment, { form, type }: MediaType, caption: string | null = null): LoggedItem {
  return { step: Number.isFinite(step) ? step : null, timeMs: Number.isFinite(time) ? epochMs(time) : null, index: 0, form, type, caption };
}

/** Characters kept of one run; a console that ran wild is counted to its end and kept to here. */
const mostKept = 8 * 1024 * 1024;
/** Console output is read as it was printed. */
const console = /^(?:monitoring|runtime)\/(?:.*\/)?(?:stdout|stderr)$/;

/** What is said of texts and histograms that were not kept. */
const notKept = (count: number): Issue =>
  issue('too-large', `${count} texts, histograms or pictures were counted but not kept: a run may keep ${mostKept / 1024 / 1024} MB of them.`);

interface Picture extends Moment {
  readonly series: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly caption: string | null;
}

export class MediaBook {
  readonly #series = new Map<string, { readonly kind: string; count: number; readonly entries: Entry[] }>();
  /** File name → picture; one that was logged again at a step replaces the first. */
  readonly #pictures = new Map<string, Picture>();
  #kept = 0;
  #leftOut = 0;

  /** Counts what is not kept. */
  add(path: string, kind: string, count = 1): void {
    this.#of(path, kind).count += count;
  }

  /** Counts and keeps a text or a histogram. */
  log(path: string, kind: 'text' | 'histogram', entry: Entry): void {
    const series = this.#of(path, kind);
    series.count++;
    const size = typeof entry.value === 'string' ? entry.value.length : 32 * sizeOf(entry.value);
    if (this.#kept + size > mostKept) this.#leftOut++;
    else {
      this.#kept += size;
      series.entries.push(entry);
    }
  }

  /** Counts and keeps a picture that stands in the log itself. */
  picture(path: string, { step, time }: Moment, bytes: Uint8Array<ArrayBuffer>, caption: string | null): void {
    const series = this.#of(path, 'image');
    const name = `${path}/${Number.isNaN(step) ? series.count : step}.${endingOf(bytes)}`;
    series.count++;
    if (this.#kept + bytes.length > mostKept) this.#leftOut++;
    else {
      this.#kept += bytes.length;
      this.#pictures.set(name, { series: path, bytes, step, time, caption });
    }
  }

  /** The kind under which a path is counted; null where it is not. */
  kindOf(path: string): string | null {
    return this.#series.get(path)?.kind ?? null;
  }

  delete(path: string): void {
    this.#series.delete(path);
    for (const [name, { series }] of this.#pictures) if (series === path) this.#pictures.delete(name);
  }

  #of(path: string, kind: string) {
    const known = this.#series.get(path);
    if (known?.kind === kind) return known;
    const fresh = { kind, count: 0, entries: [] };
    this.#series.set(path, fresh);
    return fresh;
  }

  /** Counts, and a file for each series of texts or histograms: console output as it was printed, others as JSON Lines. */
  *events(run: RunKey, keepMedia: boolean): Generator<RunEvent> {
    for (const [name, { kind, count, entries }] of [...this.#series].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
      if (count > 0) yield { kind: 'media', run, media: { name, kind, count } };
      if (entries.length === 0) continue;
      // By step, as its points are; what has none stays where it came.
      const sorted = entries.some(({ step }) => !Number.isNaN(step)) ? entries.sort((a, b) => a.step - b.step || 0) : entries;
      const plain = console.test(name);
      if (keepMedia && !plain) for (const entry of sorted) yield { kind: 'media-item', run, of: { name, kind }, ...entryItem(kind, entry) };
      const path = `${name}.${plain ? 'log' : 'jsonl'}`;
      const file = memoryFile(
        path,
        new TextEncoder().encode((plain ? sorted.map(({ value }) => withLineFeed(value)) : sorted.map((entry) => `${lineOf(entry)}\n`)).join('')),
      );
      yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    }
    for (const [path, picture] of this.#pictures) {
      const file = memoryFile(path, picture.bytes);
      yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
      if (!keepMedia) continue;
      const item = itemAt(picture, sniffedType(picture.bytes), picture.caption);
      yield { kind: 'media-item', run, of: { name: picture.series, kind: 'image' }, item, from: { file, path } };
    }
    if (this.#leftOut > 0) yield { kind: 'issue', run, issue: notKept(this.#leftOut) };
  }
}

/** A text as it is; a histogram of edges and values, which may be counts or densities, in our own form. */
function entryItem(kind: string, entry: Entry): { readonly item: LoggedItem; readonly from: MediaBytes | null } {
  const { value } = entry;
  if (kind === 'text') {
    const text = typeof value === 'string' ? value : jsonText(value);
    return { item: itemAt(entry, { form: 'text', type: 'text/plain' }), from: { bytes: new TextEncoder().encode(text) } };
  }
  const { edges, ...others } = isObject(value) ? value : {};
  const heights = others.values ?? others.counts ?? others.densities;
  const isHistogram = Array.isArray(edges) && Array.isArray(heights) && edges.length === heights.length + 1;
  const shape = () => histogramBytes({ edges: (edges as Value[]).map(Number), counts: (heights as Value[]).map(Number) });
  // The bytes are made when it is known that they are kept; the book holds the numbers anyway.
  return { item: itemAt(entry, { form: 'histogram', type: jsonType }), from: isHistogram ? { bytes: new Uint8Array(), shape } : null };
}

const sizeOf = (value: Value): number =>
  typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, one: Value) => sum + sizeOf(one), 1) : 1;

const withLineFeed = (value: Value): string => (typeof value === 'string' ? (value.endsWith('\n') ? value : `${value}\n`) : '');

const lineOf = ({ step, time, value }: Entry): string => jsonText({ step: Number.isNaN(step) ? null : step, time_ms: Number.isNaN(time) ? null : time, value });
