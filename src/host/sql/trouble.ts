// What a failure between us and a database means: an issue code, a sentence, and a way on.
import { HttpError } from '../../core/source/http';
import type { SqlAccess } from '../../core/source/sql';
import { Secret } from '../secrets/secrets';
import { NoTlsError } from './wire';

const longestDetail = 300;

/** Codes of PostgreSQL (SQLSTATE), MySQL and Node, each with its meaning. */
const meanings: readonly (readonly [RegExp, HttpError['code'], (access: SqlAccess) => string, tip?: (access: SqlAccess) => string])[] = [
  [
    /^(?:28000|28P01|ER_ACCESS_DENIED_ERROR|ER_ACCESS_DENIED_NO_PASSWORD_ERROR|AUTH_SWITCH_PLUGIN_ERROR|NO_PASSWORD)$/,
    'unauthorised',
    ({ base, user, password }) => `${base} does not let ${user} in ${password === null ? 'without a password' : 'with this password'}.`,
    ({ dialect }) =>
      `Enter user and password again. ${dialect === 'postgresql' ? 'PGPASSWORD' : 'MYSQL_PWD'} counts only for the host that the environment names${
        dialect === 'postgresql' ? ' (PGHOST, or the address); entries of ~/.pgpass count for theirs' : ''
      }.`,
  ],
  [
    /^(?:3D000|ER_BAD_DB_ERROR)$/,
    'not-found',
    ({ base, database }) => `${base}: there is no database ${database} on this server.`,
    () => 'Look at the name at the end of the address.',
  ],
  [
    /^(?:42501|ER_DBACCESS_DENIED_ERROR|ER_TABLEACCESS_DENIED_ERROR|ER_COLUMNACCESS_DENIED_ERROR|ER_HOST_NOT_PRIVILEGED)$/,
    'forbidden',
    ({ base, user }) => `${base} does not let ${user} read this.`,
    ({ dialect, database, user }) =>
      dialect === 'postgresql'
        ? `Who owns it can allow it: GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user}.`
        : `Who owns it can allow it: GRANT SELECT ON ${database}.* TO ${user}.`,
  ],
  [/^(?:57014|ER_QUERY_TIMEOUT|ER_STATEMENT_TIMEOUT)$/, 'timed-out', ({ base }) => `${base} took too long to answer, and ended the question.`],
  [/^(?:ETIMEDOUT|CONNECT_TIMEOUT)$/, 'unreachable', ({ host }) => `${host} cannot be reached: it did not answer in time.`],
  [/^ECONNREFUSED$/, 'unreachable', ({ host, port }) => `${host} cannot be reached: nothing listens at port ${port}.`],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'unreachable', ({ host }) => `${host} cannot be reached: no such host is known.`],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'unreachable', ({ host }) => `${host} cannot be reached: there is no way to it.`],
  [/^(?:57P03|53300|ER_CON_COUNT_ERROR|ER_USER_LIMIT_REACHED|ER_TOO_MANY_USER_CONNECTIONS)$/, 'unreachable', ({ host }) => `${host} takes no connection now.`],
  [
    /^NO_TLS$/,
    'certificate',
    ({ host, tls }) => `${host} speaks no TLS, and sslmode=${tls} asks for it.`,
    () => 'Ask who runs it to switch TLS on, or, in a network that you trust, take sslmode out of the address.',
  ],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO|HANDSHAKE_SSL_ERROR/, 'certificate', ({ host }) => `The certificate of ${host} is not trusted.`],
  [
    /^(?:57P0[12]|ECONNRESET|EPIPE|PROTOCOL_CONNECTION_LOST|ER_SERVER_SHUTDOWN|ER_CONNECTION_KILLED|CONNECTION_ENDED)$/,
    'cut-off',
    ({ host }) => `The connection to ${host} ended in the middle.`,
  ],
];

/** Errors of drivers that have no code, by what they say. */
const codeless: readonly (readonly [RegExp, string])[] = [
  [/client password must be a (?:non-empty )?string/i, 'NO_PASSWORD'],
  [/timeout expired|timeout exceeded when trying to connect/i, 'CONNECT_TIMEOUT'],
  [/Connection terminated|Connection lost|closed state|not queryable|Can't add new command/i, 'CONNECTION_ENDED'],
];

/** Never quotes the password: what a server or driver says is searched for it. */
export function troubleOfSql(error: unknown, access: SqlAccess): HttpError {
  if (error instanceof HttpError) return error;
  const { base, password } = access;
  const said = messageOf(error);
  const code = codeOf(error) ?? codeless.find(([words]) => words.test(said))?.[1] ?? '';
  const shown = (password ? new Secret(password).strike(said) : said).replace(/\s+/g, ' ').trim();
  const detail = shown === '' ? '' : ` It says: ${shown.length > longestDetail ? `${shown.slice(0, longestDetail)}…` : shown}`;
  const found = meanings.find(([codes]) => codes.test(code));
  if (!found) return new HttpError('server-error', `${base} cannot answer${code === '' ? '' : ` (${code})`}.${detail}`, base);
  const [, kind, words, tip] = found;
  return new HttpError(
    kind,
    `${words(access)}${error instanceof NoTlsError || kind === 'unreachable' || code === 'NO_PASSWORD' ? '' : detail}`,
    base,
    tip?.(access),
  );
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** The innermost code. */
function codeOf(error: unknown): string | null {
  let found: string | null = null;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') found = code;
    if (at instanceof AggregateError && found === null) found = codeOf(at.errors[0]);
    if (at instanceof NoTlsError) return at.code;
  }
  return found;
}
