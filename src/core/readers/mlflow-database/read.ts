// The events of listed runs: params, tags and datasets of all of them at once, the points of each as a stream.

import { issue } from '../../base/issues';
import { cellNumber, cellText } from '../../formats/sqlite';
import type { RunEvent, RunKey } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { allRows, type SqlRow, type SqlView } from '../../source/sql';
import type { ListedRun } from '../../source/tracker';
import { isSystemMetric, unclamped } from '../_mlflow/meta';
import { datasetOf, datasetsQuestion, runsQuestion, storedEvents, storedRun } from '../_mlflow/stored';
import type { Has } from '../_sql/has';

interface Store {
  readonly view: SqlView;
  readonly has: Has;
  /** The name of the database: what evidence names in place of a file. */
  readonly database: string;
}

/** All of one view: a run is as it was at one moment. @throws HttpError */
export async function* readRuns(runs: readonly ListedRun[], { view, has, database }: Store, context: ReadContext): AsyncGenerator<RunEvent> {
  const ids = runs.map(({ nativeId }) => nativeId);
  const marks = ids.map(() => '?').join(', ');
  const rows = async (question: string | null): Promise<ReadonlyMap<string, readonly SqlRow[]>> =>
    grouped(question === null ? [] : await allRows(view, question, ids));
  const texts = (table: string): Promise<ReadonlyMap<string, readonly SqlRow[]>> =>
    rows(has(table, 'key', 'value', 'run_uuid') ? `SELECT run_uuid, "key", value FROM ${table} WHERE run_uuid IN (${marks}) ORDER BY run_uuid, "key"` : null);
  const stored = await rows(`${runsQuestion(has)} WHERE runs.run_uuid IN (${marks})`);
  const params = await texts('params');
  const tags = await texts('tags');
  const datasets = await rows(datasetsQuestion(has, `inputs.destination_id IN (${marks})`, 'inputs.destination_id, datasets.name, datasets.digest'));
  for (const [run, { nativeId, name }] of runs.entries()) {
    context.signal.throwIfAborted();
    const found = storedRun(stored.get(nativeId)?.[0] ?? []);
    if (!found) {
      yield { kind: 'issue', issue: issue('not-found', `The run ${name ?? nativeId} is not there any more.`, { file: database }) };
      continue;
    }
    yield { kind: 'begin', run, identity: { nativeId }, path: `${found.experimentId ?? ''}/${nativeId}` };
    const told = { params: pairs(params.get(nativeId)), tags: pairs(tags.get(nativeId)), datasets: (datasets.get(nativeId) ?? []).map(datasetOf) };
    yield* storedEvents(run, found, told, database);
    yield* points(run, nativeId, { view, has, database });
    yield { kind: 'end', run };
  }
}

const pairs = (rows: readonly SqlRow[] = []): Readonly<Record<string, string>> => Object.fromEntries(rows.map(([, key, value]) => [key ?? '', value ?? '']));

function grouped(rows: readonly SqlRow[]): ReadonlyMap<string, readonly SqlRow[]> {
  const groups = new Map<string, SqlRow[]>();
  for (const row of rows) {
    const key = row[0] ?? '';
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Points in the order of MLflow's client: by metric, then time, step, value. */
async function* points(run: RunKey, id: string, { view, has, database }: Store): AsyncGenerator<RunEvent> {
  if (!has('metrics', 'key', 'value', 'timestamp', 'run_uuid')) return;
  const step = has('metrics', 'step') ? 'step' : '0';
  const value = has('metrics', 'is_nan') ? 'CASE WHEN is_nan THEN NULL ELSE value END' : 'value';
  const order = step === '0' ? '"key", timestamp, value' : '"key", timestamp, step, value';
  let series = -1;
  let name: string | null = null;
  let inexact: string | null = null;
  for await (const group of view.rows(`SELECT "key", ${step}, ${value}, timestamp FROM metrics WHERE run_uuid = ? ORDER BY ${order}`, [id])) {
    for (let from = 0, to = 0; from < group.length; from = to) {
      const key = group[from]?.[0] ?? '';
      while (to < group.length && (group[to]?.[0] ?? '') === key) to++;
      if (key !== name) {
        name = key;
        series++;
        yield { kind: 'series', run, series, key: { name, context: {} }, system: isSystemMetric(name) };
      }
      const batch = batchOf(group.slice(from, to));
      if (batch.exactSteps) inexact ??= key;
      yield { kind: 'points', run, series, ...batch };
    }
  }
  if (inexact === null) return;
  const where = `table metrics, run ${id}, key ${inexact}`;
  yield { kind: 'issue', run, issue: issue('precision', `Steps of ${inexact} are larger than a 64-bit float can hold exactly.`, { file: database, where }) };
}

function batchOf(rows: readonly SqlRow[]) {
  const exactSteps: Record<number, string> = {};
  const steps = Float64Array.from(rows, ([, step], at) => {
    const number = cellNumber(step) ?? Number.NaN;
    // Steps beyond 2^53 keep their digits.
    if (Math.abs(number) > Number.MAX_SAFE_INTEGER) exactSteps[at] = cellText(step) ?? '';
    return number;
  });
  const values = Float64Array.from(rows, ([, , value]) => unclamped(cellNumber(value) ?? Number.NaN));
  const times = Float64Array.from(rows, ([, , , time]) => cellNumber(time) ?? Number.NaN);
  return { steps, values, times, ...(Object.keys(exactSteps).length > 0 ? { exactSteps } : {}) };
}
