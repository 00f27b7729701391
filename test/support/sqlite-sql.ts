// The door for SQL over a SQLite database: what a tracker asks is answered by a real engine, without a server.
import { openSqlite } from '../../src/core/formats/sqlite';
import { defaultLimits } from '../../src/core/source/reader';
import { scriptedFile } from '../../src/core/source/scripted';
import type { Sql, SqlRow } from '../../src/core/source/sql';
import { asset } from './read';

/** @param questions gathers what is asked */
export async function sqliteSql(bytes: Uint8Array, questions: string[] = []): Promise<Sql> {
  const { signal } = new AbortController();
  const db = await openSqlite(scriptedFile('x.db', bytes), undefined, { limits: defaultLimits, signal, asset, progress: () => {} });
  return {
    dialect: 'postgresql',
    view: async () => ({
      server: 'SQLite',
      columns: async (tables) => new Map(tables.map((table) => [table, db.columns(table)] as const).filter(([, columns]) => columns.size > 0)),
      async *rows(text, parameters = []) {
        questions.push(text);
        // In groups of three, so that what belongs together comes apart.
        const rows = [...db.rows(text, [...parameters])].map((row): SqlRow => row.map((cell) => (cell === null ? null : String(cell))));
        for (let at = 0; at < rows.length; at += 3) yield rows.slice(at, at + 3);
      },
      close: async () => {},
    }),
  };
}
