// Questions to W&B's GraphQL interface. Only fields that old servers have too: one that is unknown fails the whole question.

import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, postJson, textOf } from '../../formats/http-json';
import type { Value } from '../../model/values';
import { type Http, HttpError } from '../../source/http';
import type { Access } from '../../source/tracker';

const projectsPerPage = 100;
const runsPerPage = 100;
const filesPerPage = 250;

/** What a list of runs needs; what changes of a run while it goes on is among it. */
const listedFields = 'id name displayName state group jobType sweepName commit tags notes createdAt heartbeatAt historyLineCount user { name username }';

export interface RunPlace {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

export class WandbApi {
  constructor(
    private readonly access: Access,
    private readonly http: Http,
  ) {}

  /** Whom the key belongs to, with their teams; null where it belongs to nobody. */
  async viewer(signal: AbortSignal): Promise<{ readonly name: string; readonly entities: readonly string[] } | null> {
    const { viewer } = await this.#ask('query Viewer { viewer { id entity username teams { edges { node { name } } } } }', {}, signal);
    if (!isObject(viewer)) return null;
    const own = textOf(viewer.entity);
    const teams = nodesOf(viewer.teams).flatMap(({ name }) => textOf(name) ?? []);
    return { name: textOf(viewer.username) ?? own ?? '', entities: [...new Set([...(own ? [own] : []), ...teams])] };
  }

  async version(signal: AbortSignal): Promise<string | null> {
    try {
      const { serverInfo } = await this.#ask('query ServerInfo { serverInfo { latestLocalVersionInfo { versionOnThisInstanceString } } }', {}, signal);
      const info = isObject(serverInfo) ? serverInfo.latestLocalVersionInfo : null;
      return isObject(info) ? textOf(info.versionOnThisInstanceString) : null;
    } catch (error) {
      if (error instanceof HttpError && error.code === 'bad-answer') return null;
      throw error;
    }
  }

  projects(entity: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const query = `query Projects($entity: String!, $cursor: String, $perPage: Int!) {
      models(entityName: $entity, after: $cursor, first: $perPage) { edges { node { id name entityName createdAt } cursor } pageInfo { endCursor hasNextPage } }
    }`;
    return this.#pages(query, { entity, perPage: projectsPerPage }, ({ models }) => models, signal);
  }

  /** @param filters in MongoDB's form, as text */
  runs(entity: string, project: string, filters: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const query = `query Runs($entity: String!, $project: String!, $cursor: String, $perPage: Int!, $order: String, $filters: JSONString) {
      project(name: $project, entityName: $entity) {
        runs(filters: $filters, after: $cursor, first: $perPage, order: $order) { edges { node { ${listedFields} } cursor } pageInfo { endCursor hasNextPage } }
      }
    }`;
    const variables = { entity, project, filters, order: '-created_at', perPage: runsPerPage };
    return this.#pages(query, variables, (data) => this.#projectOf(data, `${entity}/${project}`).runs, signal);
  }

  /** Config, summary and the extent of the history of one run. */
  async details(place: RunPlace, signal: AbortSignal): Promise<JsonObject> {
    return this.#ofRun(place, `${listedFields} config summaryMetrics historyKeys`, '', {}, signal);
  }

  /** Rows of steps [from, to), each as JSON text. */
  async history(place: RunPlace, from: number, to: number, signal: AbortSignal): Promise<readonly string[]> {
    const variables = { from, to, samples: to - from };
    const { history } = await this.#ofRun(
      place,
      'history(minStep: $from, maxStep: $to, samples: $samples)',
      ', $from: Int64!, $to: Int64!, $samples: Int!',
      variables,
      signal,
    );
    return linesOf(history);
  }

  /** Signed addresses of the history as Parquet files, and rows that are in none of them yet; null on servers without. */
  async parquet(place: RunPlace, signal: AbortSignal): Promise<{ readonly urls: readonly string[]; readonly live: readonly Value[] } | null> {
    try {
      const { parquetHistory: found } = await this.#ofRun(place, 'parquetHistory(liveKeys: ["_step"]) { liveData parquetUrls }', '', {}, signal);
      if (!isObject(found)) return null;
      return { urls: linesOf(found.parquetUrls), live: Array.isArray(found.liveData) ? found.liveData : [] };
    } catch (error) {
      if (error instanceof HttpError && error.code === 'bad-answer') return null;
      throw error;
    }
  }

  /** System metrics, at most `samples` rows, each as JSON text. */
  async events(place: RunPlace, samples: number, signal: AbortSignal): Promise<readonly string[]> {
    const { events } = await this.#ofRun(place, 'events(samples: $samples)', ', $samples: Int!', { samples }, signal);
    return linesOf(events);
  }

  files({ entity, project, run }: RunPlace, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const query = `query RunFiles($entity: String!, $project: String!, $run: String!, $cursor: String, $perPage: Int!) {
      project(name: $project, entityName: $entity) { run(name: $run) {
        files(after: $cursor, first: $perPage) { edges { node { name directUrl sizeBytes } cursor } pageInfo { endCursor hasNextPage } }
      } }
    }`;
    const inRun = (data: JsonObject): Value | undefined => {
      const { run: found } = this.#projectOf(data, `${entity}/${project}`);
      return isObject(found) ? found.files : undefined;
    };
    return this.#pages(query, { entity, project, run, perPage: filesPerPage }, inRun, signal);
  }

  /** Artifacts that a run used or made, at most 100 of each; none on servers without. */
  async artifacts(place: RunPlace, signal: AbortSignal): Promise<readonly { readonly node: JsonObject; readonly used: boolean }[]> {
    const node = '{ edges { node { digest versionIndex artifactType { name } artifactSequence { name } } } }';
    try {
      const found = await this.#ofRun(place, `outputArtifacts(first: 100) ${node} inputArtifacts(first: 100) ${node}`, '', {}, signal);
      const of = (list: Value | undefined, used: boolean) => nodesOf(list).map((one) => ({ node: one, used }));
      return [...of(found.outputArtifacts, false), ...of(found.inputArtifacts, true)];
    } catch (error) {
      if (error instanceof HttpError && error.code === 'bad-answer') return [];
      throw error;
    }
  }

  /** The bytes of a file at an address that the server gave. @throws HttpError */
  async fetch(url: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const absolute = /^https?:\/\//i.test(url) ? url : `${this.access.base}/${url.replace(/^\/+/, '')}`;
    return (await this.http.send({ url: absolute, elsewhere: true, mostBytes }, signal)).bytes;
  }

  async #ofRun({ entity, project, run }: RunPlace, fields: string, declared: string, variables: object, signal: AbortSignal): Promise<JsonObject> {
    const query = `query Run($entity: String!, $project: String!, $run: String!${declared}) {
      project(name: $project, entityName: $entity) { run(name: $run) { ${fields} } }
    }`;
    const { run: found } = this.#projectOf(await this.#ask(query, { entity, project, run, ...variables }, signal), `${entity}/${project}`);
    if (!isObject(found)) throw new HttpError('not-found', `There is no run ${run} in ${entity}/${project}.`, this.access.base);
    return found;
  }

  /** W&B answers `null` for what is not there and for what may not be seen. */
  #projectOf({ project }: JsonObject, name: string): JsonObject {
    if (isObject(project)) return project;
    throw new HttpError('not-found', `There is no project ${name}, or the key may not see it.`, this.access.base);
  }

  async *#pages(query: string, variables: object, listOf: (data: JsonObject) => Value | undefined, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const seen = new Set<string>();
    for (let cursor: string | null = null; ; ) {
      const list: Value | undefined = listOf(await this.#ask(query, { ...variables, cursor }, signal));
      yield nodesOf(list);
      const info = isObject(list) && isObject(list.pageInfo) ? list.pageInfo : {};
      const next = info.hasNextPage === true ? textOf(info.endCursor) : null;
      // A cursor that comes back would be asked for without end.
      if (next === null || seen.has(next)) return;
      seen.add(next);
      cursor = next;
    }
  }

  async #ask(query: string, variables: object, signal: AbortSignal): Promise<JsonObject> {
    const url = `${this.access.base}/graphql`;
    const { data, errors } = await postJson(this.http, url, { query, variables }, signal);
    const [first] = objectsOf(errors);
    if (first) {
      const message = textOf(first.message) ?? 'it does not say why';
      const code = /permission|not authori[sz]ed|forbidden/i.test(message) ? 'forbidden' : 'bad-answer';
      throw new HttpError(code, `W&B does not answer: ${message.slice(0, 300)}`, url);
    }
    if (!isObject(data)) throw new HttpError('bad-answer', 'W&B answered without data.', url);
    return data;
  }
}

/** `{edges: [{node}]}` → the nodes. */
const nodesOf = (list: Value | undefined): readonly JsonObject[] =>
  isObject(list) ? objectsOf(list.edges).flatMap(({ node }) => (isObject(node) ? [node] : [])) : [];

const linesOf = (list: Value | undefined): readonly string[] => (Array.isArray(list) ? list.filter((line): line is string => typeof line === 'string') : []);
