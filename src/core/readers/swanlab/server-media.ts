// Media of a run on a server: counted, and those that may be kept with their bytes.

import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { mediaTypeOf } from '../../formats/media-types';
import { numberOf } from '../../formats/numbers';
import type { LoggedItem, RunEvent, RunKey } from '../../model/events';
import type { Value } from '../../model/values';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { RunRef, SwanLabApi } from './api';
import { chartOf } from './charts';

const kind = 'media';
const keysPerQuestion = 100;

interface Logged {
  readonly step: number | null;
  readonly index: number;
  readonly path: string;
  readonly caption: string | null;
}

/** @param isGoing its media are counted only: they would be fetched again at every look */
export async function* mediaEvents(run: RunKey, ref: RunRef, isGoing: boolean, api: SwanLabApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const keys = await api.keys('media', ref, context.signal);
  const all: (readonly [string, readonly Logged[]])[] = [];
  for (let at = 0; at < keys.length; at += keysPerQuestion)
    for (const { key, metrics } of await api.media(ref, keys.slice(at, at + keysPerQuestion), context.signal)) {
      const name = textOf(key);
      if (name !== null) all.push([name, objectsOf(metrics).flatMap(loggedOf)]);
    }
  for (const [name, items] of all) {
    if (items.length > 0) yield { kind: 'media', run, media: { name, kind, count: items.length } };
    for (const { path } of items) yield { kind: 'artifact', run, artifact: { path, size: null, kind: 'file' } };
  }
  if (!context.keepMedia || isGoing) return;
  let room = context.limits.mediaBytesPerRun;
  for (const [name, items] of all) {
    for (const [at, { step, index, path, caption }] of items.entries()) {
      const isKept = room > 0 && isSpread(at, items.length, context.limits.mediaItems);
      const bytes = isKept ? await fetched(ref, path, api, context) : null;
      room -= bytes?.length ?? 0;
      const item: LoggedItem = { step, timeMs: null, index, ...mediaTypeOf(path), caption };
      const shape = path.startsWith('media/echarts/') ? { shape: chartOf } : {};
      yield { kind: 'media-item', run, of: { name, kind }, item, from: bytes && { bytes, ...shape } };
    }
  }
}

/** So many of all, evenly spaced, with the last. */
const isSpread = (at: number, all: number, most: number): boolean => all <= most || Math.floor(((at + 1) * most) / all) > Math.floor((at * most) / all);

/** Null where it is too large, or not there. */
async function fetched(ref: RunRef, path: string, api: SwanLabApi, { limits, signal }: ReadContext): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await api.mediaFile(ref, path, limits.mediaItemBytes, signal);
  } catch (error) {
    if (!(error instanceof HttpError) || error.isFinal) throw error;
    return null;
  }
}

function loggedOf({ index: at, data, more }: JsonObject): readonly Logged[] {
  const step = numberOf(at ?? null);
  const notes = Array.isArray(more) ? (more as readonly Value[]) : [];
  return (Array.isArray(data) ? (data as readonly Value[]) : []).flatMap((path, index) => {
    const note = notes[index];
    return typeof path === 'string' && path !== '' ? [{ step, index, path, caption: isObject(note) ? textOf(note.caption) : null }] : [];
  });
}
