// Texts, histograms and files that a run logged as series: counted by attribute path, and texts and histograms kept to be looked at.

import { type Issue, issue } from '../../base/issues';
import { jsonText } from '../../base/json-write';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value } from '../../model/values';
import type { SourceFile } from '../../source/source';

const kinds: readonly (readonly [RegExp, string])[] = [
  [/\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?)$/i, 'image'],
  [/\.(?:wav|mp3|ogg|flac)$/i, 'audio'],
  [/\.(?:mp4|webm|avi|mov)$/i, 'video'],
  [/\.html?$/i, 'html'],
];

/** What a file of a series is, by its ending. */
export const mediaKind = (path: string): string => kinds.find(([ending]) => ending.test(path))?.[1] ?? 'file';

/** A text or a histogram that was logged at a step; NaN where there is no step or time. */
interface Entry {
  readonly step: number;
  readonly time: number;
  readonly value: Value;
}

/** Characters kept of one run; a console that ran wild is counted to its end and kept to here. */
const mostKept = 8 * 1024 * 1024;
/** Console output is read as it was printed. */
const console = /^(?:monitoring|runtime)\/(?:.*\/)?(?:stdout|stderr)$/;

/** What is said of texts and histograms that were not kept. */
const notKept = (count: number): Issue =>
  issue('too-large', `${count} texts or histograms were counted but not kept: a run may keep ${mostKept / 1024 / 1024} MB of them.`);

export class MediaBook {
  readonly #series = new Map<string, { readonly kind: string; count: number; readonly entries: Entry[] }>();
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

  delete(path: string): void {
    this.#series.delete(path);
  }

  #of(path: string, kind: string) {
    const known = this.#series.get(path);
    if (known?.kind === kind) return known;
    const fresh = { kind, count: 0, entries: [] };
    this.#series.set(path, fresh);
    return fresh;
  }

  /** Counts, and a file for each series of texts or histograms: console output as it was printed, others as JSON Lines. */
  *events(run: RunKey): Generator<RunEvent> {
    for (const [name, { kind, count, entries }] of [...this.#series].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
      if (count > 0) yield { kind: 'media', run, media: { name, kind, count } };
      if (entries.length === 0) continue;
      // By step, as its points are; what has none stays where it came.
      const sorted = entries.some(({ step }) => !Number.isNaN(step)) ? entries.sort((a, b) => a.step - b.step || 0) : entries;
      const plain = console.test(name);
      const path = `${name}.${plain ? 'log' : 'jsonl'}`;
      const file = memoryFile(path, plain ? sorted.map(({ value }) => withLineFeed(value)) : sorted.map((entry) => `${lineOf(entry)}\n`));
      yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    }
    if (this.#leftOut > 0) yield { kind: 'issue', run, issue: notKept(this.#leftOut) };
  }
}

const sizeOf = (value: Value): number =>
  typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, one: Value) => sum + sizeOf(one), 1) : 1;

const withLineFeed = (value: Value): string => (typeof value === 'string' ? (value.endsWith('\n') ? value : `${value}\n`) : '');

const lineOf = ({ step, time, value }: Entry): string => jsonText({ step: Number.isNaN(step) ? null : step, time_ms: Number.isNaN(time) ? null : time, value });

function memoryFile(path: string, parts: readonly string[]): SourceFile {
  const bytes = new TextEncoder().encode(parts.join(''));
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    size: bytes.length,
    modifiedMs: null,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}
