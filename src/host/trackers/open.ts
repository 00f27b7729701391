// Opens a connection: the tracker's own part over an HTTP client of ours.
import { HttpError } from '../../core/source/http';
import type { Connection, Settings, Tracker } from '../../core/source/tracker';
import { certificateOf, type ShownCertificate } from '../http/certificate';
import { type HttpOptions, httpClient } from '../http/client';
import type { Environment } from '../http/wire-up';
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
  }
}

/**
 * Says hello to a tracker.
 * @throws SettingsError, HttpError, UntrustedError; the signal's reason when aborted
 */
export async function openConnection(tracker: Tracker, options: OpenOptions): Promise<OpenConnection> {
  const { settings, env, trusted, version, signal, waiting, clock } = options;
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
    return { connection: await connect(access, settings, http, signal), base: access.base, received: http.received, close: http.close };
  } catch (error) {
    await http.close();
    if (error instanceof HttpError && error.code === 'certificate') {
      const shown = await certificateOf(access.base);
      if (shown) throw new UntrustedError(error, shown);
    }
    throw error;
  }
}
