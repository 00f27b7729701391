// A connection to a database as the client needs it, whichever driver is below.
import type { ConnectionOptions } from 'node:tls';
import type { SqlAccess, SqlRow } from '../../core/source/sql';

export interface Wire {
  /** "PostgreSQL 15.4". */
  readonly server: string;
  readonly isAlive: boolean;
  /** Opens a snapshot that may only be read. */
  begin(): Promise<void>;
  rows(text: string, parameters: readonly (string | number)[]): AsyncGenerator<readonly SqlRow[]>;
  /** The condition by which `information_schema.columns` holds the tables that a plain name means. */
  readonly ownSchema: string;
  /** Lets the snapshot go. */
  rollback(): Promise<void>;
  /** A question that ends what this connection asks, to be put over another one. */
  readonly cancelQuestion: string;
  end(): Promise<void>;
  /** Hangs up. */
  destroy(): void;
}

/** @param tls null for none @throws what the driver throws; an Error with code `NO_TLS` where the server speaks none */
export type Dial = (access: SqlAccess, tls: ConnectionOptions | null) => Promise<Wire>;

/** The server speaks no TLS. */
export class NoTlsError extends Error {
  readonly code = 'NO_TLS';
}

export const connectMs = 10_000;
/** A question that takes longer is ended by the server: others want to use it as well. */
export const questionMs = 300_000;
/** A server that says nothing for so long is gone: it would have ended the question before. */
export const silenceMs = questionMs + 30_000;
/** Rows of one group. */
export const groupRows = 2000;
