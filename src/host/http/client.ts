// The HTTP of one connection: credentials to their own host only, bounded requests and answers, no redirect to elsewhere.
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { type Http, type HttpAnswer, HttpError, type HttpRequest, placeOf } from '../../core/source/http';
import type { Access } from '../../core/source/tracker';
import { withoutSecrets } from '../secrets/secrets';
import { type Failure, waitMs } from './retry';
import { troubleOfError, troubleOfStatus } from './trouble';
import { type Environment, type Patience, wireUp } from './wire-up';

const mostRedirects = 5;
const usualMostBytes = 64 * 1024 * 1024;
/** Of what a server says of its failure. */
const mostDetailBytes = 64 * 1024;

/** Headers that prove who asks, made for one question; sent to the host of `access.base` only. */
export type Sign = (url: URL) => Promise<Readonly<Record<string, string>>>;

export interface HttpOptions {
  readonly access: Access;
  /** Where no header that stays the same will do. */
  readonly sign?: Sign;
  /** Never to be seen in a message. */
  readonly secrets: readonly string[];
  /** Requests under way at once. */
  readonly parallel: number;
  readonly env: Environment;
  /** A certificate (PEM) that a person chose to trust. */
  readonly trusted?: string;
  readonly agent: string;
  /** Told while the server is given time. */
  waiting?(ms: number, why: string): void;
  /** How long a slow server is waited for; as long as busy ones take unless given. */
  readonly patience?: Patience;
  /** Waits; the platform's clock unless given. */
  pause?(ms: number, signal: AbortSignal): Promise<void>;
}

export interface HttpClient extends Http {
  /** Bytes of answers so far, unpacked. */
  readonly received: () => number;
  close(): Promise<void>;
}

export function httpClient(options: HttpOptions): HttpClient {
  let dispatcher: Promise<Dispatcher> | null = null;
  const wired = (): Promise<Dispatcher> => {
    dispatcher ??= wireUp(options.env, options.trusted ?? null, options.patience);
    return dispatcher;
  };
  const gate = new Gate(options.parallel);
  let received = 0;
  return {
    send: async (request, signal) => {
      const answer = await gate.through(async () => persist(request, options, await wired(), signal));
      received += answer.bytes.length;
      return answer;
    },
    received: () => received,
    close: async () => {
      if (dispatcher) await (await dispatcher).close();
    },
  };
}

/** Asks until there is an answer, or it should be given up. */
async function persist(request: HttpRequest, options: HttpOptions, dispatcher: Dispatcher, signal: AbortSignal): Promise<HttpAnswer> {
  for (let tries = 1; ; tries++) {
    const given = await attempt(request, options, dispatcher, signal);
    if ('bytes' in given) return given;
    const wait = waitMs(given, tries, Date.now());
    if (wait === null) throw given.error;
    options.waiting?.(wait, given.error.message);
    await (options.pause ?? pause)(wait, signal);
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal });

async function attempt(request: HttpRequest, options: HttpOptions, dispatcher: Dispatcher, signal: AbortSignal): Promise<HttpAnswer | Failure> {
  try {
    const answer = await follow(request, options, dispatcher, signal);
    const status = answer.statusCode;
    const header = (name: string): string | null => [answer.headers[name] ?? []].flat()[0] ?? null;
    if ((status >= 200 && status < 300) || request.also?.includes(status)) {
      const bytes = await bytesOf(answer, request.mostBytes ?? usualMostBytes, request.url, request.asStored);
      return { status, bytes, header };
    }
    const error = troubleOfStatus(status, request.url, await detailOf(answer, header('content-type'), options.secrets));
    return { error, status, retryAfter: header('retry-after') };
  } catch (error) {
    signal.throwIfAborted();
    const trouble = error instanceof HttpError ? error : troubleOfError(error, request.url);
    if (trouble === null || error instanceof HttpError) throw error;
    return { error: trouble, status: null, retryAfter: null };
  }
}

/** Follows redirects as long as they stay with the host. */
async function follow(request: HttpRequest, options: HttpOptions, dispatcher: Dispatcher, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const home = new URL(options.access.base);
  let url = new URL(request.url);
  if (!request.elsewhere && !isHome(url, home)) throw new Error(`${placeOf(request.url)} is not of the tracker's own host`);
  for (let redirects = 0; ; redirects++) {
    const credentials = !request.elsewhere && isHome(url, home) ? { ...options.access.headers, ...(await options.sign?.(url)) } : {};
    const answer = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method ?? 'GET',
      headers: { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': options.agent, ...request.headers, ...credentials },
      body: request.body ?? null,
      signal,
    });
    const location = answer.statusCode >= 300 && answer.statusCode < 400 ? [answer.headers.location ?? []].flat()[0] : undefined;
    if (location === undefined || request.also?.includes(answer.statusCode)) return answer;
    await answer.body.dump();
    const next = new URL(location, url);
    if (redirects >= mostRedirects) throw new HttpError('bad-answer', `${url.host} redirects without end.`, placeOf(request.url));
    if (next.origin !== url.origin && !isUpgrade(url, next))
      throw new HttpError(
        'redirected',
        `${url.host} sends us on to ${next.origin}, which was not asked.`,
        placeOf(request.url),
        `Connect to ${next.origin} itself, if you trust it.`,
      );
    url = next;
  }
}

/** The same host over TLS. */
const isUpgrade = (from: URL, to: URL): boolean => from.hostname === to.hostname && from.protocol === 'http:' && to.protocol === 'https:';

const isHome = (url: URL, home: URL): boolean => url.origin === home.origin || isUpgrade(home, url);

const unpackers: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body, unpacked. @throws HttpError `too-large` beyond the bound, and what the stream throws */
async function bytesOf({ body, headers }: Dispatcher.ResponseData, mostBytes: number, url: string, asStored = false): Promise<Uint8Array<ArrayBuffer>> {
  const unpack = asStored ? undefined : unpackers[String(headers['content-encoding'] ?? '').toLowerCase()];
  const stream: Readable = unpack ? unpacked(body, unpack()) : body;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream as AsyncIterable<Uint8Array>) {
    parts.push(part);
    length += part.length;
    if (length <= mostBytes) continue;
    body.destroy();
    throw new HttpError('too-large', `The server answered more than ${mostBytes} bytes.`, placeOf(url));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function unpacked(body: Readable, stream: NodeJS.ReadWriteStream & Readable): Readable {
  body.once('error', (error) => stream.destroy(error));
  stream.once('error', () => body.destroy());
  return body.pipe(stream);
}

/** What a server says of its failure: the message of its JSON or XML, or a plain text; never a page, never a secret. */
async function detailOf(answer: Dispatcher.ResponseData, type: string | null, secrets: readonly string[]): Promise<string | null> {
  let text: string;
  try {
    text = new TextDecoder().decode(await bytesOf(answer, mostDetailBytes, 'http://localhost'));
  } catch {
    return null;
  }
  const said = /json/i.test(type ?? '')
    ? messageOf(text)
    : /\/xml/i.test(type ?? '')
      ? messageOfXml(text)
      : /^text\/plain/i.test(type ?? '')
        ? text.trim()
        : null;
  return said ? withoutSecrets(said, secrets) : null;
}

function messageOf(text: string): string | null {
  try {
    const { message, error, detail, errors, msg, meta } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const first = Array.isArray(errors) ? (errors[0] as { readonly message?: unknown } | undefined)?.message : undefined;
    const result = (meta as { readonly result_msg?: unknown } | undefined)?.result_msg;
    return [message, error, detail, msg, first, result].find((one): one is string => typeof one === 'string' && one !== '') ?? null;
  } catch {
    return null;
  }
}

/** As services like S3 write it; where it is more than plain words it is left out. */
const messageOfXml = (text: string): string | null => /<Error>.*?<Message>([^<&]+)<\/Message>/s.exec(text)?.[1] ?? null;

/** Lets so many through at once, in the order in which they came. */
class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
