// The one error that crosses the wire: what happened and what the user can do, in words to show.

export type WireErrorCode =
  | 'bad-message'
  | 'unknown-method'
  | 'unavailable'
  | 'unknown-id'
  | 'refused'
  | 'not-found'
  | 'no-browser'
  | 'print-failed'
  | 'version'
  | 'cancelled'
  | 'closed'
  | 'internal';

export class WireError extends Error {
  constructor(
    readonly code: WireErrorCode,
    message: string,
    readonly tip: string = '',
  ) {
    super(message);
    this.name = 'WireError';
  }
}

/** Any error as a wire error: a bug keeps its message and is called `internal`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof WireError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new WireError('internal', `Something went wrong: ${message}`, 'Try again; if it happens again, report it with what you did.');
}

/** Whether the host went away with what was asked of it: a batch that it no longer knows went with it, too. */
export const isHostGone = (error: unknown): boolean => error instanceof WireError && (error.code === 'closed' || error.code === 'unknown-id');
