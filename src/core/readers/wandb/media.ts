// Media objects of history rows as items: which of the run's files they are, or the histogram that they hold.

import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { jsonOf, plainCell, tableOfRows } from '../../formats/media-json';
import { mediaTypeOf } from '../../formats/media-types';
import type { LoggedItem, MediaBytes, MediaFile, RunEvent, RunKey, ShapedBytes } from '../../model/events';
import { jsonType, type MediaForm, plotlyType } from '../../model/media';
import { histogramBytes, type TableCell } from '../../model/media-forms';
import type { Value, Values } from '../../model/values';
import { fileAt, type SourceDir } from '../../source/source';
import { chartOf } from './charts';

/** A media object at a row. */
export interface LoggedMedia {
  readonly name: string;
  readonly kind: string;
  readonly object: Values;
  /** NaN where the row has none. */
  readonly step: number;
  readonly time: number;
}

/** Where the files are that objects name: the folder `files`, and what its paths begin with among the run's artifacts. */
export interface MediaPlace {
  readonly files: SourceDir | null;
  readonly prefix: string;
}

interface MediaEntry {
  readonly item: LoggedItem;
  readonly from: MediaBytes | null;
}

export function* mediaEvents(run: RunKey, logged: Iterable<LoggedMedia>, place: MediaPlace): Generator<RunEvent> {
  for (const one of logged) {
    const of = { name: one.name, kind: one.kind };
    for (const { item, from } of itemsOf(one, place)) yield { kind: 'media-item', run, of, item, from };
  }
}

const listNames = ['filenames', 'audio', 'html', 'videos', 'objects'] as const;
/** Objects whose bytes are shown as they are only if their ending says what they are. */
const filesOnly = new Set(['object3D-file', 'object3D', 'molecule-file', 'molecule', 'bokeh-file', 'graph-file']);

/** The items of one object: a list of pictures has several. */
function itemsOf(logged: LoggedMedia, place: MediaPlace): MediaEntry[] {
  const { kind, object } = logged;
  if (kind === 'histogram') return [entry(logged, 0, { form: 'histogram', type: jsonType }, histogramFrom(object))];
  const list = listNames.map((name) => object[name]).find((members) => Array.isArray(members)) as readonly Value[] | undefined;
  const { captions } = object;
  const captionAt = (i: number): Value | undefined => (Array.isArray(captions) ? captions[i] : undefined);
  if (list) return list.map((member, i) => fileEntry(logged, i, isObject(member) ? member : { path: member }, place, captionAt(i)));
  return [fileEntry(logged, 0, object, place, object.caption)];
}

function fileEntry(logged: LoggedMedia, index: number, { path, size }: Values, place: MediaPlace, caption: Value | undefined): MediaEntry {
  const shown = typeof path === 'string' ? path : '';
  const { form, type } = typeOf(logged.kind, shown);
  const found = fileNamed(shown, place);
  const from: MediaBytes | null = found && (form === 'table' ? { ...found, shape: (bytes) => tableFrom(logged.name, bytes, place) } : found);
  const told = typeof size === 'number' && !found ? { size } : {};
  return entry(logged, index, { form, type, ...told }, from, typeof caption === 'string' ? caption : null);
}

function entry(
  { step, time }: LoggedMedia,
  index: number,
  shown: Pick<LoggedItem, 'form' | 'type' | 'size'>,
  from: MediaBytes | null,
  caption: string | null = null,
): MediaEntry {
  return { item: { step: Number.isFinite(step) ? step : null, timeMs: Number.isFinite(time) ? epochMs(time) : null, index, caption, ...shown }, from };
}

function typeOf(kind: string, path: string): { readonly form: MediaForm; readonly type: string } {
  if (kind.endsWith('table-file') || kind.endsWith('-table')) return { form: 'table', type: jsonType };
  if (kind === 'plotly-file') return { form: 'figure', type: plotlyType };
  const found = mediaTypeOf(path);
  return filesOnly.has(kind) ? { form: 'file', type: found.type } : found;
}

/** Paths come out of the log; `..` is never followed, and only listed files are found. */
function fileNamed(path: string, { files, prefix }: MediaPlace): MediaFile | null {
  const file = files && path !== '' ? fileAt(files, path) : undefined;
  return file ? { file, path: `${prefix}${path}` } : null;
}

/** Edges and counts, or the packed form of edges that are evenly spaced. */
function histogramFrom({ bins, packedBins, values }: Values): MediaBytes | null {
  const counts = numbersOf(values);
  if (!counts) return null;
  const edges: readonly number[] | null = numbersOf(bins) ?? spacedEdges(packedBins, counts.length);
  if (!edges || edges.length !== counts.length + 1) return null;
  // Packed as it waits: most of what is logged is not kept.
  const packed = Float64Array.from([...edges, ...counts]);
  const shape = () => histogramBytes({ edges: [...packed.subarray(0, edges.length)], counts: [...packed.subarray(edges.length)] });
  return { bytes: new Uint8Array(packed.buffer), shape };
}

const numbersOf = (value: Value | undefined): number[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'number' || typeof one === 'bigint') ? value.map(Number) : null;

function spacedEdges(packed: Value | undefined, bins: number): number[] | null {
  if (!isObject(packed)) return null;
  const { min, size } = packed;
  return typeof min === 'number' && typeof size === 'number' ? Array.from({ length: bins + 1 }, (_, i) => min + i * size) : null;
}

/** `{"columns": [...], "data": [[...], ...]}`, cells may be media objects. */
function tableFrom(name: string, bytes: Uint8Array, place: MediaPlace): ShapedBytes | null {
  const table = jsonOf(bytes);
  if (!isObject(table) || !Array.isArray(table.columns) || !Array.isArray(table.data)) return null;
  const chart = chartOf(name, table.columns, table.data);
  if (chart) return chart;
  const named = new Map<string, MediaFile>();
  const cell = (value: Value): TableCell => {
    if (!isObject(value) || typeof value._type !== 'string' || typeof value.path !== 'string') return plainCell(value);
    const found = fileNamed(value.path, place);
    if (found) named.set(found.path, found);
    return { content: `${place.prefix}${value.path}`, form: typeOf(value._type, value.path).form };
  };
  return { ...tableOfRows(table.columns, table.data, cell), with: [...named.values()] };
}
