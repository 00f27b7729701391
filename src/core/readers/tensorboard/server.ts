// Questions to a running TensorBoard, and its answers as plain data.

import { isObject } from '../../formats/flatten';
import { askJson, askValue, jsonValueOf, objectsOf, postJson, queryOf, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';
import { type Http, HttpError } from '../../source/http';
import type { Access } from '../../source/tracker';
import { type Curve, curveOf } from './curves';
import { type MediaPlugin, type MediaTags, mediaPlugins, tagsIn } from './server-media';
import { type Session, sessionsOf } from './server-sessions';

const mostAnswerBytes = 256 * 1024 * 1024;
const runsPerQuestion = 100;
const sessionsPerPage = 1000;
const mostSessions = 100_000;

export interface Environment {
  readonly version: string | null;
  /** The log folder as the server was told it. */
  readonly location: string;
  /** Points that it gives of a curve at most. */
  readonly mostPoints: number;
}

/** Unless `--samples_per_plugin` says otherwise. */
const usualMostPoints = 1000;

export class TensorBoardApi {
  #hasMultirun = true;

  constructor(
    readonly access: Access,
    private readonly http: Http,
  ) {}

  async environment(signal: AbortSignal): Promise<Environment> {
    const { version, data_location: location, debug } = await this.#get('environment', signal);
    if (textOf(location) === null) throw new HttpError('bad-answer', 'The server does not say what TensorBoard says of itself.', this.access.base);
    const flags = isObject(debug) && isObject(debug.flags) ? debug.flags : {};
    const samples = isObject(flags.samples_per_plugin) ? numberOf(flags.samples_per_plugin.scalars ?? null) : null;
    return { version: textOf(version), location: textOf(location) ?? '', mostPoints: samples ?? usualMostPoints };
  }

  /** Names of runs in the order in which they started. */
  async runs(signal: AbortSignal): Promise<readonly string[]> {
    const names = await askValue(this.http, { url: this.#url('runs'), mostBytes: mostAnswerBytes }, signal);
    return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
  }

  /** Run → its scalar tags. */
  async tags(signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await this.#get('plugin/scalars/tags', signal);
    // The server holds them in no order.
    return new Map(Object.entries(found).map(([run, tags]) => [run, isObject(tags) ? Object.keys(tags).sort() : []]));
  }

  /** What there is to look at. A plugin that the server lacks has nothing. */
  async mediaTags(signal: AbortSignal): Promise<MediaTags> {
    const found = new Map<MediaPlugin, ReadonlyMap<string, ReadonlyMap<string, number>>>();
    for (const plugin of mediaPlugins) {
      try {
        found.set(plugin, tagsIn(await this.#get(`plugin/${plugin}/tags`, signal)));
      } catch (error) {
        if (!(error instanceof HttpError) || error.isFinal) throw error;
      }
    }
    return found;
  }

  /** Items of one tag of one run; none where the run has none any more. */
  async media(plugin: MediaPlugin, tag: string, run: string, sample: number, signal: AbortSignal): Promise<readonly Value[]> {
    const more = plugin === 'text' ? { markdown: 'false' } : plugin === 'histograms' ? {} : { sample };
    const request = { url: `${this.#url(`plugin/${plugin}/${plugin}`)}${queryOf({ run, tag, ...more })}`, mostBytes: mostAnswerBytes, also: [400, 404] };
    const answer = await this.http.send(request, signal);
    if (answer.status >= 300) return [];
    const rows = jsonValueOf(answer, request.url);
    return Array.isArray(rows) ? rows : [];
  }

  /** The bytes of an image or sound. @param query as the server gave it @throws HttpError */
  async mediaBytes(plugin: MediaPlugin, query: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const call = plugin === 'images' ? 'individualImage' : 'individualAudio';
    return (await this.http.send({ url: `${this.#url(`plugin/${plugin}/${call}`)}?${query}`, mostBytes }, signal)).bytes;
  }

  /** What the hyperparameter plugin says, by run. */
  async sessions(signal: AbortSignal): Promise<ReadonlyMap<string, Session>> {
    const found = new Map<string, Session>();
    const allowedStatuses = ['UNKNOWN', 'SUCCESS', 'FAILURE', 'RUNNING'].map((status) => `STATUS_${status}`);
    for (let startIndex = 0; startIndex < mostSessions; startIndex += sessionsPerPage) {
      const question = { allowedStatuses, colParams: [], startIndex, sliceSize: sessionsPerPage };
      const { sessionGroups, totalSize } = await postJson(this.http, this.#url('plugin/hparams/session_groups'), question, signal);
      const groups = objectsOf(sessionGroups);
      for (const group of groups) for (const [run, session] of sessionsOf(group)) found.set(run, session);
      if (groups.length === 0 || startIndex + groups.length >= (numberOf(totalSize ?? 0) ?? 0)) break;
    }
    return found;
  }

  /** The curves of one tag, by run. A run that has none any more is left out. */
  async curves(tag: string, runs: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Curve>> {
    const found = new Map<string, Curve>();
    for (let from = 0; from < runs.length; from += runsPerQuestion) {
      const asked = runs.slice(from, from + runsPerQuestion);
      const together = this.#hasMultirun ? await this.#ofMany(tag, asked, signal) : null;
      for (const run of asked) {
        const rows = together ? together[run] : await this.#ofOne(tag, run, signal);
        if (Array.isArray(rows)) found.set(run, curveOf(rows));
      }
    }
    return found;
  }

  /** Null on old servers, which have no such call. */
  async #ofMany(tag: string, runs: readonly string[], signal: AbortSignal): Promise<Readonly<Record<string, Value>> | null> {
    const request = {
      url: this.#url('plugin/scalars/scalars_multirun'),
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: queryOf({ tag, runs }).slice(1),
      mostBytes: mostAnswerBytes,
    } as const;
    try {
      return await askJson(this.http, request, signal);
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'not-found') throw error;
      this.#hasMultirun = false;
      return null;
    }
  }

  async #ofOne(tag: string, run: string, signal: AbortSignal): Promise<Value> {
    try {
      return await askValue(this.http, { url: `${this.#url('plugin/scalars/scalars')}${queryOf({ tag, run })}`, mostBytes: mostAnswerBytes }, signal);
    } catch (error) {
      if (error instanceof HttpError && error.code === 'not-found') return null;
      throw error;
    }
  }

  #get(call: string, signal: AbortSignal) {
    return askJson(this.http, { url: this.#url(call), mostBytes: mostAnswerBytes }, signal);
  }

  readonly #url = (call: string): string => `${this.access.base}/data/${call}`;
}
