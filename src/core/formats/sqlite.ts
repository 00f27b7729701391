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

let library: Promise<SqlJsStatic> | null = null;

/**
 * Opens a database with the `-wal` file beside it, if there is one.
 * @throws SourceError beyond the limit for files read whole; Error when the bytes are no database
 */
export async function openSqlite(
  file: SourceFile,
  wal: SourceFile | undefined,
  context: Pick<ReadContext, 'limits' | 'signal' | 'asset' | 'progress'>,
): Promise<Sqlite> {
  library ??= context.asset(wasmAsset).then((bytes) => initSqlJs({ wasmBinary: bytes.buffer }));
  const { Database } = await library;
  // The main file first and the log second: a checkpoint in between only makes frames of the log redundant.
  const main = await readWhole(file, context.limits, context.signal);
  const log = wal ? await readWhole(wal, context.limits, context.signal) : null;
  context.progress(main.length + (log?.length ?? 0));
  return new Sqlite(new Database(overlayWal(main, log)));
}

/** A database in memory. `close` frees it; statements are closed by themselves. */
export class Sqlite {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Names of the columns of a table, in lower case; empty where there is no such table. */
  columns(table: string): ReadonlySet<string> {
    const names = new Set<string>();
    for (const [name] of this.rows('SELECT name FROM pragma_table_info(?)', [table])) names.add(String(name).toLowerCase());
    return names;
  }

  /**
   * Rows one by one. The array is reused: copy what is kept.
   * @throws Error when the statement does not fit the schema, or the file is damaged where it is read
   */
  *rows(sql: string, parameters: readonly Cell[] = []): Generator<readonly Cell[]> {
    const statement: Statement = this.#database.prepare(sql);
    try {
      statement.bind([...parameters]);
      while (statement.step()) yield statement.get();
    } finally {
      statement.free();
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** Text of a cell, or null; integers come without loss up to 2^53. */
export const cellText = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : cell instanceof Uint8Array ? new TextDecoder().decode(cell) : String(cell);

export const cellNumber = (cell: Cell | undefined): number | null =>
  typeof cell === 'number' ? cell : typeof cell === 'string' && cell.trim() !== '' && !Number.isNaN(Number(cell)) ? Number(cell) : null;
