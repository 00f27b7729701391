// SQLite databases from bytes: read-only, in memory, with their write-ahead log. Nothing is ever written to the user's files.

import type { Database, SqlJsStatic, SqlValue, Statement } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-browser.js';
import type { ReadContext } from '../source/reader';
import type { SourceFile } from '../source/source';
import { readWhole } from './bytes';
import { overlayWal } from './sqlite-wal';

export type Cell = SqlValue;

/** The asset that readers of SQLite need. */
const wasmAsset = 'sql-wasm.wasm';

/** For a copy in memory: a large page cache, no journal, and no trust in what a stranger's schema would run. */
const settings = 'PRAGMA cache_size = -65536; PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON';

let library: Promise<SqlJsStatic> | null = null;

async function loadLibrary(asset: ReadContext['asset']): Promise<SqlJsStatic> {
  library ??= asset(wasmAsset).then((bytes) => initSqlJs({ wasmBinary: bytes.buffer }));
  try {
    return await library;
  } catch (error) {
    library = null;
    throw error;
  }
}

/**
 * Opens a database with the `-wal` file beside it, if there is one.
 * @throws SourceError beyond the limit for files read whole; Error when the bytes are no database
 */
export async function openSqlite(
  file: SourceFile,
  wal: SourceFile | undefined,
  context: Pick<ReadContext, 'limits' | 'signal' | 'asset' | 'progress'>,
): Promise<Sqlite> {
  const { Database } = await loadLibrary(context.asset);
  // The main file first and the log second: a checkpoint in between only makes frames of the log redundant.
  const main = await readWhole(file, context.limits, context.signal);
  const log = wal ? await readWhole(wal, context.limits, context.signal) : null;
  context.progress(main.length + (log?.length ?? 0));
  const { bytes, lost } = overlayWal(main, log);
  const database = new Database(bytes);
  try {
    database.run(settings);
    return new Sqlite(database, lost);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A database in memory. `close` frees it and its statements. */
export class Sqlite {
  readonly #database: Database;
  /** Statements are prepared once: stores of thousands of runs ask the same thing run by run. */
  readonly #idle = new Map<string, Statement>();

  constructor(
    database: Database,
    /** What of the write-ahead log could not be used, for an issue; null where nothing was lost. */
    readonly lost: string | null,
  ) {
    this.#database = database;
  }

  /** Names of the columns of a table, in lower case; empty where there is no such table. Views are not followed. */
  columns(table: string): ReadonlySet<string> {
    const names = new Set<string>();
    const sql = "SELECT c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name = ?";
    for (const [name] of this.rows(sql, [table])) names.add(String(name).toLowerCase());
    return names;
  }

  /**
   * Makes lookups by a column quick in the copy in memory, where the schema has no index that begins with it. A damaged
   * table stays as it is.
   * @param table, column names that `columns` knows: they become part of a statement
   */
  index(table: string, column: string): void {
    const known = 'SELECT 1 FROM pragma_index_list(?) AS i, pragma_index_info(i.name) AS c WHERE c.seqno = 0 AND c.name = ? COLLATE NOCASE';
    try {
      for (const _ of this.rows(known, [table, column])) return;
      this.#database.run(`CREATE INDEX "diptych ${table} ${column}" ON "${table}" ("${column}")`);
    } catch {
      // Without it, reading is slower and whatever is damaged is met again where it is told.
    }
  }

  /**
   * Rows one by one.
   * @throws Error when the statement does not fit the schema, or the file is damaged where it is read
   */
  *rows(sql: string, parameters: readonly Cell[] = []): Generator<readonly Cell[]> {
    const statement = this.#idle.get(sql) ?? this.#database.prepare(sql);
    this.#idle.delete(sql);
    let whole = false;
    try {
      statement.bind([...parameters]);
      while (statement.step()) yield statement.get();
      whole = true;
    } finally {
      // One that failed, or was left half-way, is not used again.
      if (whole && !this.#idle.has(sql)) {
        statement.reset();
        this.#idle.set(sql, statement);
      } else statement.free();
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** Text of a cell, or null; integers come without loss up to 2^53. */
export function cellText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : String(cell);
}

/** Number of a cell, also one that is kept as text; null for all else. */
export function cellNumber(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && cell.trim() !== '' && !Number.isNaN(Number(cell)) ? Number(cell) : null;
}
