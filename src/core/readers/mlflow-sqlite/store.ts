// What the tables hold, asked run by run. Columns and tables that a schema lacks are answered as empty.

import { type Cell, cellNumber, cellText, type Sqlite } from '../../formats/sqlite';
import type { Dataset } from '../../model/facts';

export interface StoredRun {
  readonly id: string;
  readonly name: string | null;
  readonly experimentId: string | null;
  readonly experiment: string | null;
  readonly experimentStage: string;
  readonly status: string | null;
  readonly started: number | null;
  readonly ended: number | null;
  readonly user: string | null;
  readonly stage: string;
  readonly sourceName: string | null;
}

export interface ModelOutput {
  readonly id: string;
  readonly step: number | null;
}

/** SQLAlchemy clamps infinities to the largest double. */
const infinite = 1.797e308;

export class MlflowTables {
  readonly #db: Sqlite;
  readonly #columns = new Map<string, ReadonlySet<string>>();

  constructor(db: Sqlite) {
    this.#db = db;
  }

  #has(table: string, ...columns: readonly string[]): boolean {
    let known = this.#columns.get(table);
    if (!known) {
      known = this.#db.columns(table);
      this.#columns.set(table, known);
    }
    return known.size > 0 && columns.every((column) => known.has(column));
  }

  /** `table.column`, or NULL where the schema has no such column. */
  #column(table: string, column: string): string {
    return this.#has(table, column) ? `${table}.${column}` : 'NULL';
  }

  runs(): readonly StoredRun[] {
    const column = (name: string): string => this.#column('runs', name);
    const experiments = this.#has('experiments', 'experiment_id');
    const experiment = (name: string): string => (experiments ? this.#column('experiments', name) : 'NULL');
    const sql = `SELECT ${column('run_uuid')}, ${column('name')}, CAST(${column('experiment_id')} AS TEXT), ${experiment('name')}, ${experiment('lifecycle_stage')},
      ${column('status')}, ${column('start_time')}, ${column('end_time')}, ${column('user_id')}, ${column('lifecycle_stage')}, ${column('source_name')}
      FROM runs ${experiments ? 'LEFT JOIN experiments ON experiments.experiment_id = runs.experiment_id' : ''} ORDER BY runs.rowid`;
    const found: StoredRun[] = [];
    for (const [id, name, experimentId, experimentName, experimentStage, status, started, ended, user, stage, sourceName] of this.#db.rows(sql)) {
      found.push({
        id: cellText(id) ?? '',
        name: cellText(name) || null,
        experimentId: cellText(experimentId),
        experiment: cellText(experimentName),
        experimentStage: cellText(experimentStage) ?? 'active',
        status: cellText(status),
        started: cellNumber(started),
        ended: cellNumber(ended),
        user: cellText(user) || null,
        stage: cellText(stage) ?? 'active',
        sourceName: cellText(sourceName) || null,
      });
    }
    return found.filter(({ id }) => id !== '');
  }

  /** Key → value of a run's params or tags. */
  texts(table: 'params' | 'tags', run: string): Readonly<Record<string, string>> {
    if (!this.#has(table, 'key', 'value', 'run_uuid')) return {};
    const found: [string, string][] = [];
    for (const [key, value] of this.#db.rows(`SELECT key, value FROM ${table} WHERE run_uuid = ? ORDER BY key`, [run]))
      found.push([cellText(key) ?? '', cellText(value) ?? '']);
    return Object.fromEntries(found);
  }

  /** Points of a run: metric by metric, each in the order of MLflow's client. The columns are reused: copy what is kept. */
  *points(run: string): Generator<{ readonly key: string; readonly value: number; readonly time: number; readonly step: Cell }> {
    if (!this.#has('metrics', 'key', 'value', 'timestamp', 'run_uuid')) return;
    const isNan = this.#column('metrics', 'is_nan');
    const step = this.#has('metrics', 'step') ? 'metrics.step' : '0';
    // Steps beyond 2^53 come as text, so that no digit is lost on the way.
    const safe = Number.MAX_SAFE_INTEGER;
    const sql = `SELECT key, value, ${isNan}, timestamp, CASE WHEN ${step} BETWEEN -${safe} AND ${safe} THEN ${step} ELSE CAST(${step} AS TEXT) END
      FROM metrics WHERE run_uuid = ? ORDER BY key, timestamp, ${step}, value`;
    for (const [key, value, nan, time, at] of this.#db.rows(sql, [run])) {
      yield {
        key: cellText(key) ?? '',
        value: nan === 1 ? Number.NaN : unclamped(cellNumber(value) ?? Number.NaN),
        time: cellNumber(time) ?? Number.NaN,
        step: at ?? 0,
      };
    }
  }

  datasets(run: string): readonly Dataset[] {
    if (!this.#has('inputs', 'source_id', 'destination_id') || !this.#has('datasets', 'dataset_uuid', 'name', 'digest')) return [];
    const context = this.#has('input_tags', 'input_uuid', 'name', 'value')
      ? "(SELECT value FROM input_tags WHERE input_tags.input_uuid = inputs.input_uuid AND input_tags.name = 'mlflow.data.context')"
      : 'NULL';
    const sql = `SELECT datasets.name, datasets.digest, ${this.#column('datasets', 'dataset_source')}, ${context}
      FROM inputs JOIN datasets ON datasets.dataset_uuid = inputs.source_id WHERE inputs.destination_id = ? AND inputs.source_type = 'DATASET' ORDER BY inputs.rowid`;
    const found: Dataset[] = [];
    for (const [name, digest, source, used] of this.#db.rows(sql, [run]))
      found.push({ name: cellText(name) ?? '', digest: cellText(digest), source: cellText(source), context: cellText(used) });
    return found;
  }

  /** Models that the run logged beside its artifacts (MLflow 3). */
  models(run: string): readonly ModelOutput[] {
    const found = new Map<string, ModelOutput>();
    if (this.#has('logged_models', 'model_id', 'source_run_id')) {
      for (const [id] of this.#db.rows('SELECT model_id FROM logged_models WHERE source_run_id = ?', [run]))
        found.set(cellText(id) ?? '', { id: cellText(id) ?? '', step: null });
    }
    if (this.#has('inputs', 'source_id', 'destination_id', 'step')) {
      for (const [id, step] of this.#db.rows("SELECT destination_id, step FROM inputs WHERE source_id = ? AND source_type = 'RUN_OUTPUT'", [run])) {
        found.set(cellText(id) ?? '', { id: cellText(id) ?? '', step: cellNumber(step) });
      }
    }
    return [...found.values()];
  }
}

const unclamped = (value: number): number => (Math.abs(value) >= infinite ? Math.sign(value) * Number.POSITIVE_INFINITY : value);
