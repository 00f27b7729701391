// Opens a connection: the tracker's own part over a client of ours, for HTTP or a database.
import { HttpError } from '../../core/source/http';
import type { Sql, SqlAccess } from '../../core/source/sql';
import type { Connection, HttpTracker, Settings, SqlTracker, Tracker } from '../../core/source/tracker';
import { certificateOf, type ShownCertificate } from '../http/certificate';
import { type HttpOptions, httpClient } from '../http/client';
import type { Environment } from '../http/wire-up';
import { lookInto, whyNot } from './databases';
import { discreet, discreetError } from './discreet';
import { secretsOf } from './settings';

export interface OpenOptions {
  readonly settings: Settings;
  readonly env: Environment;
  /** A certificate (PEM) that a person chose to trust. */
  readonly trusted?: string;
  readonly version: string;
  readonly signal: AbortSignal;
  waiting?(ms: number, why: string): void;
  /** Another clock, for tests. */
  readonly clock?: Pick<HttpOptions, 'pause' | 'patience'>;
}

export interface OpenConnection {
  readonly connection: Connection;
  /** The server's address. */
  readonly base: string;
  /** Bytes of answers so far. */
  received(): number;
  close(): Promise<void>;
}

/** The server shows a certificate that is not trusted; a person may compare it and trust it. */
export class UntrustedError extends HttpError {
  /** The message, where the certificate itself is shown beside it. */
  readonly said: string;

  constructor(
    cause: HttpError,
    readonly shown: ShownCertificate,
  ) {
    super(
      'certificate',
      `${cause.message} It is of ${shown.subject || 'no name'}, by ${shown.issuer || 'no authority'}, SHA-256 ${shown.fingerprint}.`,
      cause.file,
    );
    this.name = 'UntrustedError';
    this.said = cause.message;
  }
}

/**
 * Says hello to a tracker.
 * @throws SettingsError, HttpError, UntrustedError; the signal's reason when aborted
 */
export function openConnection(tracker: Tracker, options: OpenOptions): Promise<OpenConnection> {
  return tracker.speaks === 'sql' ? openDatabase(tracker, options) : openServer(tracker, options);
}

async function openServer(tracker: HttpTracker, { settings, env, trusted, version, signal, waiting, clock }: OpenOptions): Promise<OpenConnection> {
  const access = tracker.access(settings);
  const http = httpClient({
    access,
    secrets: secretsOf(tracker, settings),
    parallel: tracker.parallel,
    env,
    agent: `diptych/${version}`,
    ...(trusted === undefined ? {} : { trusted }),
    ...(waiting && { waiting }),
    ...clock,
  });
  try {
    const { connect } = await tracker.load();
    return {
      connection: discreet(await connect(access, settings, http, signal), secretsOf(tracker, settings)),
      base: access.base,
      received: http.received,
      close: http.close,
    };
  } catch (error) {
    await http.close();
    throw await shownWith(discreetError(error, secretsOf(tracker, settings)), () => certificateOf(access.base));
  }
}

async function openDatabase(tracker: SqlTracker, { settings, trusted, signal, waiting }: OpenOptions): Promise<OpenConnection> {
  const access = tracker.access(settings);
  const { sqlClient } = await import('../sql/client');
  const sql = sqlClient({ access, parallel: tracker.parallel, ...(trusted === undefined ? {} : { trusted }), ...(waiting && { waiting }) });
  try {
    const { connect } = await tracker.load();
    return {
      connection: discreet(await connect(access, sql, signal), secretsOf(tracker, settings)),
      base: access.base,
      received: sql.received,
      close: sql.close,
    };
  } catch (error) {
    const why = error instanceof HttpError && error.code === 'bad-answer' ? await whyNotOf(tracker, access, sql, signal) : null;
    await sql.close();
    throw why ?? (await shownWith(error, async () => (await import('../sql/certificate')).databaseCertificate(access)));
  }
}

/** Where a certificate is not trusted, it is shown with the error. */
export async function shownWith(error: unknown, shownBy: () => Promise<ShownCertificate | null>): Promise<unknown> {
  if (!(error instanceof HttpError) || error.code !== 'certificate') return error;
  const shown = await shownBy();
  return shown ? new UntrustedError(error, shown) : error;
}

/** What the database is instead; null where that cannot be said. */
async function whyNotOf(tracker: SqlTracker, access: SqlAccess, sql: Sql, signal: AbortSignal): Promise<HttpError | null> {
  try {
    return whyNot(tracker, access, await lookInto(sql, signal));
  } catch (error) {
    if (error instanceof HttpError) return null;
    throw error;
  }
}
