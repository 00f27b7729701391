// What connections to databases share: how one begins, a question in a view of its own, and the list of projects with what is counted of them.

import { epochMs } from '../../base/units';
import { cellNumber } from '../../formats/sqlite';
import type { Sql, SqlAccess, SqlRow, SqlView } from '../../source/sql';
import type { Connection, ConnectSql, Project } from '../../source/tracker';
import type { Has } from './has';
import { tablesOf } from './recognise';

interface Kind {
  /** For people: "Optuna storage". */
  readonly noun: string;
  /** Tables that must be there, and tables that are read besides. */
  readonly marks: readonly string[];
  readonly others: readonly string[];
}

/** Looks whether the database is one of the kind, and what its tables hold. */
export const connectSql =
  ({ noun, marks, others }: Kind, open: (access: SqlAccess, sql: Sql, has: Has, view: SqlView) => Connection | Promise<Connection>): ConnectSql =>
  (access, sql, signal) =>
    inView(sql, signal, async (view) => {
      const columns = await tablesOf(view, access, noun, marks, others);
      const has: Has = (table, ...names) => {
        const known = columns.get(table);
        return known !== undefined && names.every((name) => known.has(name));
      };
      return await open(access, sql, has, view);
    });

/** Asks in a view that is open for this alone. */
export async function inView<T>(sql: Sql, signal: AbortSignal, question: (view: SqlView) => Promise<T>): Promise<T> {
  const view = await sql.view(signal);
  try {
    return await question(view);
  } finally {
    await view.close();
  }
}

/**
 * @param names id and name of each
 * @param counts id, how many runs, when the last one started and when the last one ended
 * @param msOf a time as the database has it, in milliseconds since 1970
 */
export function listedProjects(names: readonly SqlRow[], counts: readonly SqlRow[], msOf: (cell: string) => number | null): readonly Project[] {
  const counted = new Map(counts.map((row) => [row[0], row]));
  return names.map(([id, name]) => {
    const [, runs, started, ended] = counted.get(id ?? null) ?? [];
    const times = [started, ended].flatMap((cell) => (cell ? (msOf(cell) ?? []) : []));
    return { id: id ?? '', name: name ?? '', runs: cellNumber(runs) ?? 0, changedMs: times.length > 0 ? epochMs(Math.max(...times)) : null };
  });
}
