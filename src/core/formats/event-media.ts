// Pictures, sounds, texts, histograms and curves of event files as items of media, whatever generation of TensorBoard wrote them.

import { epochMs } from '../base/units';
import type { LoggedItem, MediaBytes, ShapedBytes } from '../model/events';
import { jsonType, type MediaForm } from '../model/media';
import { curveBytes, histogramBytes, tableBytes } from '../model/media-forms';
import { doublesOf, StoredTensor } from './event-array';
import { sniffedType } from './media-types';
import { malformed, WireFields, wire } from './protobuf';

/** An item and where its bytes are. */
export interface EventItem {
  readonly item: LoggedItem;
  readonly from: MediaBytes;
}

/** Field of a summary's value → its bytes of the encoded picture or sound. */
const encodedField = 4;
const histogramField = { min: 1, max: 2, limits: 6, counts: 7 } as const;

/** Step and time of the event; time in seconds. */
export interface EventMoment {
  readonly step: number;
  readonly seconds: number;
}

interface Shown {
  readonly form: MediaForm;
  readonly type: string;
  readonly from: MediaBytes;
  readonly caption?: string | null;
}

function itemAt({ step, seconds }: EventMoment, index: number, { form, type, from, caption = null }: Shown): EventItem {
  const timeMs = Number.isFinite(seconds) ? epochMs(seconds * 1000) : null;
  return { item: { step, timeMs, index, form, type, caption }, from };
}

/** The item of a picture, sound or histogram that is a summary's value itself, as the first generation wrote them. @throws malformed */
export function plainItems(kind: string, value: WireFields, moment: EventMoment): EventItem[] {
  if (kind === 'histograms')
    return [itemAt(moment, 0, { form: 'histogram', type: jsonType, from: { bytes: value.payload.slice(), shape: shaped(plainHistogram) } })];
  const fields = new WireFields();
  for (fields.inside(value); fields.next(); )
    if (fields.is(encodedField, wire.bytes)) return [itemAt(moment, 0, encoded(fields.payload, kind === 'audio' ? 'audio' : 'image'))];
  return [];
}

/** A picture or sound in its own coding, which its first bytes tell: what they do not tell is only a file. */
function encoded(bytes: Uint8Array, form: MediaForm, caption: string | null = null): Shown {
  const found = sniffedType(bytes);
  return { form: found.form === form ? form : 'file', type: found.type, from: { bytes: bytes.slice() }, caption };
}

/** Rows of a `pr_curves` tensor. */
const precisionRow = 4;
const recallRow = 5;

/** The items of a tensor, by the plugin that it is for; none where it holds nothing to look at. @throws malformed */
export function tensorItems(plugin: string, tag: string, value: WireFields, moment: EventMoment): EventItem[] {
  const own = (form: MediaForm, shape: (tensor: StoredTensor) => ShapedBytes | null) =>
    itemAt(moment, 0, { form, type: jsonType, from: { bytes: value.payload.slice(), shape: shaped((bytes) => shape(new StoredTensor(bytes))) } });
  switch (plugin) {
    case 'histograms':
      return [own('histogram', tensorHistogram)];
    case 'pr_curves':
      return [own('curve', (tensor) => prCurve(tag, tensor))];
    case 'images':
      // Width and height come first, as texts.
      return stringsOf(value)
        .slice(2)
        .map((bytes, i) => itemAt(moment, i, encoded(bytes, 'image')));
    case 'audio':
      return sounds(stringsOf(value), new StoredTensor(value.payload)).map(([bytes, label], i) => itemAt(moment, i, encoded(bytes, 'audio', label)));
    case 'text':
      return [textItem(value, moment)];
    case 'graph_keras_model':
      return stringsOf(value).map((bytes, i) => itemAt(moment, i, { form: 'text', type: 'text/plain', from: { bytes: bytes.slice() } }));
    default:
      return [];
  }
}

/** One text is shown as it is (Markdown), several as a table, as TensorBoard does. */
function textItem(value: WireFields, moment: EventMoment): EventItem {
  const strings = stringsOf(value);
  const { shape } = new StoredTensor(value.payload);
  if (strings.length <= 1) return itemAt(moment, 0, { form: 'text', type: 'text/markdown', from: { bytes: (strings[0] ?? new Uint8Array()).slice() } });
  const width = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  const table = (bytes: Uint8Array): ShapedBytes | null => {
    const texts = stringsOf(wrapped(bytes)).map((text) => utf8.decode(text));
    if (!(width >= 1) || width > texts.length) return null;
    const rows = Array.from({ length: Math.ceil(texts.length / width) }, (_, row) => texts.slice(row * width, (row + 1) * width));
    return tableBytes({ columns: Array.from({ length: width }, (_, i) => String(i + 1)), rows });
  };
  return itemAt(moment, 0, { form: 'table', type: jsonType, from: { bytes: value.payload.slice(), shape: shaped(table) } });
}

const utf8 = new TextDecoder();

/** Sounds with their labels: pairs, or sounds alone where there is one column. */
function sounds(strings: readonly Uint8Array[], { shape }: StoredTensor): [Uint8Array, string | null][] {
  if (shape.at(-1) !== 2) return strings.map((bytes) => [bytes, null]);
  const pairs: [Uint8Array, string | null][] = [];
  for (let at = 0; at + 1 < strings.length; at += 2) pairs.push([strings[at] as Uint8Array, utf8.decode(strings[at + 1]) || null]);
  return pairs;
}

/** The strings of a tensor where they lie. */
function stringsOf(outer: WireFields): Uint8Array[] {
  const strings: Uint8Array[] = [];
  const fields = new WireFields();
  for (fields.inside(outer); fields.next(); ) if (fields.is(8, wire.bytes)) strings.push(fields.payload);
  return strings;
}

/** A message as if it were the field of another. */
function wrapped(bytes: Uint8Array): WireFields {
  const fields = new WireFields().over(bytes);
  fields.type = wire.bytes;
  fields.start = 0;
  fields.end = bytes.length;
  return fields;
}

/** Damage within an item is no damage of the file: the item is not shown. */
const shaped =
  (shape: (bytes: Uint8Array) => ShapedBytes | null) =>
  (bytes: Uint8Array): ShapedBytes | null => {
    try {
      return shape(bytes);
    } catch (error) {
      if (error !== malformed) throw error;
      return null;
    }
  };

/** First generation: empty bins at both ends are left out, and least and largest value are the outer edges (TensorBoard's data_compat). */
function plainHistogram(bytes: Uint8Array): ShapedBytes {
  const fields = new WireFields().over(bytes);
  let min = 0;
  let max = 0;
  const limits: number[] = [];
  const counts: number[] = [];
  while (fields.next()) {
    if (fields.is(histogramField.min, wire.fixed64)) min = fields.float64;
    else if (fields.is(histogramField.max, wire.fixed64)) max = fields.float64;
    const list = fields.field === histogramField.limits ? limits : fields.field === histogramField.counts ? counts : null;
    if (list) for (const number of doublesOf(fields)) list.push(number);
  }
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  if (first < 0) return histogramBytes({ edges: [min], counts: [] });
  const inner = limits.slice(first, last);
  return histogramBytes({ edges: [min, ...inner, max], counts: counts.slice(first, last + 1) });
}

/** Second generation: rows of left edge, right edge and count. A gap between two bins is an empty bin. */
function tensorHistogram(tensor: StoredTensor): ShapedBytes | null {
  const [, width] = tensor.shape;
  if (tensor.shape.length !== 2 || width !== 3) return null;
  const cells = tensor.numbers();
  return cells && binsHistogram(cells);
}

/** Of bins one after the other, each its left edge, right edge and count. */
export function binsHistogram(cells: ArrayLike<number>): ShapedBytes {
  const edges: number[] = cells.length > 0 ? [cells[0] as number] : [0];
  const counts: number[] = [];
  for (let at = 0; at + 2 < cells.length; at += 3) {
    const [left, right, count] = [cells[at] ?? 0, cells[at + 1] ?? 0, cells[at + 2] ?? 0];
    if (left > (edges.at(-1) as number)) {
      edges.push(left);
      counts.push(0);
    }
    edges.push(right);
    counts.push(count);
  }
  return histogramBytes({ edges, counts });
}

function prCurve(name: string, tensor: StoredTensor): ShapedBytes | null {
  const [rows, length = 0] = tensor.shape;
  const cells = tensor.numbers();
  if (rows !== recallRow + 1 || tensor.shape.length !== 2 || !cells) return null;
  const row = (at: number) => [...cells.slice(at * length, (at + 1) * length)];
  return curveBytes({ x: 'recall', y: 'precision', lines: [{ name, x: row(recallRow), y: row(precisionRow) }] });
}
