// Images, sounds, texts and histograms of a running TensorBoard, as many as it keeps, as the folder reader tells them.

import { ahead } from '../../base/ahead';
import { jsonText } from '../../base/json-write';
import { type EpochMs, epochMs } from '../../base/units';
import { binsHistogram } from '../../formats/event-media';
import { isObject } from '../../formats/flatten';
import { type JsonObject, textOf } from '../../formats/http-json';
import { sniffedType } from '../../formats/media-types';
import { numberOf } from '../../formats/numbers';
import type { LoggedItem, MediaBytes, RunEvent, RunKey, ShapedBytes } from '../../model/events';
import { jsonType, type MediaForm, type MediaKey } from '../../model/media';
import { tableBytes } from '../../model/media-forms';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { keptBytes } from '../_remote/kept-bytes';
import type { TensorBoardApi } from './server';
import type { Member } from './server-runs';

/** Plugins of TensorBoard whose items are looked at. */
export const mediaPlugins = ['images', 'audio', 'text', 'histograms'] as const;
export type MediaPlugin = (typeof mediaPlugins)[number];

/** Plugin → run → tag → samples of a step. */
export type MediaTags = ReadonlyMap<MediaPlugin, ReadonlyMap<string, ReadonlyMap<string, number>>>;

/** Items that a server keeps of a tag, unless `--samples_per_plugin` says otherwise: of more they are a sample. */
const usuallyKept: Readonly<Record<MediaPlugin, number>> = { images: 10, audio: 10, text: 10, histograms: 500 };
const mostTags = 500;
const mostSamples = 16;
const tagsAtOnce = 4;

interface Asked {
  readonly plugin: MediaPlugin;
  readonly member: Member;
  readonly tag: string;
  readonly sample: number;
}

/**
 * The media of one run.
 * @returns names of those of which the server has as many as it keeps
 * @throws HttpError
 */
export async function* mediaOf(
  run: RunKey,
  members: readonly Member[],
  tags: MediaTags,
  api: TensorBoardApi,
  context: ReadContext,
): AsyncGenerator<RunEvent, readonly string[]> {
  const { signal, limits } = context;
  const bytes = await keptBytes(context);
  const full = new Set<string>();
  const counts = new Map<string, { readonly of: MediaKey; count: number }>();
  for await (const [{ plugin, member, tag, sample }, rows] of ahead(
    askedOf(members, tags),
    tagsAtOnce,
    async (one) => [one, await api.media(one.plugin, one.tag, one.member.name, one.sample, signal)] as const,
  )) {
    const of: MediaKey = { name: tag, kind: plugin, ...(member.below === '.' ? {} : { context: { subrun: member.below } }) };
    if (rows.length >= usuallyKept[plugin]) full.add(tag);
    const known = counts.get(`${plugin}\0${member.below}\0${tag}`) ?? { of, count: 0 };
    counts.set(`${plugin}\0${member.below}\0${tag}`, known);
    for (const row of rows) {
      // Its key names a place in what the server keeps, which another item may come to take: step and time are of the item.
      const found = itemOf(plugin, sample, row, (query, most) =>
        bytes(jsonText([plugin, member.name, tag, sample, row]), () => api.mediaBytes(plugin, query, Math.min(most, limits.mediaItemBytes), signal)),
      );
      if (!found) continue;
      known.count++;
      yield { kind: 'media-item', run, of, ...found };
    }
  }
  for (const { of, count } of counts.values()) if (count > 0) yield { kind: 'media', run, media: { ...of, count } };
  return [...full];
}

function* askedOf(members: readonly Member[], tags: MediaTags): Generator<Asked> {
  let left = mostTags;
  for (const [plugin, runs] of tags)
    for (const member of members)
      for (const [tag, samples] of runs.get(member.name) ?? [])
        for (let sample = 0; sample < Math.min(samples, mostSamples) && left > 0; sample++, left--) yield { plugin, member, tag, sample };
}

/** Of the first generation the server tells empty bins beyond the least and largest value, too, and these two as the outer edges: they are left out, as in files. */
function withinEnds(bins: readonly (readonly number[])[]): readonly number[] {
  const [least, largest] = [bins[0]?.[0] ?? Number.NaN, bins.at(-1)?.[1] ?? Number.NaN];
  const first = bins.findIndex(([, right = 0, count]) => !(count === 0 && right <= least));
  const last = bins.findLastIndex(([left = 0, , count]) => !(count === 0 && left >= largest));
  return bins
    .slice(Math.max(0, first), last + 1)
    .flatMap(([left = 0, right = 0, count = 0], at, all) => [at === 0 ? least : left, at === all.length - 1 ? largest : right, count]);
}

type Found = { readonly item: LoggedItem; readonly from: MediaBytes | null };

/** Null for a row that is none. */
function itemOf(plugin: MediaPlugin, index: number, row: Value, fetch: (query: string, mostBytes: number) => Promise<Uint8Array<ArrayBuffer>>): Found | null {
  if (plugin === 'histograms') {
    if (!Array.isArray(row) || !Array.isArray(row[2])) return null;
    const shown = binsHistogram(withinEnds(row[2].flatMap((bin) => (Array.isArray(bin) ? [bin.slice(0, 3).map((one) => numberOf(one) ?? Number.NaN)] : []))));
    return { item: { ...momentOf(row[1], row[0]), index, form: 'histogram', type: jsonType, caption: null }, from: { bytes: shown.bytes } };
  }
  if (!isObject(row)) return null;
  const moment = { ...momentOf(row.step, row.wall_time), index, caption: null };
  if (plugin === 'text') {
    const { form, type, bytes } = textOfHtml(textOf(row.text) ?? '');
    return { item: { ...moment, form, type }, from: { bytes } };
  }
  const query = textOf(row.query);
  const form = plugin === 'audio' ? 'audio' : 'image';
  const type = textOf(row.contentType) ?? (form === 'image' ? 'image/png' : 'audio/wav');
  return { item: { ...moment, form, type }, from: query === null ? null : { fetch: (most) => fetch(query, most), shape: encodedAs(form) } };
}

/** What they are is told by their first bytes, when they are here: what these do not tell is only a file. */
const encodedAs =
  (form: MediaForm) =>
  (bytes: Uint8Array<ArrayBuffer>): ShapedBytes => {
    const found = sniffedType(bytes);
    return { bytes, form: found.form === form ? form : 'file', type: found.type };
  };

function momentOf(step: Value | undefined, seconds: Value | undefined): { readonly step: number | null; readonly timeMs: EpochMs | null } {
  const at = numberOf(seconds ?? null);
  return { step: numberOf(step ?? null), timeMs: at === null || !Number.isFinite(at) ? null : epochMs(at * 1000) };
}

/** The server tells texts as cells of a page, cleaned of what could run there: one cell is the text itself, several are a table. */
function textOfHtml(html: string): Pick<LoggedItem, 'form' | 'type'> & { readonly bytes: Uint8Array<ArrayBuffer> } {
  const rows = [...html.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<td>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => plainOf(cell)),
  );
  const isTable = html.startsWith('<table>') && rows.length > 0;
  if (!isTable || (rows.length === 1 && rows[0]?.length === 1)) {
    const text = isTable ? (rows[0]?.[0] ?? '') : plainOf(html);
    return { form: 'text', type: 'text/markdown', bytes: new TextEncoder().encode(text) };
  }
  const width = Math.max(...rows.map((row) => row.length));
  const { bytes } = tableBytes({ columns: Array.from({ length: width }, (_, at) => String(at + 1)), rows });
  return { form: 'table', type: jsonType, bytes };
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
const plainOf = (html: string): string => html.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '');

/** Tags of one plugin: run → tag → how many samples a step has; texts come as a list of tags. */
export function tagsIn(answer: JsonObject): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return new Map(
    Object.entries(answer).map(([run, tags]): [string, ReadonlyMap<string, number>] => {
      if (Array.isArray(tags))
        return [
          run,
          new Map(
            tags
              .filter((tag): tag is string => typeof tag === 'string')
              .sort()
              .map((tag) => [tag, 1]),
          ),
        ];
      const all = isObject(tags) ? Object.entries(tags) : [];
      return [
        run,
        new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, said]) => [tag, Math.max(1, (isObject(said) ? numberOf(said.samples ?? 1) : 1) ?? 1)])),
      ];
    }),
  );
}
