// Texts, histograms and files that a run logged: counted by attribute path.

import type { RunEvent, RunKey } from '../../model/events';

const kinds: readonly (readonly [RegExp, string])[] = [
  [/\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?)$/i, 'image'],
  [/\.(?:wav|mp3|ogg|flac)$/i, 'audio'],
  [/\.(?:mp4|webm|avi|mov)$/i, 'video'],
  [/\.html?$/i, 'html'],
];

/** What a file of a series is, by its ending. */
export const mediaKind = (path: string): string => kinds.find(([ending]) => ending.test(path))?.[1] ?? 'file';

export class MediaCounts {
  readonly #counts = new Map<string, { readonly kind: string; readonly count: number }>();

  add(name: string, kind: string, count = 1): void {
    this.#counts.set(name, { kind, count: (this.#counts.get(name)?.count ?? 0) + count });
  }

  delete(name: string): void {
    this.#counts.delete(name);
  }

  *events(run: RunKey): Generator<RunEvent> {
    for (const [name, { kind, count }] of this.#counts) yield { kind: 'media', run, media: { name, kind, count } };
  }
}
