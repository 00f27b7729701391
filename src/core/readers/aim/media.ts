// Media of a run, item by item: what their fields say stands among the series, their bytes in a domain of their own.

import { epochMs } from '../../base/units';
import { mediaTypeOf, sniffedType } from '../../formats/media-types';
import type { LoggedItem, RunEvent, RunKey } from '../../model/events';
import { jsonType, type MediaForm, type MediaKey, plotlyType } from '../../model/media';
import { histogramBytes } from '../../model/media-forms';
import { decodePath, decodeValue, type Stored } from './encoding';

/** One object that was logged. */
export interface LoggedObject {
  readonly step: number;
  /** Its place in the list that was logged at the step. */
  readonly index: number;
  /** Aim's class: `aim.image`. */
  readonly name: string;
  /** Path below the object, joined with `.` → what stands there. */
  readonly fields: Map<string, Stored>;
}

/** Gathers the objects of one series out of its entries. */
export class ObjectGatherer {
  readonly objects: LoggedObject[] = [];

  /** @param path of an entry below the series' column of values */
  take(path: Uint8Array, value: Uint8Array): void {
    const [step, ...parts] = decodePath(path) ?? [];
    const stored = decodeValue(value);
    if (typeof step !== 'number' || !stored) return;
    const index = typeof parts[0] === 'number' ? (parts.shift() as number) : 0;
    const last = this.objects.at(-1);
    if (parts.length === 0 && stored.kind === 'custom') this.objects.push({ step, index, name: stored.name, fields: new Map() });
    else if (last?.step === step && last.index === index) {
      last.fields.set(parts.join('.'), stored.kind === 'bytes' ? { kind: 'bytes', bytes: stored.bytes.slice() } : stored);
    }
  }
}

interface Waiting {
  readonly of: MediaKey;
  readonly object: LoggedObject;
  readonly timeMs: number;
}

/** Lines of logs are one text each, however many there are. */
const lineClasses: ReadonlySet<string> = new Set(['aim.log_line', 'aim.log_record']);
const text = new TextDecoder();
const utf8 = new TextEncoder();

/** Brings the objects of a run and their bytes together. */
export class MediaShelf {
  private readonly waiting = new Map<string, Waiting>();
  private readonly lines = new Map<MediaKey, string[]>();

  constructor(private readonly run: RunKey) {}

  /** @param place of the series' column of values below the run, as text of bytes @param timeOf milliseconds; NaN where unknown */
  *add(of: MediaKey, place: Uint8Array, objects: readonly LoggedObject[], timeOf: (step: number) => number): Generator<RunEvent> {
    for (const object of objects) {
      const waiting = { of, object, timeMs: timeOf(object.step) };
      const data = object.fields.get('data');
      if (data?.kind === 'blob') this.waiting.set(`${latin1(place)}\0${object.step}\0${object.index}`, waiting);
      else yield* this.item(waiting, data ?? object.fields.get('message'));
    }
  }

  /** Whether bytes are still to be found. */
  get waits(): boolean {
    return this.waiting.size > 0;
  }

  /** Takes the content of an object's field. @param key below the run */
  *found(key: Uint8Array, value: Uint8Array): Generator<RunEvent> {
    const [, name, column, step, ...parts] = decodePath(key) ?? [];
    if (typeof name !== 'string' || typeof column !== 'string' || typeof step !== 'number') return;
    const length = 10 + utf8.encode(name).length + 1 + utf8.encode(column).length + 1;
    const index = typeof parts[0] === 'number' ? (parts.shift() as number) : 0;
    const place = `${latin1(key.subarray(0, length))}\0${step}\0${index}`;
    const waiting = parts.length === 1 && parts[0] === 'data' ? this.waiting.get(place) : undefined;
    if (!waiting) return;
    this.waiting.delete(place);
    yield* this.item(waiting, decodeValue(value) ?? undefined);
  }

  /** Items whose bytes never came, and the lines of logs. */
  *end(): Generator<RunEvent> {
    for (const waiting of this.waiting.values()) yield* this.item(waiting, undefined);
    for (const [of, lines] of this.lines) {
      const item: LoggedItem = { step: null, timeMs: null, index: 0, form: 'text', type: 'text/plain', caption: null };
      yield { kind: 'media-item', run: this.run, of, item, from: { bytes: utf8.encode(`${lines.join('\n')}\n`) } };
    }
  }

  private *item({ of, object, timeMs }: Waiting, data: Stored | undefined): Generator<RunEvent> {
    const bytes = bytesOf(data);
    if (lineClasses.has(object.name)) {
      const lines = this.lines.get(of) ?? [];
      if (bytes) lines.push(text.decode(bytes));
      this.lines.set(of, lines);
      return;
    }
    const { form, type } = shownAs(object, bytes);
    const caption = textOf(object.fields.get('caption')) || null;
    const item: LoggedItem = { step: object.step, timeMs: Number.isNaN(timeMs) ? null : epochMs(timeMs), index: object.index, form, type, caption };
    const shape = form === 'histogram' ? (weights: Uint8Array<ArrayBuffer>) => histogram(object, weights) : undefined;
    yield { kind: 'media-item', run: this.run, of, item, from: bytes ? { bytes, ...(shape ? { shape } : {}) } : null };
  }
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const textOf = (stored: Stored | undefined): string | null => (stored?.kind === 'value' && typeof stored.value === 'string' ? stored.value : null);
const numberOf = (stored: Stored | undefined): number => (stored?.kind === 'value' && typeof stored.value === 'number' ? stored.value : Number.NaN);

function bytesOf(stored: Stored | undefined): Uint8Array<ArrayBuffer> | null {
  if (stored?.kind === 'bytes') return stored.bytes.slice();
  const words = textOf(stored);
  return words === null ? null : utf8.encode(words);
}

/** The bytes of pictures and sounds tell what they are; the format that was asked for only helps where they do not. */
function shownAs({ name, fields }: LoggedObject, bytes: Uint8Array | null): { readonly form: MediaForm; readonly type: string } {
  switch (name) {
    case 'aim.text':
      return { form: 'text', type: 'text/plain' };
    case 'aim.distribution':
      return { form: 'histogram', type: jsonType };
    case 'aim.figure':
      return { form: 'figure', type: plotlyType };
    default: {
      const sniffed = bytes ? sniffedType(bytes) : null;
      return sniffed && sniffed.form !== 'file' ? sniffed : mediaTypeOf(`.${textOf(fields.get('format')) ?? ''}`);
    }
  }
}

/** NumPy's name of a type of number → how it reads one. */
const readers: Readonly<Record<string, readonly [bytes: number, read: (view: DataView, at: number) => number]>> = {
  int64: [8, (view, at) => Number(view.getBigInt64(at, true))],
  uint64: [8, (view, at) => Number(view.getBigUint64(at, true))],
  int32: [4, (view, at) => view.getInt32(at, true)],
  uint32: [4, (view, at) => view.getUint32(at, true)],
  float64: [8, (view, at) => view.getFloat64(at, true)],
  float32: [4, (view, at) => view.getFloat32(at, true)],
};

/** Aim keeps the weights of the bins and the ends of the range; null where they do not fit each other. */
function histogram({ fields }: LoggedObject, weights: Uint8Array<ArrayBuffer>): ReturnType<typeof histogramBytes> | null {
  const [size, read] = readers[textOf(fields.get('dtype')) ?? ''] ?? [];
  const bins = numberOf(fields.get('bin_count'));
  const [first, last] = [numberOf(fields.get('range.0')), numberOf(fields.get('range.1'))];
  if (!size || !read || !(bins >= 1) || weights.length !== bins * size) return null;
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
  return histogramOf(
    Array.from({ length: bins }, (_, bin) => read(view, bin * size)),
    first,
    last,
  );
}

/** Bins of one width between two ends; null where these are no numbers. */
export function histogramOf(counts: readonly number[], first: number, last: number): ReturnType<typeof histogramBytes> | null {
  if (!Number.isFinite(first) || !Number.isFinite(last)) return null;
  const bins = counts.length;
  // As numpy.linspace has it: the last edge is the end itself.
  const width = (last - first) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, edge) => (edge === bins ? last : first + edge * width));
  return histogramBytes({ edges, counts });
}
