// The rows of one log of a run: all of them, or, where the run is followed, those behind the rows that are known.

import type { JsonObject } from '../../formats/http-json';
import { textDigest } from '../../formats/text-digest';
import type { ReadContext } from '../../source/reader';
import { KeptRuns } from '../_remote/kept-runs';
import type { LoggedRow } from './project';
import { type LogPlace, loggedRow, orderOf, type TrackioApi } from './server';

interface KeptLog {
  readonly rows: readonly LoggedRow[];
  /** Where the last of them stands in their order. */
  readonly end: Place;
  /** The largest id among them. */
  readonly newest: number;
  /** Of their number and times, as the server counts them. */
  readonly digest: string;
}

type Place = JsonObject[string] | undefined;

/** A row with its values takes about as much room as so many points. */
const pointsPerRow = 8;

/** @throws HttpError */
export async function* logRows(place: LogPlace, api: TrackioApi, context: ReadContext): AsyncGenerator<LoggedRow> {
  const { signal } = context;
  const kept = await context.memory?.keep('logs', [], () => new KeptRuns<KeptLog>());
  if (!kept) {
    for await (const page of api.rows(place, null, signal)) for (const row of page) yield loggedRow(row);
    return;
  }
  const name = `${place.project}\0${place.table}\0${place.run}`;
  const before = kept.of(name);
  const behind = before && (await rowsBehind(before, place, api, signal));
  const log = new Log(behind ? before : null);
  yield* behind ? before.rows : [];
  for await (const page of behind ? [behind] : api.rows(place, null, signal)) for (const row of page) yield log.add(row, orderOf(place.table));
  const found = await log.finish((newest) => api.extent(place, newest, signal));
  if (found) kept.keep(name, found, pointsPerRow * found.rows.length);
  else kept.forget(name);
}

/** Rows that were written since, or null where they do not all come behind, or others stand where the known ones stood. */
async function rowsBehind(before: KeptLog, place: LogPlace, api: TrackioApi, signal: AbortSignal): Promise<readonly JsonObject[] | null> {
  if (textDigest(await api.extent(place, before.newest, signal)) !== before.digest) return null;
  const rows: JsonObject[] = [];
  for await (const page of api.rows(place, before.newest, signal)) rows.push(...page);
  const [first] = rows;
  return first === undefined || isBehind(first[orderOf(place.table)], before.end) ? rows : null;
}

function isBehind(place: Place, end: Place): boolean {
  if (typeof place === 'string' && typeof end === 'string') return place >= end;
  const isNumber = (value: Place): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  return isNumber(place) && isNumber(end) && place >= end;
}

class Log {
  readonly #rows: LoggedRow[];
  #end: Place;
  #newest: number;

  constructor(before: KeptLog | null) {
    this.#rows = [...(before?.rows ?? [])];
    this.#end = before?.end;
    this.#newest = before?.newest ?? -1;
  }

  add(row: JsonObject, order: string): LoggedRow {
    const logged = loggedRow(row);
    this.#rows.push(logged);
    this.#end = row[order];
    this.#newest = Math.max(this.#newest, logged.rowId);
    return logged;
  }

  /** Null where rows were written into the pages that were turned: what was read is not all. */
  async finish(extent: (newest: number) => Promise<JsonObject>): Promise<KeptLog | null> {
    if (this.#rows.length === 0) return null;
    const counted = await extent(this.#newest);
    if (Number(counted.n) !== this.#rows.length || Number(counted.last) !== this.#newest) return null;
    return { rows: this.#rows, end: this.#end, newest: this.#newest, digest: textDigest(counted) };
  }
}
