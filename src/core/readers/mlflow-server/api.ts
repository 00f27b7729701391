// Questions to an MLflow server, and its answers as plain data.

import { type EpochMs, epochMs } from '../../base/units';
import { toBase64 } from '../../formats/base64';
import { askJson, type JsonObject, jsonObjectOf, objectsOf, postJson, queryOf, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import { type Http, HttpError } from '../../source/http';
import type { Access } from '../../source/tracker';

/** Runs embed all their params, tags and latest metrics: larger pages are slow to make and to hold. */
const runsPerPage = 500;
const projectsPerPage = 1000;
/** What one answer of histories may hold (the server's own bound). */
export const mostRows = 25_000;
const mostAnswerBytes = 512 * 1024 * 1024;

export interface RunSearch {
  readonly experiments: readonly string[];
  readonly filter: string | null;
}

export class MlflowApi {
  constructor(
    readonly access: Access,
    private readonly http: Http,
  ) {}

  /** The version that the server names, or null where it names none (Databricks, old servers). */
  async version(signal: AbortSignal): Promise<string | null> {
    try {
      const { status, bytes } = await this.http.send({ url: `${this.access.base}/version`, also: [401, 403, 404, 405] }, signal);
      const text = status === 200 ? new TextDecoder().decode(bytes.subarray(0, 64)).trim() : '';
      return /^\d+\.\d+[\w.+-]*$/.test(text) ? text : null;
    } catch (error) {
      // A workspace sends pages that it does not have to where people sign in.
      if (error instanceof HttpError && error.code === 'redirected') return null;
      throw error;
    }
  }

  /** Pages of experiments. */
  async *experiments(signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const question = { max_results: projectsPerPage, view_type: 'ACTIVE_ONLY' };
    yield* this.#pages('experiments/search', question, 'experiments', signal);
  }

  async experiment(id: string, signal: AbortSignal): Promise<JsonObject | null> {
    const [found] = objectsOf([(await this.#get('experiments/get', { experiment_id: id }, signal)).experiment ?? null]);
    return found ?? null;
  }

  /** Pages of runs, newest first. */
  runs({ experiments, filter }: RunSearch, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    // By id as well: the page token is an offset, and equal starts would change places between pages.
    const order = ['attributes.start_time DESC', 'attributes.run_id ASC'];
    const question = { experiment_ids: experiments, max_results: runsPerPage, order_by: order, run_view_type: 'ACTIVE_ONLY', ...(filter ? { filter } : {}) };
    return this.#pages('runs/search', question, 'runs', signal);
  }

  async run(id: string, signal: AbortSignal): Promise<JsonObject | null> {
    const [found] = objectsOf([(await this.#get('runs/get', { run_id: id }, signal)).run ?? null]);
    return found ?? null;
  }

  /** Rows of one metric of several runs, at most {@link mostRows}, by run id; null where the server has no such call. */
  async historyOfMany(runs: readonly string[], key: string, signal: AbortSignal): Promise<readonly JsonObject[] | null> {
    const url = `${this.access.base}/ajax-api/2.0/mlflow/metrics/get-history-bulk${queryOf({ run_id: runs, metric_key: key, max_results: mostRows })}`;
    try {
      return objectsOf((await askJson(this.http, { url, mostBytes: mostAnswerBytes }, signal)).metrics);
    } catch (error) {
      if (error instanceof HttpError && (error.code === 'not-found' || error.code === 'bad-answer')) return null;
      throw error;
    }
  }

  /** All rows of one metric of one run, page by page. */
  history(run: string, key: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    return this.#pagesOf('metrics', (page) =>
      this.#get('metrics/get-history', { run_id: run, metric_key: key, max_results: mostRows, page_token: page }, signal),
    );
  }

  /**
   * The rows of one metric of one run behind the first `offset`, by time, step and value; null where the server turns no page to an offset.
   * One that ignores the offset tells all rows. The token is what its own pages are turned with, which no document promises: whoever asks looks whether the answer fits.
   */
  async historyBehind(run: string, key: string, offset: number, signal: AbortSignal): Promise<readonly JsonObject[] | null> {
    const question = { run_id: run, metric_key: key, max_results: mostRows };
    const token = toBase64(new TextEncoder().encode(JSON.stringify({ offset })));
    const url = `${this.access.base}/api/2.0/mlflow/metrics/get-history${queryOf({ ...question, page_token: token })}`;
    // Servers without such pages call the token an error of theirs: asking again would not help.
    const first = await this.http.send({ url, mostBytes: mostAnswerBytes, also: [400, 500, 501] }, signal);
    if (first.status < 200 || first.status >= 300) return null;
    const rows: JsonObject[] = [];
    const known = jsonObjectOf(first, url);
    for await (const page of this.#pagesOf('metrics', async (next) =>
      next === undefined ? known : this.#get('metrics/get-history', { ...question, page_token: next }, signal),
    ))
      rows.push(...page);
    return rows;
  }

  /** Files and folders of a run's artifacts, one level. */
  async *artifacts(run: string, path: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    yield* this.#pagesOf('files', (page) => this.#get('artifacts/list', { run_id: run, path: path || undefined, page_token: page }, signal));
  }

  async *modelArtifacts(model: string, path: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const call = `logged-models/${encodeURIComponent(model)}/artifacts/directories`;
    yield* this.#pagesOf('files', (page) => this.#get(call, { artifact_directory_path: path || undefined, page_token: page }, signal));
  }

  /** The bytes of an artifact. @throws HttpError */
  async artifact(run: string, path: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const url = `${this.access.base}/get-artifact${queryOf({ run_id: run, path })}`;
    return (await this.http.send({ url, mostBytes }, signal)).bytes;
  }

  async modelArtifact(model: string, path: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const call = `logged-models/${encodeURIComponent(model)}/artifacts/files`;
    const url = `${this.access.base}/ajax-api/2.0/mlflow/${call}${queryOf({ artifact_file_path: path })}`;
    return (await this.http.send({ url, mostBytes }, signal)).bytes;
  }

  #get(call: string, fields: Parameters<typeof queryOf>[0], signal: AbortSignal): Promise<JsonObject> {
    return askJson(this.http, { url: `${this.access.base}/api/2.0/mlflow/${call}${queryOf(fields)}`, mostBytes: mostAnswerBytes }, signal);
  }

  #pages(call: string, question: object, list: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const url = `${this.access.base}/api/2.0/mlflow/${call}`;
    return this.#pagesOf(list, (page) => postJson(this.http, url, { ...question, ...(page ? { page_token: page } : {}) }, signal));
  }

  async *#pagesOf(list: string, ask: (page: string | undefined) => Promise<JsonObject>): AsyncGenerator<readonly JsonObject[]> {
    const seen = new Set<string>();
    let page: string | undefined;
    for (;;) {
      const answer = await ask(page);
      yield objectsOf(answer[list]);
      const next = textOf(answer.next_page_token);
      // A token that comes back would be asked for without end.
      if (!next || seen.has(next)) return;
      seen.add(next);
      page = next;
    }
  }
}

/** A time that the server tells; it says 0 where there is none. */
export function msOf(value: JsonObject[string] | undefined): EpochMs | null {
  const number = value === undefined ? null : numberOf(value);
  return number === null || number === 0 ? null : epochMs(number);
}
