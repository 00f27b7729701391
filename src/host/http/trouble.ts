// What a failure between us and a server means: an issue code, a sentence, and a way on.
import { HttpError, placeOf } from '../../core/source/http';
import type { HttpTrouble } from '../../core/source/source';

const longestDetail = 300;

const codesOfStatus: Readonly<Record<number, HttpTrouble>> = { 401: 'unauthorised', 403: 'forbidden', 404: 'not-found', 408: 'timed-out', 429: 'rate-limited' };

const words: Readonly<Record<number, string>> = {
  401: 'does not know who asks',
  403: 'refuses this',
  404: 'has no such thing',
  408: 'waited too long for the question',
  429: 'asks to be asked less often',
};

/** @param detail what the server says of it, with nothing secret in it */
export function troubleOfStatus(status: number, url: string, detail: string | null): HttpError {
  const { host } = new URL(url);
  const what = words[status] ?? (status >= 500 ? 'failed while answering' : 'does not take the question');
  const code = codesOfStatus[status] ?? (status >= 500 ? 'server-error' : 'bad-answer');
  const said = detail === null ? '' : ` It says: ${detail.length > longestDetail ? `${detail.slice(0, longestDetail)}…` : detail}`;
  return new HttpError(code, `${host} ${what} (${status}).${said}`, placeOf(url));
}

const connecting: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'EADDRNOTAVAIL',
]);
const slow: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host is known',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
};

/** @returns null for an error that is no trouble of the network */
export function troubleOfError(error: unknown, url: string): HttpError | null {
  const { host } = new URL(url);
  const code = codeOf(error);
  const place = placeOf(url);
  if (code === null) return null;
  if (connecting.has(code)) return new HttpError('unreachable', `${host} cannot be reached: ${reasons[code] ?? code}.`, place);
  if (slow.has(code)) return new HttpError('timed-out', `${host} did not answer in time.`, place);
  if (isCertificate(code)) return new HttpError('certificate', `The certificate of ${host} is not trusted (${code}).`, place);
  return new HttpError('cut-off', `The connection to ${host} ended in the middle of an answer (${code}).`, place);
}

/** OpenSSL's words for a chain that does not hold, and Node's for a name that does not fit. */
const isCertificate = (code: string): boolean => /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO|HOSTNAME_MISMATCH/.test(code);

/** The innermost error code: undici wraps what sockets throw. */
function codeOf(error: unknown): string | null {
  let found: string | null = null;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') found = code;
    if (at instanceof AggregateError && at.errors[0] instanceof Error) found = codeOf(at.errors[0]) ?? found;
  }
  return found;
}
