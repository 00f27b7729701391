// Uploads that are to be looked at: images, sounds, texts, and the JSON of histograms, confusion matrices and curves.

import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { curveOf, jsonOf } from '../../formats/media-json';
import { mediaTypeOf, sniffedType } from '../../formats/media-types';
import type { LoggedItem, MediaBytes, RunEvent, RunKey, ShapedBytes } from '../../model/events';
import { jsonType, type MediaForm } from '../../model/media';
import { confusionBytes, histogramBytes } from '../../model/media-forms';
import type { Value } from '../../model/values';
import type { SourceDir } from '../../source/source';
import type { Upload } from './messages';

export interface Shown {
  readonly form: MediaForm;
  readonly type: string;
  readonly shape?: (bytes: Uint8Array<ArrayBuffer>) => ShapedBytes | null;
}

/** Type of an upload → how it is shown, as the SDK and the server call it; files of other types are artifacts only. */
const shownAs: Readonly<Record<string, Shown>> = {
  // The archive names its files by chance: pictures are told by their first bytes, which are there when they are kept.
  visualization: { form: 'image', type: 'image/png', shape: pictureOf },
  image: { form: 'image', type: 'image/png', shape: pictureOf },
  audio: { form: 'audio', type: 'audio/wav' },
  video: { form: 'video', type: 'video/mp4' },
  'text-sample': { form: 'text', type: 'text/plain' },
  histogram3d: { form: 'histogram', type: jsonType, shape: histogramOf },
  'confusion-matrix': { form: 'confusion', type: jsonType, shape: confusionOfMatrix },
  curve: { form: 'curve', type: jsonType, shape: curveOfJson },
};

/** How an upload is shown, by its type and, of sounds and films, its name; null for a file that is none to look at. */
export function shownOf(type: string, name: string): Shown | null {
  const shown = Object.hasOwn(shownAs, type) ? shownAs[type] : undefined;
  if (!shown) return null;
  const named = type === 'audio' || type === 'video' ? mediaTypeOf(name) : null;
  return named && named.form === shown.form ? { ...shown, ...named } : shown;
}

/** The media of an archive, in the order of their names. @param html pages that were logged */
export function* mediaEvents(run: RunKey, uploads: readonly Upload[], html: readonly string[], home: SourceDir, keepMedia: boolean): Generator<RunEvent> {
  const counts = new Map<string, { readonly name: string; readonly kind: string; count: number }>();
  const items: RunEvent[] = [];
  const put = (name: string, kind: string, item: LoggedItem, from: MediaBytes | null) => {
    const known = counts.get(`${kind}\0${name}`) ?? { name, kind, count: 0 };
    counts.set(`${kind}\0${name}`, known);
    known.count++;
    if (keepMedia) items.push({ kind: 'media-item', run, of: { name, kind }, item, from });
  };
  for (const { stored, title, type, step, timeMs } of uploads) {
    const shown = shownOf(type, title);
    if (!shown) continue;
    const file = home.files.get(stored);
    const { form, type: mediaType } = shown;
    const item = { step, timeMs: timeMs === null ? null : epochMs(timeMs), index: 0, form, type: mediaType, caption: null };
    const from: MediaBytes | null = file ? { file, path: stored, ...(shown.shape ? { shape: shown.shape } : {}) } : null;
    put(type === 'text-sample' ? 'text' : title, type, item, from);
  }
  for (const page of html) {
    const item: LoggedItem = { step: null, timeMs: null, index: 0, form: 'html', type: 'text/html', caption: null };
    put('html', 'html', item, { bytes: new TextEncoder().encode(page) });
  }
  for (const media of counts.values()) yield { kind: 'media', run, media };
  yield* items;
}

function pictureOf(bytes: Uint8Array<ArrayBuffer>): ShapedBytes {
  const { form, type } = sniffedType(bytes);
  return { bytes, form: form === 'image' ? 'image' : 'file', type };
}

/** Bins grow from `start` by the factor `step` on both sides of `offset` (comet_ml's data_structure.Histogram); only those that hold something are kept. */
function histogramOf(bytes: Uint8Array): ShapedBytes | null {
  const told = jsonOf(bytes);
  if (!isObject(told) || !Array.isArray(told.index_values)) return null;
  const { start, stop, step, offset } = told;
  if (typeof start !== 'number' || typeof stop !== 'number' || typeof step !== 'number' || typeof offset !== 'number') return null;
  const edges = binEdges(start, stop, step, offset);
  const filled = new Map<number, number>();
  for (const pair of told.index_values as readonly Value[]) {
    const [index, count] = Array.isArray(pair) ? (pair as readonly Value[]) : [];
    if (typeof index !== 'number' || typeof count !== 'number' || !(index >= 0 && index < edges.length - 1)) return null;
    filled.set(index, count);
  }
  if (filled.size === 0) return histogramBytes({ edges: [offset], counts: [] });
  const first = Math.min(...filled.keys());
  const last = Math.max(...filled.keys());
  const counts = Array.from({ length: last - first + 1 }, (_, i) => filled.get(first + i) ?? 0);
  return histogramBytes({ edges: edges.slice(first, last + 2), counts });
}

const mostBins = 20_000;

function binEdges(start: number, stop: number, step: number, offset: number): number[] {
  const widths: number[] = [];
  if (start > 0 && step > 1) for (let width = start; offset + width <= stop && widths.length < mostBins; width *= step) widths.push(width);
  return [
    Number.NEGATIVE_INFINITY,
    ...widths.toReversed().map((width) => offset - width),
    offset,
    ...widths.map((width) => offset + width),
    Number.POSITIVE_INFINITY,
  ];
}

/** Rows are the actual classes unless the labels of the axes were changed, which the note then says. */
function confusionOfMatrix(bytes: Uint8Array): ShapedBytes | null {
  const told = jsonOf(bytes);
  if (!isObject(told) || !Array.isArray(told.labels) || !Array.isArray(told.matrix)) return null;
  const counts = (told.matrix as readonly Value[]).map((row) => (Array.isArray(row) ? row.map((count: Value) => (typeof count === 'number' ? count : 0)) : []));
  const { rowLabel, columnLabel } = told;
  const usual = rowLabel === 'Actual Category' && columnLabel === 'Predicted Category';
  const note = usual ? {} : { note: `Rows: ${String(rowLabel)}; columns: ${String(columnLabel)}.` };
  return confusionBytes({ labels: (told.labels as readonly Value[]).map(String), counts, ...note });
}

function curveOfJson(bytes: Uint8Array): ShapedBytes | null {
  const told = jsonOf(bytes);
  if (!isObject(told) || !Array.isArray(told.x) || !Array.isArray(told.y)) return null;
  const ys = told.y as readonly Value[];
  const name = typeof told.name === 'string' ? told.name : '';
  return curveOf(
    'x',
    'y',
    (told.x as readonly Value[]).flatMap((x, i): [string, number, number][] => {
      const y = ys[i];
      return typeof x === 'number' && typeof y === 'number' ? [[name, x, y]] : [];
    }),
  );
}
