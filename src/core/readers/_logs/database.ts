// A store that is one SQLite database: opened, read and closed; what is wrong with it becomes issues.

import { type Issue, issue } from '../../base/issues';
import { openSqlite, type Sqlite } from '../../formats/sqlite';
import type { RunEvent } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What to tell of a page that cannot be read; what came before it stays. */
export const damaged = (error: unknown, file: SourceFile): Issue =>
  issue('bad-record', `The database is damaged here: ${textOf(error)}. What was read before is kept.`, { file: file.path });

/**
 * Hands the open database to `read` and passes on its events. A database that cannot be opened, changes lost with its
 * write-ahead log, and whatever `read` throws are issues; only a cancel is thrown.
 */
export async function* readDatabase(
  file: SourceFile,
  wal: SourceFile | null,
  context: ReadContext,
  read: (db: Sqlite) => Iterable<RunEvent> | AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  let db: Sqlite;
  try {
    db = await openSqlite(file, wal ?? undefined, context);
  } catch (error) {
    if (context.signal.aborted) throw error;
    yield { kind: 'issue', issue: issue('bad-record', `The database could not be opened: ${textOf(error)}.`, { file: file.path }) };
    return;
  }
  try {
    if (db.lost !== null) yield { kind: 'issue', issue: issue('truncated', `Newer changes may be missing: ${db.lost}.`, { file: (wal ?? file).path }) };
    yield* read(db);
  } catch (error) {
    if (context.signal.aborted) throw error;
    yield { kind: 'issue', issue: damaged(error, file) };
  } finally {
    db.close();
  }
}
