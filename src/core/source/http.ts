// What core asks of whoever can speak HTTP: one request, one bounded answer, and words for what goes wrong.

import { type HttpTrouble, SourceError } from './source';

export interface HttpRequest {
  /** Absolute, and of the tracker's own host unless `elsewhere`. */
  readonly url: string;
  /** Trackers are only ever read: POST is for questions that are too long for an address. */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** An address that the tracker itself signed, on another host (a bucket): it is asked without credentials. */
  readonly elsewhere?: boolean;
  /** Statuses besides 2xx that are answers and no trouble; a redirect among them is not followed. */
  readonly also?: readonly number[];
  /** Bytes of the answer; more is `too-large`. */
  readonly mostBytes?: number;
  /** The bytes as they lie there, packed or not: part of a file is asked for. */
  readonly asStored?: true;
}

export interface HttpAnswer {
  readonly status: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  header(name: string): string | null;
}

/**
 * Asks the servers of one connection. It adds the credentials, bounds how many questions are open at once, waits and asks again where the
 * server says so or fails in passing, and follows no redirect to another host.
 */
export interface Http {
  /** @throws HttpError when there is no answer to work with; the signal's reason when aborted */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
}

/** There was no answer to work with, of a server or of a database. Never holds a secret: the address is without its query. */
export class HttpError extends SourceError {
  /** @param place the address asked, without user, password, query and fragment */
  constructor(
    override readonly code: HttpTrouble | 'too-large',
    message: string,
    place: string,
    readonly tip?: string,
  ) {
    super(code, message, place);
    this.name = 'HttpError';
  }

  /** Asking for something else would fail as well: nothing more is asked. */
  get isFinal(): boolean {
    return ['unauthorised', 'unreachable', 'redirected', 'certificate', 'rate-limited'].includes(this.code);
  }
}

/** An address as it may be shown: without user, password, query and fragment. */
export function placeOf(url: string): string {
  const [address = url] = url.split(/[?#]/, 1);
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}
