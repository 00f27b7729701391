// What a bucket answers: lists, parts of objects, refusals; it checks signatures by itself, and keeps what it was asked.
import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

export interface Stored {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly modified: string;
  /** As it was when it was stored: the bytes are not those of its name. */
  readonly encoding?: string;
}

export interface Habits {
  readonly bucket?: string;
  /** Keys of a page. */
  readonly pageKeys?: number;
  readonly region?: string;
  /** Nobody is asked who they are. */
  readonly isPublic?: boolean;
  /** Answers in its place; true where it did. */
  before?(request: IncomingMessage, response: ServerResponse, count: number, what: string): boolean;
  /** Lists are told without `encoding-type` and tokens, as old services do. */
  readonly isOld?: boolean;
  readonly tls?: boolean;
  /** How long an answer takes. */
  readonly delayMs?: number;
}

export const keys = { id: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' } as const;

export interface Service {
  readonly objects: Map<string, Stored>;
  readonly log: string[];
  most(): number;
  answer(request: IncomingMessage, response: ServerResponse, count: number): void;
}

export function serviceOf(objects: Readonly<Record<string, string | Uint8Array>>, habits: Habits = {}): Service {
  const { bucket = 'runs', region = 'us-east-1' } = habits;
  const all = new Map(Object.entries(objects).map(([key, content]) => [key, stored(content)]));
  const log: string[] = [];
  let open = 0;
  let most = 0;
  const answer: Service['answer'] = (request, response, count) => {
    most = Math.max(most, ++open);
    response.once('close', () => open--);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = request.url?.split('?')[0] ?? '/';
    const key = decodeURIComponent(path).slice(bucket.length + 2);
    const what =
      key === ''
        ? `LIST ${url.searchParams.get('continuation-token') ?? url.searchParams.get('start-after') ?? ''}`
        : `GET ${key} ${request.headers.range?.slice(6) ?? ''}`;
    log.push(what.trim());
    const say = (): void => {
      if (habits.before?.(request, response, count, what)) return;
      const wrong = habits.isPublic ? null : wrongSignature(request, region);
      if (decodeURIComponent(path).split('/')[1] !== bucket) refuse(response, 404, 'NoSuchBucket', 'The specified bucket does not exist');
      else if (wrong) refuse(response, wrong.status, wrong.code, wrong.message, wrong.extra);
      else if (key === '') list(url, all, habits, response);
      else hand(request, all.get(key), response);
    };
    if (habits.delayMs) setTimeout(say, habits.delayMs);
    else say();
  };
  return { objects: all, log, most: () => most, answer };
}

export function stored(content: string | Uint8Array, modified = '2026-11-02T10:00:00.000Z'): Stored {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { bytes, etag: `"${createHash('md5').update(bytes).digest('hex')}"`, modified };
}

/** Every file below a folder, by its path. */
export function filesBelow(folder: string): Readonly<Record<string, Uint8Array>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map(({ parentPath, name }) => [join(parentPath, name).slice(folder.length + 1), readFileSync(join(parentPath, name))]));
}

export function refuse(response: ServerResponse, status: number, code: string, message: string, extra = ''): boolean {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${extra}<RequestId>4442587FB7D0A2F9</RequestId></Error>`,
    );
  return true;
}

function list(url: URL, objects: ReadonlyMap<string, Stored>, { pageKeys = 1000, isOld }: Habits, response: ServerResponse): void {
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = (isOld ? null : url.searchParams.get('continuation-token')) ?? url.searchParams.get('start-after') ?? '';
  const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const found = [...objects.keys()].filter((key) => key.startsWith(prefix) && byBytes(key, after) > 0).sort(byBytes);
  const page = found.slice(0, pageKeys);
  const written = (text: string): string => (isOld ? text : encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+'));
  const contents = page.map((key) => {
    const { bytes, etag, modified } = objects.get(key) as Stored;
    return `<Contents><Key>${written(key)}</Key><LastModified>${modified}</LastModified><ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${bytes.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const more = found.length > page.length;
  const token = more && !isOld ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>runs</Name>${isOld ? '' : '<EncodingType>url</EncodingType>'}<IsTruncated>${more}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`,
    );
}

function hand(request: IncomingMessage, object: Stored | undefined, response: ServerResponse): boolean {
  if (!object) return refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.');
  const { 'if-match': match, range } = request.headers;
  if (match !== undefined && match !== object.etag)
    return refuse(response, 412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const part = object.bytes.subarray(Number(from), Number(to) + 1);
  response
    .writeHead(206, {
      etag: object.etag,
      'content-range': `bytes ${from}-${to}/${object.bytes.length}`,
      ...(object.encoding && { 'content-encoding': object.encoding }),
    })
    .end(part);
  return true;
}

/** Signature Version 4 by the words of its description, from the request as it came over the wire. */
function wrongSignature(request: IncomingMessage, region: string): { status: number; code: string; message: string; extra?: string } | null {
  const { authorization = '', host = '' } = request.headers;
  if (authorization === '') return { status: 403, code: 'AccessDenied', message: 'Access Denied' };
  const [, id, day, scope, signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(authorization) ?? [];
  if (id !== keys.id) return { status: 403, code: 'InvalidAccessKeyId', message: `The AWS Access Key Id ${id} you provided does not exist in our records.` };
  if (scope !== region)
    return {
      status: 400,
      code: 'AuthorizationHeaderMalformed',
      message: `the region '${scope}' is wrong; expecting '${region}'`,
      extra: `<Region>${region}</Region>`,
    };
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const headers = signed.split(';').map((name) => `${name}:${name === 'host' ? host : String(request.headers[name]).trim()}\n`);
  const sortedQuery = query.split('&').filter(Boolean).sort().join('&');
  const canonical = [request.method, path, sortedQuery, headers.join(''), signed, request.headers['x-amz-content-sha256']].join('\n');
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secret}`, day as string), region), 's3'), 'aws4_request');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, hash(canonical)].join('\n');
  if (hmac(key, toSign).toString('hex') === signature) return null;
  return { status: 403, code: 'SignatureDoesNotMatch', message: 'The request signature we calculated does not match the signature you provided.' };
}
