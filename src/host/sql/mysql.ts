// A connection to MySQL or MariaDB.
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import mysql, { type Connection, type ConnectionOptions, type SslOptions } from 'mysql2';
import type { SqlRow } from '../../core/source/sql';
import { connectMs, type Dial, groupRows, NoTlsError, questionMs, type Wire } from './wire';

export const dial: Dial = async ({ host, port, database, user, password, tls: mode }, tls) => {
  const options: ConnectionOptions = {
    host,
    port,
    database,
    user,
    password: password ?? '',
    connectTimeout: connectMs,
    charset: 'utf8mb4',
    rowsAsArray: true,
    // Cells stay as they are written; parsers are not made by eval.
    typeCast: (field) => field.string(),
    disableEval: true,
    // A server may not ask for files.
    flags: ['-LOCAL_FILES'],
    ...(tls ? { ssl: sslOf(tls, mode === 'verify-full') } : {}),
  };
  const connection = mysql.createConnection(options);
  let isAlive = true;
  const lost = (): void => {
    isAlive = false;
  };
  connection.on('error', lost);
  connection.on('end', lost);
  try {
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    const [version = ''] = (await answer(connection, 'SELECT version()'))[0] ?? [];
    const isMaria = /mariadb/i.test(version ?? '');
    const limit = isMaria ? `max_statement_time = ${questionMs / 1000}` : `max_execution_time = ${questionMs}`;
    // Names in double quotes as everywhere; and a reader that is slow to store is no reason to hang up.
    await answer(connection, `SET SESSION sql_mode = 'ANSI_QUOTES', net_write_timeout = 600, time_zone = '+00:00', ${limit}`);
    // For the session, and not the transaction alone: CREATE ends a transaction that may only read, and MariaDB then does it.
    await answer(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return wireOf(connection, `${isMaria ? 'MariaDB' : 'MySQL'} ${/^[\d.]+/.exec(version ?? '')?.[0] ?? ''}`, () => isAlive);
  } catch (error) {
    connection.destroy();
    if ((error as NodeJS.ErrnoException).code === 'HANDSHAKE_NO_SSL_SUPPORT') throw new NoTlsError('The server speaks no TLS', { cause: error });
    throw error;
  }
};

/** The driver compares names by itself or not at all: a certificate that a person chose is the only one trusted then. */
function sslOf({ rejectUnauthorized = true, ca }: TlsOptions, full: boolean): SslOptions {
  const chosen = Array.isArray(ca) ? ca.at(-1) : undefined;
  if (chosen !== undefined) return { rejectUnauthorized: true, verifyIdentity: false, ca: [String(chosen)] };
  return { rejectUnauthorized, verifyIdentity: full };
}

const answer = (connection: Connection, sql: string): Promise<readonly SqlRow[]> =>
  new Promise((resolve, reject) => connection.query(sql, (error, rows) => (error ? reject(error) : resolve(rows as unknown as readonly SqlRow[]))));

function wireOf(connection: Connection, server: string, isAlive: () => boolean): Wire {
  return {
    server,
    get isAlive() {
      return isAlive();
    },
    ownSchema: 'table_schema = database()',
    cancelQuestion: `KILL QUERY ${connection.threadId}`,
    begin: async () => void (await answer(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')),
    rollback: async () => void (await answer(connection, 'ROLLBACK')),
    async *rows(text, parameters) {
      let whole = false;
      const stream = connection.query({ sql: text, values: [...parameters] }).stream({ highWaterMark: groupRows });
      try {
        let group: SqlRow[] = [];
        for await (const row of stream as AsyncIterable<SqlRow>) {
          group.push(row);
          if (group.length < groupRows) continue;
          yield group;
          group = [];
        }
        whole = true;
        if (group.length > 0) yield group;
      } finally {
        // What is left of an answer would be taken for the next one.
        if (!whole) connection.destroy();
        if (!whole) isAlive = () => false;
      }
    },
    end: () => new Promise((resolve) => connection.end(() => resolve())),
    destroy: () => connection.destroy(),
  };
}
