// What the tables hold, asked run by run. Columns and tables that a schema lacks are answered as empty.

import { type Cell, cellNumber, cellText, type Sqlite } from '../../formats/sqlite';
import type { Dataset } from '../../model/facts';
import { unclamped } from '../_mlflow/meta';
import { datasetOf, datasetsQuestion, runsQuestion, type StoredRun, storedRun } from '../_mlflow/stored';
import type { Has } from '../_sql/has';

/** Points of one metric that follow each other. */
export interface StoredPoints {
  readonly key: string;
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** Steps that float64 cannot hold: index → digits. */
  readonly exactSteps?: Readonly<Record<number, string>>;
}

export interface ModelOutput {
  readonly id: string;
  readonly step: number | null;
}

const batchPoints = 65_536;
const safe = Number.MAX_SAFE_INTEGER;

export class MlflowTables {
  readonly #db: Sqlite;
  readonly #columns = new Map<string, ReadonlySet<string>>();

  constructor(db: Sqlite) {
    this.#db = db;
    // Schemas before 2022 have no index on the run: every question below would read the whole table.
    const lookups = { params: 'run_uuid', tags: 'run_uuid', metrics: 'run_uuid', inputs: 'destination_id', logged_models: 'source_run_id' };
    for (const [table, column] of Object.entries(lookups)) if (this.#has(table, column)) db.index(table, column);
  }

  readonly #has: Has = (table, ...columns) => {
    let known = this.#columns.get(table);
    if (!known) {
      known = this.#db.columns(table);
      this.#columns.set(table, known);
    }
    return known.size > 0 && columns.every((column) => known.has(column));
  };

  /**
   * All runs, one by one, in the order in which they were made.
   * @throws Error where the file is damaged
   */
  *runs(): Generator<StoredRun> {
    for (const row of this.#db.rows(`${runsQuestion(this.#has, (column) => `CAST(${column} AS TEXT)`)} ORDER BY runs.rowid`)) {
      const stored = storedRun(row);
      if (stored) yield stored;
    }
  }

  /** Key → value of a run's params or tags. */
  texts(table: 'params' | 'tags', run: string): Readonly<Record<string, string>> {
    if (!this.#has(table, 'key', 'value', 'run_uuid')) return {};
    const found: [string, string][] = [];
    for (const [key, value] of this.#db.rows(`SELECT key, value FROM ${table} WHERE run_uuid = ? ORDER BY key`, [run]))
      found.push([cellText(key) ?? '', cellText(value) ?? '']);
    return Object.fromEntries(found);
  }

  /**
   * Points of a run, metric by metric, each in the order of MLflow's client: time, step, value.
   * Keys are asked for apart from points, so that a point is three numbers and no text.
   */
  *points(run: string): Generator<StoredPoints> {
    if (!this.#has('metrics', 'key', 'value', 'timestamp', 'run_uuid')) return;
    const step = this.#has('metrics', 'step') ? 'step' : '0';
    const value = this.#has('metrics', 'is_nan') ? 'CASE WHEN is_nan THEN NULL ELSE value END' : 'value';
    // Steps beyond 2^53 come as text, so that no digit is lost on the way.
    const exact = `CASE WHEN ${step} BETWEEN -${safe} AND ${safe} THEN ${step} ELSE CAST(${step} AS TEXT) END`;
    const keys: [string, number][] = [];
    for (const [key, count] of this.#db.rows('SELECT key, count(*) FROM metrics WHERE run_uuid = ? GROUP BY key ORDER BY key', [run]))
      keys.push([cellText(key) ?? '', cellNumber(count) ?? 0]);
    if (keys.length === 0) return;
    const order = step === '0' ? 'key, timestamp, value' : 'key, timestamp, step, value';
    const sql = `SELECT ${exact}, ${value}, timestamp FROM metrics WHERE run_uuid = ? ORDER BY ${order}`;
    const rows = this.#db.rows(sql, [run]);
    try {
      for (const [key, count] of keys) yield* batches(key, count, rows);
    } finally {
      rows.return(undefined);
    }
  }

  datasets(run: string): readonly Dataset[] {
    const question = datasetsQuestion(this.#has, 'inputs.destination_id = ?', 'inputs.rowid');
    return question === null ? [] : [...this.#db.rows(question, [run])].map(datasetOf);
  }

  /** Models that the run logged beside its artifacts (MLflow 3). */
  models(run: string): readonly ModelOutput[] {
    const found = new Map<string, ModelOutput>();
    if (this.#has('logged_models', 'model_id', 'source_run_id')) {
      for (const [id] of this.#db.rows('SELECT model_id FROM logged_models WHERE source_run_id = ?', [run]))
        found.set(cellText(id) ?? '', { id: cellText(id) ?? '', step: null });
    }
    if (this.#has('inputs', 'source_type', 'source_id', 'destination_id', 'step')) {
      for (const [id, step] of this.#db.rows("SELECT destination_id, step FROM inputs WHERE source_type = 'RUN_OUTPUT' AND source_id = ?", [run])) {
        found.set(cellText(id) ?? '', { id: cellText(id) ?? '', step: cellNumber(step) });
      }
    }
    return [...found.values()];
  }
}

/** The next `count` rows as columns. Fewer come only from a damaged file. */
function* batches(key: string, count: number, rows: Iterator<readonly Cell[]>): Generator<StoredPoints> {
  for (let left = count; left > 0; ) {
    const wanted = Math.min(left, batchPoints);
    const steps = new Float64Array(wanted);
    const values = new Float64Array(wanted);
    const times = new Float64Array(wanted);
    let exactSteps: Record<number, string> | undefined;
    let at = 0;
    for (; at < wanted; at++) {
      const next = rows.next();
      if (next.done) break;
      const [step, value, time] = next.value;
      if (typeof step === 'number') steps[at] = step;
      else {
        steps[at] = cellNumber(step) ?? Number.NaN;
        if (typeof step === 'string' && !Number.isNaN(steps[at])) {
          exactSteps ??= {};
          exactSteps[at] = step;
        }
      }
      values[at] = typeof value === 'number' ? unclamped(value) : (cellNumber(value) ?? Number.NaN);
      times[at] = cellNumber(time) ?? Number.NaN;
    }
    if (at === 0) return;
    left = at === wanted ? left - at : 0;
    const cut = (column: Float64Array<ArrayBuffer>) => (at === wanted ? column : column.slice(0, at));
    yield { key, steps: cut(steps), values: cut(values), times: cut(times), ...(exactSteps ? { exactSteps } : {}) };
  }
}
