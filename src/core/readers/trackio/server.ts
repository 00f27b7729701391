// Questions to a Trackio dashboard: read-only SQL on a project's tables, which is exact where its own calls give samples without NaN.

import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, postJson, queryOf, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import { parseTimestamp } from '../../formats/timestamp';
import type { Value } from '../../model/values';
import { type Http, HttpError } from '../../source/http';
import type { Access } from '../../source/tracker';
import { type LoggedRow, objectOf } from './project';

/** The server answers 10,000 rows at most. */
const rowsPerPage = 4000;

/** One of the logs of a run. */
export interface LogPlace {
  readonly project: string;
  readonly table: 'metrics' | 'system_metrics';
  readonly run: string;
}

export type Table = 'metrics' | 'system_metrics' | 'configs';

export class TrackioApi {
  constructor(
    readonly access: Access,
    private readonly http: Http,
  ) {}

  async version(signal: AbortSignal): Promise<string | null> {
    const { status, bytes } = await this.http.send({ url: `${this.access.base}/version`, also: [404, 405] }, signal);
    const found = status === 200 ? /"version"\s*:\s*"([\w.+-]{1,32})"/.exec(new TextDecoder().decode(bytes.subarray(0, 4096))) : null;
    return found?.[1] ?? null;
  }

  async projects(signal: AbortSignal): Promise<readonly string[]> {
    const names = await this.#call('get_all_projects', {}, signal);
    if (!Array.isArray(names)) throw new HttpError('bad-answer', 'The server does not list projects as Trackio does.', this.access.base);
    return names.filter((name): name is string => typeof name === 'string');
  }

  /** Where the server keeps the files of media; null where it does not say. */
  async mediaFolder(signal: AbortSignal): Promise<string | null> {
    try {
      const settings = await this.#call('get_settings', {}, signal);
      return isObject(settings) ? textOf(settings.media_dir) || null : null;
    } catch (error) {
      if (error instanceof HttpError && error.code === 'not-found') return null;
      throw error;
    }
  }

  /** The bytes of a file of media. @throws HttpError */
  async media(folder: string, path: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    // The server takes percent signs out twice.
    const place = `${folder}/${path}`.replaceAll('%', '%25');
    return (await this.http.send({ url: `${this.access.base}/file${queryOf({ path: place })}`, mostBytes }, signal)).bytes;
  }

  async tables(project: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const rows = await this.#query(project, "SELECT name FROM sqlite_master WHERE type = 'table'", signal);
    return new Set(rows.flatMap(({ name }) => textOf(name) ?? []));
  }

  /** What one table says of every run: `run_id`, `run_name` and `columns`; grouped by run. */
  async ofRuns(project: string, table: Table, columns: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const found: JsonObject[] = [];
    for (let last: string | null = null; ; ) {
      const after: string = last === null ? '' : `WHERE run_id > ${quoted(last)}`;
      const query = `SELECT run_id, max(run_name) AS run_name, ${columns} FROM ${table} ${after} GROUP BY run_id ORDER BY run_id LIMIT ${rowsPerPage}`;
      const rows = await this.#query(project, query, signal);
      found.push(...rows);
      const next = textOf(rows.at(-1)?.run_id);
      // Rows that do not go on would be asked for without end.
      if (rows.length < rowsPerPage || next === null || (last !== null && next <= last)) return found;
      last = next;
    }
  }

  /**
   * Rows of a run by step, those of one step as they were written; those of the machine by time.
   * @param behind only rows that were written after this one, by id
   */
  async *rows({ project, table, run }: LogPlace, behind: number | null, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const order = orderOf(table);
    const later = behind === null ? '' : ` AND id > ${behind}`;
    let after = '';
    let told = 0;
    for (;;) {
      const columns = `id, ${table === 'metrics' ? 'step' : 'NULL AS step'}, timestamp, metrics`;
      const query = `SELECT ${columns} FROM ${table} WHERE run_id = ${quoted(run)}${later}${after} ORDER BY ${order}, id LIMIT ${rowsPerPage}`;
      const rows = await this.#query(project, query, signal);
      yield rows;
      const last = rows.at(-1);
      const [place, id] = [last?.[order], last?.id];
      told += rows.length;
      if (rows.length < rowsPerPage || typeof id !== 'number' || place === undefined || place === null || told > mostRows) return;
      const next = ` AND (${order}, id) > (${typeof place === 'string' ? quoted(place) : String(place)}, ${id})`;
      if (next === after) return;
      after = next;
    }
  }

  /** How many rows were written up to one, and what tells them from others that were written in their place. */
  async extent({ project, table, run }: LogPlace, upTo: number, signal: AbortSignal): Promise<JsonObject> {
    const query = `SELECT count(*) AS n, max(id) AS last, max(timestamp) AS at FROM ${table} WHERE run_id = ${quoted(run)} AND id <= ${upTo}`;
    return (await this.#query(project, query, signal))[0] ?? {};
  }

  async #query(project: string, query: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const data = await this.#call('query_project', { project, query }, signal);
    return isObject(data) ? objectsOf(data.rows) : [];
  }

  async #call(call: string, kwargs: object, signal: AbortSignal): Promise<Value | undefined> {
    try {
      return (await postJson(this.http, `${this.access.base}/api/${call}`, { args: [], kwargs }, signal)).data;
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'not-found') throw error;
      const tip = 'Update Trackio on the server, or open the project database itself. A private Space needs a token.';
      throw new HttpError('not-found', `This Trackio has no call ${call}.`, error.file ?? this.access.base, tip);
    }
  }
}

/** Of one run; more is what a server that never ends answers. */
const mostRows = 100_000_000;

/** A text of SQL. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The column by which rows of a table are told. */
export const orderOf = (table: LogPlace['table']): 'step' | 'timestamp' => (table === 'metrics' ? 'step' : 'timestamp');

export function loggedRow({ id, step, timestamp, metrics }: JsonObject): LoggedRow {
  const at = typeof step === 'bigint' ? step : numberOf(step ?? null);
  return { rowId: numberOf(id ?? null) ?? -1, step: at, timeMs: parseTimestamp(textOf(timestamp) ?? ''), metrics: objectOf(textOf(metrics) ?? undefined) };
}
