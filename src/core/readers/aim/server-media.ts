// Images, sounds, texts, distributions and figures that Aim's server tells, as the repository's reader tells them.

import { type EpochMs, epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { textOf } from '../../formats/http-json';
import { mediaTypeOf, sniffedType } from '../../formats/media-types';
import { numberOf } from '../../formats/numbers';
import type { LoggedItem, MediaBytes, RunEvent, RunKey, ShapedBytes } from '../../model/events';
import { jsonType, type MediaKey, plotlyType } from '../../model/media';
import type { Value, Values } from '../../model/values';
import { histogramOf } from './media';
import { objectOf } from './meta';
import { listOf, type StreamedRun } from './stream';

/** Aim's name of a kind of sequence → ours, which is that of the class of its objects. */
export const mediaKinds = { images: 'image', audios: 'audio', texts: 'text', distributions: 'distribution', figures: 'figure' } as const;
export type MediaSequence = keyof typeof mediaKinds;

export type FetchBlob = (sequence: MediaSequence, uri: string, mostBytes: number) => Promise<Uint8Array<ArrayBuffer>>;

/** The media of one kind of one run. */
export function* mediaEvents(run: RunKey, sequence: MediaSequence, { tree, blobs }: StreamedRun, fetch: FetchBlob): Generator<RunEvent> {
  for (const [place, trace] of listOf(tree.at('traces')).entries()) {
    const { name, context, values, iters, timestamps } = objectOf(trace);
    if (typeof name !== 'string') continue;
    const labels = objectOf(context);
    const of: MediaKey = { name, kind: mediaKinds[sequence], ...(Object.keys(labels).length > 0 ? { context: labels } : {}) };
    let count = 0;
    for (const [at, value] of listOf(values).entries()) {
      const step = numberOf(listOf(iters)[at] ?? null);
      const seconds = numberOf(listOf(timestamps)[at] ?? null);
      const moment = { step, timeMs: seconds === null ? null : epochMs(seconds * 1000) };
      for (const object of Array.isArray(value) ? value : [value]) {
        if (!isObject(object)) continue;
        count++;
        yield { kind: 'media-item', run, of, ...itemOf(sequence, object, moment, blobs.get(`traces.${place}.values.${at}.data.blob`), fetch) };
      }
    }
    if (count > 0) yield { kind: 'media', run, media: { ...of, count } };
  }
}

/** A series has as many steps as were asked for: there may be more. */
export const hasManySteps = ({ tree }: StreamedRun, most: number): boolean =>
  listOf(tree.at('traces')).some((trace) => listOf(objectOf(trace).iters).length >= most);

function itemOf(
  sequence: MediaSequence,
  object: Values,
  moment: { readonly step: number | null; readonly timeMs: EpochMs | null },
  weights: Uint8Array | undefined,
  fetch: FetchBlob,
): { readonly item: LoggedItem; readonly from: MediaBytes | null } {
  const { index, caption, data, blob_uri: uri, format } = object;
  const base = { ...moment, index: numberOf(index ?? null) ?? 0, caption: textOf(caption) || null };
  const words = (text: Value | undefined) => (typeof text === 'string' ? { bytes: new TextEncoder().encode(text) } : null);
  switch (sequence) {
    case 'texts':
      return { item: { ...base, form: 'text', type: 'text/plain' }, from: words(data) };
    case 'figures':
      return { item: { ...base, form: 'figure', type: plotlyType }, from: words(data) };
    case 'distributions':
      return { item: { ...base, form: 'histogram', type: jsonType }, from: weights ? distribution(object, weights) : null };
    default: {
      const named = mediaTypeOf(`.${textOf(format) ?? ''}`);
      const address = textOf(uri);
      return { item: { ...base, ...named }, from: address === null ? null : { fetch: (most) => fetch(sequence, address, most), shape: sniffed(named) } };
    }
  }
}

/** The bytes of pictures and sounds tell what they are; the format that was asked for only helps where they do not. */
const sniffed =
  (named: ReturnType<typeof mediaTypeOf>) =>
  (bytes: Uint8Array<ArrayBuffer>): ShapedBytes => {
    const found = sniffedType(bytes);
    return { bytes, ...(found.form === 'file' ? named : found) };
  };

/** The server tells weights as doubles, whatever they were logged as. */
function distribution({ range }: Values, weights: Uint8Array): MediaBytes | null {
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
  const counts = Array.from({ length: Math.floor(weights.length / 8) }, (_, bin) => view.getFloat64(8 * bin, true));
  const [first, last] = listOf(range).map((end) => numberOf(end) ?? Number.NaN);
  const shown = counts.length > 0 && first !== undefined && last !== undefined ? histogramOf(counts, first, last) : null;
  return shown && { bytes: shown.bytes };
}
