// A connection to PostgreSQL.
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { SqlRow } from '../../core/source/sql';
import { Lifeline } from './lifeline';
import { connectMs, type Dial, groupRows, NoTlsError, questionMs, silenceMs, type Wire } from './wire';

/** Cells stay as they are written. */
const asText = { getTypeParser: () => (text: unknown) => text };

/** Set for the transaction alone: a pooler may give the connection to others after it. */
const begin = [
  'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY',
  'SET LOCAL datestyle = ISO',
  "SET LOCAL timezone = 'UTC'",
  // All digits of a number, also before PostgreSQL 12.
  'SET LOCAL extra_float_digits = 3',
  `SET LOCAL statement_timeout = ${questionMs}`,
].join('; ');

export const dial: Dial = async (access, tls) => {
  const { host, port, database, user, password } = access;
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    // Asked for by a function: an empty one would be looked for in the environment, and in files.
    password: () => password ?? '',
    ssl: tls ?? false,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    application_name: 'diptych',
    types: asText,
  });
  const line = new Lifeline(silenceMs);
  client.on('error', (error) => line.cut(error));
  client.once('end', () => line.cut(new Error('Connection terminated')));
  try {
    await line.until(client.connect());
    const told = await line.until(client.query<[string, string]>({ text: "SELECT current_setting('server_version'), pg_backend_pid()", rowMode: 'array' }));
    const [version = '', process = ''] = told.rows[0] ?? [];
    return wireOf(client, `PostgreSQL ${version.split(' ')[0]}`, process, line);
  } catch (error) {
    client.end().catch(() => {});
    if (error instanceof Error && error.message === 'The server does not support SSL connections') throw new NoTlsError(error.message, { cause: error });
    throw error;
  }
};

function wireOf(client: pg.Client, server: string, process: string, line: Lifeline): Wire {
  return {
    server,
    get isAlive() {
      return !line.isCut;
    },
    ownSchema: 'table_schema = ANY (current_schemas(false))',
    cancelQuestion: `SELECT pg_cancel_backend(${Number(process)})`,
    begin: async () => void (await line.until(client.query(begin))),
    rollback: async () => void (await line.until(client.query('ROLLBACK'))),
    async *rows(text, parameters) {
      let count = 0;
      const numbered = text.replaceAll('?', () => `$${++count}`);
      const cursor = client.query(
        new Cursor<SqlRow>(numbered, [...parameters], { rowMode: 'array', types: asText } as ConstructorParameters<typeof Cursor>[2]),
      );
      let failed = false;
      try {
        for (;;) {
          // A cursor whose last row came, and whose connection is lost before the server is ready again, answers nobody.
          const rows = await line.until(cursor.read(groupRows)).catch((error: unknown) => {
            failed = true;
            throw error;
          });
          if (rows.length > 0) yield rows;
          if (rows.length < groupRows) return;
        }
      } finally {
        // The driver waits for an answer to this: none comes where the connection is lost.
        if (!line.isCut && !failed) await line.until(cursor.close()).catch(() => {});
      }
    },
    end: () => line.until(client.end()),
    destroy() {
      (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection.stream.destroy();
      line.cut(new Error('Connection terminated'));
    },
  };
}
