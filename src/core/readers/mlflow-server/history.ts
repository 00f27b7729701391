// Metric histories of many runs: one question for all of them where the server allows it, page by page where not.

import { ahead } from '../../base/ahead';
import type { JsonObject } from '../../formats/http-json';
import { numberOf, parseNumber } from '../../formats/numbers';
import type { Value } from '../../model/values';
import { unclamped } from '../_mlflow/meta';
import type { KeptRuns } from '../_remote/kept-runs';
import { type MlflowApi, mostRows } from './api';
import { type AskedRun, follows, type History, joined, Keeping, type KeptHistories } from './kept-histories';

/** Runs of one question: the server takes up to 100. */
const runsAtOnce = 100;
const keysAtOnce = 8;
/** Shorter histories are read anew: that is one question for all runs, where the end of each is a question of its own. */
const worthKeeping = 500;

/** Histories by key, and within a key by run. The rows of a key whose runs hold more than one answer may hold are asked for page by page. */
export class Histories {
  #hasBulk = true;
  #hasOffsets = true;

  constructor(private readonly api: MlflowApi) {}

  /**
   * @param runs in the order of the run numbers
   * @param kept what was read at earlier looks, where the runs are followed; what is read now is added to it
   */
  async *of(runs: readonly AskedRun[], kept: KeptRuns<KeptHistories> | null, signal: AbortSignal): AsyncGenerator<History> {
    const keep = new Keeping(runs, kept);
    const byKey = new Map<string, number[]>();
    for (const [run, { keys }] of runs.entries()) {
      for (const key of keys) {
        const having = byKey.get(key) ?? [];
        byKey.set(key, having);
        having.push(run);
      }
    }
    for await (const histories of ahead([...byKey], keysAtOnce, ([key, having]) => this.#ofKey(key, having, runs, kept, signal)))
      for (const history of histories) {
        keep.take(history);
        yield history;
      }
    keep.end();
  }

  async #ofKey(
    key: string,
    having: readonly number[],
    runs: readonly AskedRun[],
    kept: KeptRuns<KeptHistories> | null,
    signal: AbortSignal,
  ): Promise<readonly History[]> {
    const idOf = (run: number): string => runs[run]?.id ?? '';
    const longer = await Promise.all(having.map((run) => this.#longer(run, idOf(run), kept?.of(idOf(run))?.get(key), signal)));
    const found = longer.filter((history) => history !== null);
    // The server answers by run id: what lies behind the last run of a full answer was not told.
    let left = having.filter((_, at) => longer[at] === null).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    while (left.length > 1 && this.#hasBulk) {
      const asked = left.slice(0, runsAtOnce);
      const rows = await this.api.historyOfMany(asked.map(idOf), key, signal);
      if (rows === null) {
        this.#hasBulk = false;
        break;
      }
      const byRun = rowsByRun(rows);
      const told =
        rows.length < mostRows
          ? asked
          : asked.slice(
              0,
              asked.findIndex((run) => idOf(run) === rows.at(-1)?.run_id),
            );
      for (const run of told) found.push(historyOf(run, key, byRun.get(idOf(run)) ?? []));
      left = left.slice(told.length);
      if (told.length === 0) found.push(await this.#alone(left.shift() as number, key, idOf, signal));
    }
    for (const run of left) found.push(await this.#alone(run, key, idOf, signal));
    return found;
  }

  /**
   * What was kept with what was added behind it, or null where that cannot be shown to be all. Points of MLflow are never changed nor taken away,
   * and a server sorts them by time, step and value: if the last one that is known still has its place, all before it are known as well.
   */
  async #longer(run: number, id: string, before: History | undefined, signal: AbortSignal): Promise<History | null> {
    if (before === undefined || before.steps.length < worthKeeping || !this.#hasOffsets) return null;
    const rows = await this.api.historyBehind(id, before.key, before.steps.length - 1, signal);
    const behind = rows && historyOf(run, before.key, rows);
    if (behind && follows(before, behind)) return joined(run, before, behind);
    // As many as were known and more: the server knows no pages, and told all.
    if (!behind || behind.steps.length >= before.steps.length) this.#hasOffsets = false;
    return null;
  }

  async #alone(run: number, key: string, idOf: (run: number) => string, signal: AbortSignal): Promise<History> {
    const rows: JsonObject[] = [];
    for await (const page of this.api.history(idOf(run), key, signal)) rows.push(...page);
    return historyOf(run, key, rows);
  }
}

function rowsByRun(rows: readonly JsonObject[]): ReadonlyMap<Value | undefined, readonly JsonObject[]> {
  const found = new Map<Value | undefined, JsonObject[]>();
  for (const row of rows) {
    const of = found.get(row.run_id);
    if (of) of.push(row);
    else found.set(row.run_id, [row]);
  }
  return found;
}

function historyOf(run: number, key: string, rows: readonly JsonObject[]): History {
  const steps = new Float64Array(rows.length);
  const values = new Float64Array(rows.length);
  const times = new Float64Array(rows.length);
  const exactSteps: Record<number, string> = {};
  for (const [at, row] of rows.entries()) {
    // A field that has its default may be left out.
    const step = row.step ?? 0;
    steps[at] = Number(step);
    if (typeof step === 'bigint') exactSteps[at] = String(step);
    values[at] = numberFrom(row.value ?? 0);
    times[at] = Number(row.timestamp ?? Number.NaN);
  }
  return { run, key, steps, values, times, ...(Object.keys(exactSteps).length > 0 ? { exactSteps } : {}) };
}

/** A number, or one of the words `NaN`, `Infinity`, `-Infinity`. A database keeps infinities as the largest doubles. */
function numberFrom(value: Value): number {
  const number = typeof value === 'string' ? parseNumber(value) : numberOf(value);
  return number === null ? Number.NaN : unclamped(number);
}
