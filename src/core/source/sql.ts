// What core asks of whoever can ask a database: views that stand still, questions in SQL, rows as text.

export type Dialect = 'postgresql' | 'mysql';

/** How much TLS is asked for, in libpq's words: `prefer` takes it where it is offered, only `verify-…` looks at the certificate. */
export type TlsMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** Where a database is, and as whom it is asked. */
export interface SqlAccess {
  /** `postgresql://host:5432/database`: what may be shown. */
  readonly base: string;
  readonly dialect: Dialect;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | null;
  readonly tls: TlsMode;
}

/** A cell as the database writes it: numbers with all their digits, dates as ISO 8601 in UTC. */
export type SqlCell = string | null;
export type SqlRow = readonly SqlCell[];

/** A view of the database as it stood when it was opened, that can only be read. One question at a time. */
export interface SqlView {
  /** For people: "PostgreSQL 15.4". */
  readonly server: string;
  /** Table → its columns, of those that are there and may be read. */
  columns(tables: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /**
   * Rows in bounded groups. A group that is not asked for is not fetched.
   * @param text with `?` for each parameter; names in double quotes in every dialect
   * @throws HttpError
   */
  rows(text: string, parameters?: readonly (string | number)[]): AsyncIterable<readonly SqlRow[]>;
  close(): Promise<void>;
}

/** Asks one database. It bounds how many views are open at once, ends questions that take too long, and never changes anything. */
export interface Sql {
  readonly dialect: Dialect;
  /**
   * The signal ends its questions too, on the server as well.
   * @throws HttpError when the database cannot be asked; the signal's reason when aborted
   */
  view(signal: AbortSignal): Promise<SqlView>;
}

/** All rows of a question that has a short answer. */
export async function allRows(view: SqlView, text: string, parameters: readonly (string | number)[] = []): Promise<readonly SqlRow[]> {
  const found: SqlRow[] = [];
  for await (const rows of view.rows(text, parameters)) found.push(...rows);
  return found;
}
