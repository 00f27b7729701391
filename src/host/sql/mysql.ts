// A connection to MySQL or MariaDB.
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import mysql, { type Connection, type ConnectionOptions, type SslOptions } from 'mysql2';
import type { SqlRow } from '../../core/source/sql';
import { Lifeline, type Wait } from './lifeline';
import { connectMs, type Dial, groupRows, NoTlsError, questionMs, silenceMs, type Wire } from './wire';

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
  const line = new Lifeline(silenceMs);
  connection.on('error', (error) => line.cut(error));
  connection.on('end', () => line.cut(new Error('Connection lost')));
  const ask = (sql: string): Promise<readonly SqlRow[]> =>
    line.until(
      new Promise((resolve, reject) => connection.query(sql, (error, rows) => (error ? reject(error) : resolve(rows as unknown as readonly SqlRow[])))),
    );
  try {
    await line.until(new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve()))));
    const [version = ''] = (await ask('SELECT version()'))[0] ?? [];
    const isMaria = /mariadb/i.test(version ?? '');
    const limit = isMaria ? `max_statement_time = ${questionMs / 1000}` : `max_execution_time = ${questionMs}`;
    // Names in double quotes as everywhere; and a reader that is slow to store is no reason to hang up.
    await ask(`SET SESSION sql_mode = 'ANSI_QUOTES', net_write_timeout = 600, time_zone = '+00:00', ${limit}`);
    // For the session, and not the transaction alone: CREATE ends a transaction that may only read, and MariaDB then does it.
    await ask('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return wireOf(connection, `${isMaria ? 'MariaDB' : 'MySQL'} ${/^[\d.]+/.exec(version ?? '')?.[0] ?? ''}`, ask, line);
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

function wireOf(connection: Connection, server: string, ask: (sql: string) => Promise<unknown>, line: Lifeline): Wire {
  const hangUp = (): void => {
    connection.destroy();
    line.cut(new Error('Connection lost'));
  };
  return {
    server,
    get isAlive() {
      return !line.isCut;
    },
    ownSchema: 'table_schema = database()',
    cancelQuestion: `KILL QUERY ${connection.threadId}`,
    begin: async () => void (await ask('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')),
    rollback: async () => void (await ask('ROLLBACK')),
    async *rows(text, parameters) {
      let whole = false;
      const stream = connection.query({ sql: text, values: [...parameters] }).stream({ highWaterMark: groupRows });
      // The driver tells the connection that it is lost, and not who reads from it.
      const listen = (): Wait => line.wait((error) => stream.destroy(error));
      let wait = listen();
      try {
        let group: SqlRow[] = [];
        for await (const row of stream as AsyncIterable<SqlRow>) {
          wait.heard();
          group.push(row);
          if (group.length < groupRows) continue;
          wait.end();
          yield group;
          wait = listen();
          group = [];
        }
        whole = true;
        if (group.length > 0) yield group;
      } finally {
        wait.end();
        // What is left of an answer would be taken for the next one.
        if (!whole) hangUp();
      }
    },
    end: () => line.until(new Promise((resolve) => connection.end(() => resolve()))),
    destroy: hangUp,
  };
}
