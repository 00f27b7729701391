// Questions to a Comet server, and its answers as plain data.

import { isObject } from '../../formats/flatten';
import { askJson, askValue, type JsonObject, objectsOf, postJson, queryOf, textOf } from '../../formats/http-json';
import { type Http, HttpError, type HttpRequest } from '../../source/http';
import type { Access } from '../../source/tracker';
import type { Rules } from './filter';
import { isSince } from './version';

const experimentsPerPage = 100;
/** The service holds 25,000 experiments of a project at most. */
const mostPages = 10_000;
/** Of all metrics of an experiment in one answer; where it is more, they are asked for one by one. */
const mostTogetherBytes = 32 * 1024 * 1024;
const mostTextBytes = 16 * 1024 * 1024;

/** Since when all metrics can be asked for at once, as the official client has it. */
const togetherSince = [3, 20, 60] as const;

export class CometApi {
  #version: string | null = null;

  constructor(
    readonly access: Access,
    private readonly http: Http,
  ) {}

  /** Needs no key; null where the server does not say. */
  async version(signal: AbortSignal): Promise<string | null> {
    try {
      this.#version = textOf((await askJson(this.http, { url: `${this.access.base}/clientlib/isAlive/ver` }, signal)).version);
    } catch (error) {
      if (!(error instanceof HttpError) || error.isFinal) throw error;
    }
    return this.#version;
  }

  /** The user whose key it is. @throws HttpError `unauthorised` for a key that is none */
  async user(signal: AbortSignal): Promise<string | null> {
    return textOf((await this.#get('account-details', {}, signal)).userName);
  }

  async workspaces(signal: AbortSignal): Promise<readonly string[]> {
    const { workspaceNames } = await this.#get('workspaces', {}, signal);
    return Array.isArray(workspaceNames) ? workspaceNames.filter((name): name is string => typeof name === 'string') : [];
  }

  async projects(workspace: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    return objectsOf((await this.#get('projects', { workspaceName: workspace }, signal)).projects);
  }

  /** Metadata of experiments, newest first. Older servers know no pages and answer all. */
  async *experiments(workspace: string, project: string, archived: boolean, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const seen = new Set<string>();
    const place = { workspaceName: workspace, projectName: project, archived: String(archived), size: experimentsPerPage };
    for (let page = 1; page <= mostPages; page++) {
      const { experiments } = await this.#get('experiments', { ...place, page, sortBy: 'startTime', sortOrder: 'desc' }, signal);
      const all = objectsOf(experiments);
      const fresh = all.filter(({ experimentKey }) => !seen.has(textOf(experimentKey) ?? ''));
      for (const { experimentKey } of fresh) seen.add(textOf(experimentKey) ?? '');
      if (fresh.length > 0) yield fresh;
      if (all.length < experimentsPerPage || fresh.length === 0 || all.length > experimentsPerPage) return;
    }
  }

  /** Name, source and type of what a filter may ask for. */
  async columns(workspace: string, project: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    return objectsOf((await this.#get('project/column-names', { workspaceName: workspace, projectName: project }, signal)).columns);
  }

  /** Keys of the experiments that the rules find. */
  async search(workspace: string, project: string, rules: Rules, archived: boolean, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const { projectId } = await this.#get('project', { workspaceName: workspace, projectName: project }, signal);
    const question = { projectId: textOf(projectId), viewId: null, rulesTree: rules, limit: experimentsPerPage, deleted: archived };
    for (let page = 1; page <= mostPages; page++) {
      const more = { ...question, page, ignorePinnedExperimentsFirst: true, pinnedOnly: null, multipleSort: null, chainsQueryRules: null };
      const rows = objectsOf((await postJson(this.http, this.#url('experiments/search'), more, signal)).experiments);
      const before = found.size;
      for (const { experimentKey } of rows) if (typeof experimentKey === 'string') found.add(experimentKey);
      if (rows.length < experimentsPerPage || found.size === before) break;
    }
    return found;
  }

  /** Null where there is no such experiment, or the key may not see it: older servers say 400 for that. */
  async metadata(key: string, signal: AbortSignal): Promise<JsonObject | null> {
    try {
      const found = await this.#get('experiment/metadata', { experimentKey: key }, signal);
      return typeof found.experimentKey === 'string' ? found : null;
    } catch (error) {
      if (error instanceof HttpError && ['not-found', 'bad-answer', 'forbidden'].includes(error.code)) return null;
      throw error;
    }
  }

  ofExperiment(key: string, what: 'tags' | 'parameters' | 'log-other' | 'metrics/summary' | 'system-details' | 'git/metadata', signal: AbortSignal) {
    return this.#get(`experiment/${what}`, { experimentKey: key }, signal);
  }

  /** '' where there is none. */
  async textOf(key: string, what: 'code' | 'output', signal: AbortSignal): Promise<string> {
    return textOf((await this.#get(`experiment/${what}`, { experimentKey: key }, signal, mostTextBytes))[what]) ?? '';
  }

  /** The differences from the commit: a zip, from older servers plain text; null where there are none. */
  async patch(key: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
    const url = this.#url(`experiment/git/patch${queryOf({ experimentKey: key })}`);
    const { status, bytes } = await this.http.send({ url, mostBytes: mostTextBytes, also: [404] }, signal);
    // It says in JSON that there is none.
    return status === 404 || bytes.length === 0 || new TextDecoder().decode(bytes.subarray(0, 6)) === '{"msg"' ? null : bytes;
  }

  async assets(key: string, type: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    return objectsOf((await this.#get('experiment/asset/list', { experimentKey: key, type }, signal)).assets);
  }

  async asset(key: string, assetId: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const url = this.#url(`experiment/asset/get-asset${queryOf({ assetId, experimentKey: key, allow301: 'false' })}`);
    return (await this.http.send({ url, mostBytes }, signal)).bytes;
  }

  /** Points of all metrics; null where the server has no such call, or they are too many for one answer. */
  async allPoints(key: string, signal: AbortSignal): Promise<readonly JsonObject[] | null> {
    if (!isSince(this.#version, togetherSince)) return null;
    try {
      return objectsOf((await this.#get('experiment/metrics/get-all', { experimentKey: key }, signal, mostTogetherBytes)).metrics);
    } catch (error) {
      if (error instanceof HttpError && ['too-large', 'not-found', 'timed-out'].includes(error.code)) return null;
      throw error;
    }
  }

  /** Points of one metric, of all its contexts. */
  async points(key: string, metric: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    return objectsOf((await this.#get('experiment/metrics/get-metric', { experimentKey: key, metricName: metric }, signal)).metrics);
  }

  /** An object; what the server has nothing on is an empty one: it says so by `null`. */
  async #get(call: string, fields: Readonly<Record<string, string | number>>, signal: AbortSignal, mostBytes?: number): Promise<JsonObject> {
    const request: HttpRequest = { url: this.#url(`${call}${queryOf(fields)}`), ...(mostBytes === undefined ? {} : { mostBytes }) };
    const answer = await askValue(this.http, request, signal);
    return isObject(answer) ? answer : {};
  }

  readonly #url = (call: string): string => `${this.access.base}/api/rest/v2/${call}`;
}
