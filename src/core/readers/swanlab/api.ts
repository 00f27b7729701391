// Questions to a SwanLab server, and its answers as plain data. A key opens a session; the session's cookie answers for all else.

import { isObject } from '../../formats/flatten';
import { askValue, type JsonObject, objectsOf, queryOf, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';
import { type Http, HttpError } from '../../source/http';
import type { Access } from '../../source/tracker';
import type { Filter } from './filter';

/** The most that the server takes. */
const itemsPerPage = 100;
const keysPerPage = 2000;
const mostPages = 10_000;
const mostTableBytes = 1024 * 1024 * 1024;

/** A run as its points are asked for. Those of a clone lie with the run that it was made of. */
export interface RunRef {
  readonly projectId: string;
  readonly experimentId: string;
  /** Seconds since the epoch: nothing older is looked through. */
  readonly createdAt: number;
  readonly rootProId: string | null;
  readonly rootExpId: string | null;
}

export class SwanLabApi {
  #session: Promise<string> | null = null;
  #user: string | null = null;
  readonly #projects = new Map<string, Promise<string>>();

  /** @param key of the user; it is sent to open a session only */
  constructor(
    readonly access: Access,
    private readonly key: string,
    private readonly http: Http,
  ) {}

  /** Opens a session. @returns the name of the user. @throws HttpError `unauthorised` for a key that is none */
  async login(signal: AbortSignal): Promise<string | null> {
    this.#session = this.#opened(signal);
    await this.#session;
    return this.#user;
  }

  async #opened(signal: AbortSignal): Promise<string> {
    const url = this.#url('login/api_key');
    try {
      const answer = await askValue(this.http, { url, method: 'POST', headers: { authorization: this.key } }, signal);
      const session = isObject(answer) ? textOf(answer.sid) : null;
      if (session === null || !isObject(answer)) throw new HttpError('bad-answer', 'The server does not open a session as SwanLab does.', url);
      this.#user = isObject(answer.userInfo) ? textOf(answer.userInfo.username) : null;
      return session;
    } catch (error) {
      if (!(error instanceof HttpError) || (error.code !== 'unauthorised' && error.code !== 'forbidden')) throw error;
      throw new HttpError('unauthorised', `${new URL(url).host} does not know this API key. ${error.message}`, url);
    }
  }

  /** Names of the teams of a user, and of the user. */
  async workspaces(user: string, signal: AbortSignal): Promise<readonly string[]> {
    const groups = objectsOf(await this.#get(`user/${encodeURIComponent(user)}/groups`, {}, signal));
    return [...new Set([user, ...groups.flatMap(({ username }) => textOf(username) ?? [])])];
  }

  projects(workspace: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    return this.#pages(`project/${encodeURIComponent(workspace)}`, { detail: 'true' }, signal);
  }

  /** The id of a project, by its path. */
  projectId(path: string, signal: AbortSignal): Promise<string> {
    let known = this.#projects.get(path);
    if (!known) {
      known = this.#get(`project/${pathOf(path)}`, {}, signal).then((project) => (isObject(project) ? textOf(project.cuid) : null) ?? '');
      known.catch(() => this.#projects.delete(path));
      this.#projects.set(path, known);
    }
    return known;
  }

  runs(project: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    return this.#pages(`project/${pathOf(project)}/runs`, {}, signal);
  }

  /** The runs that all filters find, in one answer. */
  async filtered(project: string, filters: readonly Filter[], signal: AbortSignal): Promise<readonly JsonObject[]> {
    return flatRuns(await this.#post(`project/${pathOf(project)}/runs/shows`, { filters, groups: [], sorts: [] }, signal));
  }

  /** With its profile; null where there is no such run in the project. */
  async run(project: string, id: string, signal: AbortSignal): Promise<JsonObject | null> {
    try {
      const run = await this.#get(`project/${pathOf(project)}/runs/${encodeURIComponent(id)}`, {}, signal);
      return isObject(run) && textOf(run.cuid) !== null ? run : null;
    } catch (error) {
      if (error instanceof HttpError && error.code === 'not-found') return null;
      throw error;
    }
  }

  /** Latest values of all scalars of runs, by run. */
  async summaries(runs: readonly RunRef[], signal: AbortSignal): Promise<JsonObject> {
    const answer = await this.#post('house/metrics/summaries', { experiments: runs.map(refOf) }, signal);
    return isObject(answer) ? answer : {};
  }

  /** @throws HttpError `not-found` from servers that are older than the call */
  async keys(kind: 'scalar' | 'media', { projectId, experimentId, createdAt, rootProId, rootExpId }: RunRef, signal: AbortSignal): Promise<readonly string[]> {
    const experiments = [{ projectId: rootProId ?? projectId, experimentId: rootExpId ?? experimentId, createdAt }];
    const found = new Set<string>();
    let cursor = '';
    for (let page = 0; page < mostPages; page++) {
      const answer = await this.#post(`house/metrics/${kind}/keys`, { experiments, limit: keysPerPage, cursor }, signal);
      const { keys, hasMore, nextCursor } = isObject(answer) ? answer : {};
      if (Array.isArray(keys)) for (const key of keys) if (typeof key === 'string') found.add(key);
      const next = hasMore === true ? textOf(nextCursor) : null;
      if (!next || next === cursor) break;
      cursor = next;
    }
    return [...found];
  }

  /** The table of all points of some scalars: a column of steps, and two for each key. */
  async table(run: RunRef, keys: readonly string[], name: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { projectId, ...ref } = refOf(run);
    const columns = keys.map((key) => ({ experimentName: name, key, ...ref }));
    const answer = await this.#post('house/metrics/scalar/export', { projectId, columns }, signal);
    const stored = isObject(answer) ? textOf(answer.cosKey) : null;
    if (stored === null) throw new HttpError('bad-answer', 'SwanLab exports points without saying where they lie.', this.#url('house/metrics/scalar/export'));
    const [url = null] = await this.#signed('files/presigned/get', { paths: [stored] }, signal);
    return this.#fetched(url, mostTableBytes, signal);
  }

  /** Columns as servers before 0.8 list them. */
  async columns(id: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const answer = await this.#get(`experiment/${encodeURIComponent(id)}/column`, { all: 'true' }, signal);
    return objectsOf(isObject(answer) ? answer.list : []);
  }

  /** The table of one scalar, from such a server. */
  async columnTable(id: string, key: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await this.#get(`experiment/${encodeURIComponent(id)}/column/csv`, { key }, signal);
    return this.#fetched(isObject(answer) ? textOf(answer.url) : null, mostTableBytes, signal);
  }

  /** All steps of media: `{key, metrics: [{index, data: [path], more: [{caption}]}]}`. */
  async media(run: RunRef, keys: readonly string[], signal: AbortSignal): Promise<readonly JsonObject[]> {
    const { projectId, ...ref } = refOf(run);
    return objectsOf(await this.#post('house/metrics/f_media', { projectId, columns: keys.map((key) => ({ ...ref, key })) }, signal));
  }

  /** The bytes of a file of media. */
  async mediaFile({ projectId, experimentId }: RunRef, path: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const [url = null] = await this.#signed('resources/presigned/get', { prefix: `${projectId}/${experimentId}`, paths: [path] }, signal);
    return this.#fetched(url, mostBytes, signal);
  }

  async #signed(call: string, question: object, signal: AbortSignal): Promise<readonly string[]> {
    const answer = await this.#post(call, question, signal);
    const urls = isObject(answer) ? answer.urls : null;
    return Array.isArray(urls) ? urls.filter((url): url is string => typeof url === 'string') : [];
  }

  async #fetched(url: string | null, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    if (!url) throw new HttpError('bad-answer', 'SwanLab does not say where a file lies.', this.access.base);
    const absolute = /^https?:\/\//i.test(url) ? url : `${this.access.base}/${url.replace(/^\/+/, '')}`;
    return (await this.http.send({ url: absolute, elsewhere: true, mostBytes }, signal)).bytes;
  }

  async *#pages(call: string, fields: Readonly<Record<string, string>>, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    for (let page = 1; page <= mostPages; page++) {
      const answer = await this.#get(call, { ...fields, page: String(page), size: String(itemsPerPage) }, signal);
      const { list, pages } = isObject(answer) ? answer : {};
      const items = objectsOf(list);
      if (items.length > 0) yield items;
      if (items.length === 0 || page >= (numberOf(pages ?? null) ?? 1)) return;
    }
  }

  #get(call: string, fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Value> {
    return this.#ask({ url: this.#url(`${call}${queryOf(fields)}`) }, signal);
  }

  #post(call: string, question: object, signal: AbortSignal): Promise<Value> {
    return this.#ask({ url: this.#url(call), method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(question) }, signal);
  }

  /** Sessions end: a new one is opened once. */
  async #ask(request: Parameters<Http['send']>[0], signal: AbortSignal): Promise<Value> {
    this.#session ??= this.#opened(signal);
    const used = this.#session;
    const withCookie = async () => ({ ...request, headers: { ...request.headers, cookie: `sid=${await (this.#session as Promise<string>)}` } });
    try {
      return await askValue(this.http, await withCookie(), signal);
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'unauthorised') throw error;
      if (this.#session === used) this.#session = this.#opened(signal);
      return await askValue(this.http, await withCookie(), signal);
    }
  }

  readonly #url = (call: string): string => `${this.access.base}/api/${call}`;
}

const pathOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

const refOf = ({ rootProId, rootExpId, ...ref }: RunRef) => ({ ...ref, ...(rootProId ? { rootProId } : {}), ...(rootExpId ? { rootExpId } : {}) });

/** Runs in groups within groups, as one list. */
function flatRuns(runs: Value | undefined): readonly JsonObject[] {
  if (Array.isArray(runs)) return objectsOf(runs);
  return isObject(runs) ? Object.values(runs).flatMap(flatRuns) : [];
}
