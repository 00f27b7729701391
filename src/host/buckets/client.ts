// Asks one bucket: signed questions, its region found out, refusals as errors, and nothing more once it has failed for good.
import { type HttpAnswer, HttpError, type HttpRequest } from '../../core/source/http';
import { SourceError } from '../../core/source/source';
import { type HttpClient, httpClient } from '../http/client';
import type { Environment } from '../http/wire-up';
import { withoutSecrets } from '../secrets/secrets';
import { addressText } from './address';
import { type ListedObject, type ListPage, listPage, refusalOf } from './answers';
import { type BucketAccess, isRegion, secretsIn } from './settings';
import { signerOf } from './sign';
import { troubleOf } from './trouble';

export interface Wiring {
  readonly env: Environment;
  readonly version: string;
  /** A certificate (PEM) that a person chose to trust. */
  readonly trusted?: string;
  waiting?(ms: number, why: string): void;
  /** Waits; the platform's clock unless given. */
  pause?(ms: number, signal: AbortSignal): Promise<void>;
}

/** Requests under way at once. */
const parallel = 16;
/** The most that a service lists at once. */
const pageObjects = 1000;
const mostPageBytes = 32 * 1024 * 1024;
/** Refusals come in place of a part of an object that may be shorter. */
const mostRefusalBytes = 64 * 1024;
/** From the region that was guessed to the one that was named, and once more. */
const mostMoves = 2;
/** Answers that are told in this service's own words. Failures that pass are the HTTP client's. */
const refusals = [301, 307, 308, 400, 401, 403, 404, 405, 409, 412, 416];
const elsewhere: ReadonlySet<number> = new Set([301, 307, 308, 400, 403]);
/** Trouble with one object; after any other nothing more is asked. */
const ofOneObject: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'bad-answer', 'too-large']);
/** Where so many objects were refused and none was handed out, the rest would be refused as well. */
const mostRefused = 8;

const noPage = 'Is the endpoint that of the service, and not of its web page?';

interface Door {
  /** `https://host`, with the bucket where it belongs to the path. */
  readonly base: string;
  readonly http: HttpClient;
}

export class BucketClient {
  #region: string;
  #door: Door;
  #failed: HttpError | null = null;
  /** Objects refused before the first that was not. */
  #refused: number | null = 0;
  readonly #left: HttpClient[] = [];

  constructor(
    readonly access: BucketAccess,
    private readonly wiring: Wiring,
  ) {
    this.#region = access.region;
    this.#door = this.#open();
  }

  /** Why nothing more can be had, once that is so. */
  get failed(): HttpError | null {
    return this.#failed;
  }

  /** For people, and for comparing a certificate. */
  get origin(): string {
    return new URL(this.#door.base).origin;
  }

  /**
   * The next page of keys that begin with a prefix, in the order of their bytes.
   * @param from the token of the page before, or the key that it ended with
   * @throws HttpError; the signal's reason when aborted
   */
  async list(prefix: string, from: { readonly token: string } | { readonly after: string } | null, signal: AbortSignal): Promise<ListPage> {
    const query: (readonly [string, string])[] = [
      ['encoding-type', 'url'],
      ['list-type', '2'],
      ['max-keys', String(pageObjects)],
      ...(prefix === '' ? [] : [['prefix', prefix] as const]),
      ...(from === null ? [] : ['token' in from ? (['continuation-token', from.token] as const) : (['start-after', from.after] as const)]),
    ];
    const search = query.map(([name, value]) => `${name}=${escaped(value)}`).join('&');
    return this.#counted(async () => {
      const { bytes } = await this.#ask(`/?${search}`, null, { mostBytes: mostPageBytes }, signal);
      const page = await listPage(bytes);
      if (!page) {
        const message = `${new URL(this.#door.base).host} does not answer as an S3-compatible service does.`;
        throw new HttpError('bad-answer', message, addressText(this.access.address), noPage);
      }
      return page;
    });
  }

  /**
   * The bytes [from, to) of an object.
   * @throws SourceError `missing-file` or `locked` where it is gone or written anew since it was listed; HttpError
   */
  async read({ key, etag, size }: ListedObject, from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
    const headers = { range: `bytes=${from}-${to - 1}`, 'accept-encoding': 'identity', ...(etag === null ? {} : { 'if-match': etag }) };
    const place = `s3://${this.access.address.bucket}/${key}`;
    return this.#counted(async () => {
      const most = Math.max(to - from, mostRefusalBytes);
      const answer = await this.#ask(`/${key.split('/').map(escaped).join('/')}`, key, { headers, mostBytes: most, asStored: true }, signal).catch((error) => {
        if (error instanceof HttpError && error.code === 'too-large')
          throw new HttpError('bad-answer', `${new URL(this.#door.base).host} hands out whole objects only, and this one is large.`, place);
        throw error;
      });
      const found = answer.header('etag');
      if (etag !== null && found !== null && found !== etag) throw new SourceError('locked', `${key} was written anew while it was read.`, key);
      // A page to sign in at comes as an object that is whole.
      if (answer.status === 200 && answer.bytes.length !== size && found === null)
        throw new HttpError('bad-answer', `${new URL(this.#door.base).host} answers with something else than ${place}.`, place, noPage);
      const bytes = answer.status === 206 ? answer.bytes : answer.bytes.subarray(from, to);
      if (bytes.length !== to - from) throw new SourceError('locked', `${key} is shorter than it was listed.`, key);
      this.#refused = null;
      return bytes;
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#door.http, ...this.#left].map((http) => http.close()));
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    if (this.#failed) throw this.#failed;
    try {
      return await work();
    } catch (error) {
      if (error instanceof HttpError && (!ofOneObject.has(error.code) || this.#areAllRefused())) this.#failed ??= error;
      throw error;
    }
  }

  #areAllRefused(): boolean {
    return this.#refused !== null && ++this.#refused >= mostRefused;
  }

  async #ask(path: string, key: string | null, how: Partial<HttpRequest>, signal: AbortSignal): Promise<HttpAnswer> {
    for (let moves = 0; ; moves++) {
      const region = this.#region;
      const { base, http } = this.#door;
      const answer = await http.send({ ...how, url: `${base}${path}`, also: refusals }, signal);
      const { status } = answer;
      if (status < 300) return answer;
      if (key !== null && (status === 412 || status === 416)) throw new SourceError('locked', `${key} was written anew while it was read.`, key);
      const refusal = await refusalOf(answer.bytes);
      const named = answer.header('x-amz-bucket-region') ?? refusal?.region ?? null;
      if (elsewhere.has(status) && named !== null && named !== region && isRegion(named) && moves < mostMoves) {
        this.#move(region, named);
        continue;
      }
      if (key !== null && status === 404 && refusal?.code !== 'NoSuchBucket') throw new SourceError('missing-file', `${key} is not there any more.`, key);
      throw troubleOf({ host: new URL(base).host, status, refusal, access: this.access, key }, this.#hide);
    }
  }

  /** Several questions may come back with the same answer: the first of them moves. */
  #move(from: string, to: string): void {
    if (this.#region !== from) return;
    this.#region = to;
    if (this.access.endpoint !== null) return;
    this.#left.push(this.#door.http);
    this.#door = this.#open();
  }

  #open(): Door {
    const { access, wiring } = this;
    const base = baseOfBucket(access, this.#region);
    const http = httpClient({
      access: { base, headers: {} },
      secrets: secretsIn(access),
      parallel,
      env: wiring.env,
      agent: `diptych/${wiring.version}`,
      ...(access.keys && { sign: signerOf(access.keys, () => this.#region) }),
      ...(wiring.trusted === undefined ? {} : { trusted: wiring.trusted }),
      ...(wiring.waiting && { waiting: wiring.waiting }),
      ...(wiring.pause && { pause: wiring.pause }),
    });
    return { base, http };
  }

  readonly #hide = (said: string): string => withoutSecrets(said, secretsIn(this.access));
}

/** Names that are no label of a host, and services of one's own, have the bucket in the path. */
function baseOfBucket({ address: { bucket }, endpoint }: BucketAccess, region: string): string {
  if (endpoint !== null) return `${endpoint}/${escaped(bucket)}`;
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket) ? `https://${bucket}.${host}` : `https://${host}/${escaped(bucket)}`;
}

/** As RFC 3986 escapes, which is what is signed. */
const escaped = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
