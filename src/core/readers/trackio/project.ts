// What a project's tables hold, asked run by run. Columns and tables that a version lacks are answered as empty.

import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { type Cell, cellNumber, cellText, type Sqlite } from '../../formats/sqlite';
import { parseTimestamp } from '../../formats/timestamp';
import type { Values } from '../../model/values';

/** One row of a log: what was logged together. */
export interface LoggedRow {
  readonly rowId: number;
  readonly step: number | bigint | null;
  readonly timeMs: number | null;
  /** Null where the row is no JSON object. */
  readonly metrics: Values | null;
}

const safe = Number.MAX_SAFE_INTEGER;
const logs = ['metrics', 'system_metrics'] as const;

export class TrackioTables {
  readonly #db: Sqlite;
  readonly #columns = new Map<string, ReadonlySet<string>>();

  constructor(db: Sqlite) {
    this.#db = db;
    for (const table of [...logs, 'configs']) if (this.#has(table, this.#key(table))) db.index(table, this.#key(table));
  }

  #has(table: string, ...columns: readonly string[]): boolean {
    let known = this.#columns.get(table);
    if (!known) {
      known = this.#db.columns(table);
      this.#columns.set(table, known);
    }
    return known.size > 0 && columns.every((column) => known.has(column));
  }

  /** Versions before 0.6 know runs by name only. */
  #key(table: string): 'run_id' | 'run_name' {
    return this.#has(table, 'run_id') ? 'run_id' : 'run_name';
  }

  get hasIds(): boolean {
    return this.#key('metrics') === 'run_id';
  }

  /** Key → name of every run, in the order in which they turn up. @throws Error where the file is damaged */
  runs(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const table of ['metrics', 'configs', 'system_metrics']) {
      const key = this.#key(table);
      if (!this.#has(table, key, 'run_name')) continue;
      const sql = `SELECT ${key}, run_name, min(rowid) FROM ${table} GROUP BY ${key} ORDER BY min(rowid)`;
      for (const [id, name] of this.#db.rows(sql)) {
        const text = cellText(id) ?? '';
        if (!found.has(text)) found.set(text, cellText(name) ?? '');
      }
    }
    return found;
  }

  /** The config of a run; null where it is no JSON object, undefined where there is none. */
  config(run: string): Values | null | undefined {
    if (!this.#has('configs', this.#key('configs'), 'config')) return undefined;
    for (const [config] of this.#db.rows(`SELECT config FROM configs WHERE ${this.#key('configs')} = ? ORDER BY rowid DESC LIMIT 1`, [run]))
      return objectOf(config);
    return undefined;
  }

  /** Rows of a run by step, those of one step as they were written. @throws Error where the file is damaged */
  *rows(table: (typeof logs)[number], run: string): Generator<LoggedRow> {
    const key = this.#key(table);
    if (!this.#has(table, key, 'metrics')) return;
    // Steps beyond 2^53 come as text, so that no digit is lost on the way.
    const step = this.#has(table, 'step') ? `CASE WHEN step BETWEEN -${safe} AND ${safe} THEN step ELSE CAST(step AS TEXT) END` : 'NULL';
    const time = this.#has(table, 'timestamp') ? 'timestamp' : 'NULL';
    const order = step !== 'NULL' ? 'step, rowid' : time === 'NULL' ? 'rowid' : 'timestamp, rowid';
    const sql = `SELECT rowid, ${step}, ${time}, metrics FROM ${table} WHERE ${key} = ? ORDER BY ${order}`;
    for (const [rowId, at, when, metrics] of this.#db.rows(sql, [run])) {
      yield { rowId: cellNumber(rowId) ?? -1, step: stepOf(at), timeMs: parseTimestamp(cellText(when) ?? ''), metrics: objectOf(metrics) };
    }
  }
}

const stepOf = (cell: Cell | undefined): number | bigint | null => (typeof cell === 'string' && /^-?\d{16,}$/.test(cell) ? BigInt(cell) : cellNumber(cell));

/** Newer versions keep JSON as bytes, older ones as text. Null where it is no JSON object. */
export function objectOf(cell: Cell | undefined): Values | null {
  try {
    const value = parseJson(cellText(cell) ?? '');
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
