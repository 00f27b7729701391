// Media of rows: files below `media/` beside the database, or what the row itself holds.

import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { plainCell, tableOfRecords } from '../../formats/media-json';
import { mediaTypeOf } from '../../formats/media-types';
import type { LoggedItem, MediaBytes, MediaFile, RunEvent, RunKey, ServedBytes } from '../../model/events';
import { jsonType, type MediaForm } from '../../model/media';
import { histogramBytes, type TableCell } from '../../model/media-forms';
import type { Value, Values } from '../../model/values';
import { fileAt, type SourceDir } from '../../source/source';

export const mediaFolder = 'media';

/** `trackio.image` → `image`. */
export const kindOf = ({ _type: type }: Values): string => String(type).replace(/^trackio\./, '');

interface Moment {
  readonly step: number | bigint | null;
  readonly timeMs: number | null;
}

/** Where the files of media lie. Paths come out of the database. */
export interface MediaHome {
  /** @param path below `media/`; null for one that is not there, or leads elsewhere */
  find(path: string): MediaFile | (ServedBytes & { readonly path: string }) | null;
}

/** In the folder of a database: only files that are listed are found. */
export const folderHome = (home: SourceDir): MediaHome => ({
  find(path) {
    const file = fileAt(home, `${mediaFolder}/${path}`);
    return file ? { file, path: `${mediaFolder}/${path}` } : null;
  },
});

/** On a server. @param fetch the bytes of a path below `media/` */
export const servedHome = (fetch: (path: string, mostBytes: number) => Promise<Uint8Array<ArrayBuffer>>): MediaHome => ({
  find(path) {
    if (path.split(/[\\/]/).some((part) => part === '' || part === '.' || part === '..')) return null;
    return { path: `${mediaFolder}/${path}`, fetch: (mostBytes) => fetch(path, mostBytes) };
  },
});

/** The item of a media object. */
export function* mediaEvents(run: RunKey, name: string, object: Values, { step, timeMs }: Moment, home: MediaHome): Generator<RunEvent> {
  const { form, type, from } = shownAs(object, home);
  const caption = typeof object.caption === 'string' ? object.caption : null;
  const item: LoggedItem = { step: step === null ? null : Number(step), timeMs: timeMs === null ? null : epochMs(timeMs), index: 0, form, type, caption };
  yield { kind: 'media-item', run, of: { name, kind: kindOf(object) }, item, from };
}

function shownAs(object: Values, home: MediaHome): { readonly form: MediaForm; readonly type: string; readonly from: MediaBytes | null } {
  const { file_path: path, _value: value, bins, values } = object;
  const kind = kindOf(object);
  if (typeof path === 'string') {
    const found = mediaTypeOf(path);
    return { form: kind === 'object3d' ? 'file' : found.form, type: found.type, from: home.find(path) };
  }
  if (kind === 'histogram') return { form: 'histogram', type: jsonType, from: histogram(bins, values) };
  if (kind === 'table') return { form: 'table', type: jsonType, from: table(value, home) };
  const text = typeof value === 'string' ? value : null;
  const from = text === null ? null : { bytes: new TextEncoder().encode(text) };
  return kind === 'html' ? { form: 'html', type: 'text/html', from } : { form: 'text', type: kind === 'markdown' ? 'text/markdown' : 'text/plain', from };
}

function histogram(bins: Value | undefined, values: Value | undefined): MediaBytes | null {
  if (!Array.isArray(bins) || !Array.isArray(values) || bins.length !== values.length + 1) return null;
  return { bytes: histogramBytes({ edges: bins.map(Number), counts: values.map(Number) }).bytes };
}

/** A list of records; a cell may be an image, or a list of images of which the first is shown. */
function table(records: Value | undefined, home: MediaHome): MediaBytes | null {
  if (!Array.isArray(records)) return null;
  const named = new Map<string, NonNullable<ReturnType<MediaHome['find']>>>();
  const cell = (value: Value | undefined): TableCell => {
    const one = Array.isArray(value) && isObject(value[0] as Value) ? (value[0] as Value) : value;
    if (!isObject(one) || typeof one.file_path !== 'string') return plainCell(value);
    const found = home.find(one.file_path);
    if (found) named.set(found.path, found);
    return { content: `${mediaFolder}/${one.file_path}`, form: mediaTypeOf(one.file_path).form };
  };
  const { bytes, cut = false } = tableOfRecords(
    records.filter((record) => isObject(record)),
    cell,
  );
  return { bytes, shape: () => ({ bytes, cut, with: [...named.values()] }) };
}
