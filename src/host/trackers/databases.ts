// Which tracker a database is of, by its tables; and where it is of none, what is there instead and what to do about it.
import { trackers } from '../../core/readers';
import { HttpError } from '../../core/source/http';
import { allRows, type Sql, type SqlAccess, type SqlView } from '../../core/source/sql';
import type { SqlTracker } from '../../core/source/tracker';

export const databaseTrackers = trackers.filter((tracker): tracker is SqlTracker => tracker.speaks === 'sql');

const every = (names: Iterable<string>, tracker: SqlTracker): boolean => {
  const there = new Set(names);
  return tracker.tables.every((table) => there.has(table));
};
const allTables = databaseTrackers.flatMap(({ tables }) => tables);

/** The tracker whose tables the user may read; null where there is none. */
export async function trackerIn(view: SqlView): Promise<SqlTracker | null> {
  const tables = await view.columns(allTables);
  return databaseTrackers.find((tracker) => every(tables.keys(), tracker)) ?? null;
}

/** What was looked at in a database that is not of the tracker that was meant. */
export interface Found {
  /** Tables of trackers that the user may read. */
  readonly readable: readonly string[];
  /** Schemas in which tables are looked for: the search path of PostgreSQL, the database itself in MySQL. */
  readonly searched: readonly string[];
  /** Schema and table of all tables with such names that the user may know of. */
  readonly known: readonly (readonly [schema: string, table: string])[];
}

const questions = {
  postgresql: {
    searched: 'SELECT unnest(current_schemas(false))',
    known: (names: string) =>
      `SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v') AND c.relname IN (${names})`,
  },
  mysql: {
    searched: 'SELECT DATABASE()',
    known: (names: string) => `SELECT table_schema, table_name FROM information_schema.tables WHERE table_name IN (${names})`,
  },
} as const;

/** @throws HttpError where the database cannot be asked */
export async function lookInto(sql: Sql, signal: AbortSignal): Promise<Found> {
  const view = await sql.view(signal);
  const { searched, known } = questions[sql.dialect];
  try {
    return {
      readable: [...(await view.columns(allTables)).keys()],
      searched: (await allRows(view, searched)).map(([schema]) => schema ?? ''),
      known: (await allRows(view, known(allTables.map(() => '?').join(', ')), allTables)).map(([schema, table]) => [schema ?? '', table ?? ''] as const),
    };
  } finally {
    await view.close();
  }
}

const listed = (names: readonly string[]): string => names.join(', ');

/** Why a database is not of a tracker: it is of another one, of none, or its tables are out of reach. Null where only some are missing. */
export function whyNot(
  wanted: SqlTracker,
  { base, dialect, user, database }: Pick<SqlAccess, 'base' | 'dialect' | 'user' | 'database'>,
  found: Found,
): HttpError | null {
  const be = (message: string, tip: string) => new HttpError('bad-answer', message, base, tip);
  const other = databaseTrackers.find((tracker) => tracker !== wanted && every(found.readable, tracker));
  if (other) return be(`${base} is no ${wanted.noun}: it holds the tables of an ${other.noun}.`, `Choose “${other.meta.title}” as the tracker.`);
  if (wanted.tables.some((table) => found.readable.includes(table))) return null;

  const isMysql = dialect === 'mysql';
  const where = isMysql
    ? `in the database ${database}`
    : found.searched.length > 0
      ? `in the schema ${listed(found.searched)}`
      : `in no schema, as none on the search path of ${user} can be used`;
  const neither = `${base} ${databaseTrackers.map(({ noun }) => `is no ${noun}`).join(' and ')}: looked ${where} for tables that ${user} may read, and found neither ${databaseTrackers.map(({ tables }) => listed(tables)).join(' nor ')}.`;
  const elsewhere = [...new Set(found.known.map(([name]) => name))].sort().flatMap((schema) => {
    const its = found.known.flatMap(([name, table]) => (name === schema ? [table] : []));
    const full = databaseTrackers.find((one) => every(its, one));
    return full ? [{ schema, full }] : [];
  })[0];
  if (!elsewhere)
    return be(
      neither,
      `Look at the name of the database at the end of the address. Tables are made when the tracker first writes there${isMysql ? `; those that ${user} may not read are not seen (GRANT SELECT)` : ''}.`,
    );
  const { schema, full } = elsewhere;
  if (isMysql) return be(neither, `Those of an ${full.noun} are in the database ${schema}: write that at the end of the address.`);
  return found.searched.includes(schema)
    ? be(
        neither,
        `Those of an ${full.noun} are there, but ${user} may not read them. Whoever owns them can say: GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${user}.`,
      )
    : be(
        neither,
        `Those of an ${full.noun} are in the schema ${schema}. Let the search path lead there: ALTER ROLE ${user} SET search_path = ${schema} (and GRANT USAGE and SELECT, where ${user} may not read it).`,
      );
}
