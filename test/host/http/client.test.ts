import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { HttpError } from '../../../src/core/source/http';
import { certificateOf } from '../../../src/host/http/certificate';
import { type HttpOptions, httpClient } from '../../../src/host/http/client';
import { certificate, json, serving } from './serving';

const never = new AbortController().signal;

function clientOf(base: string, more: Partial<HttpOptions> = {}) {
  const waits: number[] = [];
  const options: HttpOptions = {
    access: { base, headers: { authorization: 'Bearer t0p-secret' } },
    secrets: ['t0p-secret'],
    parallel: 4,
    env: {},
    agent: 'diptych/test',
    pause: async (ms) => void waits.push(ms),
    ...more,
  };
  return { ...httpClient(options), waits };
}

async function failure(work: Promise<unknown>): Promise<HttpError> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(HttpError);
  return error as HttpError;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('the token goes to the tracker, and a signed address elsewhere is asked without it', async () => {
  const bucket = await serving((_, response) => response.end('content'));
  const tracker = await serving((_, response) => response.end('ok'));
  const { send } = clientOf(tracker.url);
  expect(text((await send({ url: `${tracker.url}/api` }, never)).bytes)).toBe('ok');
  expect(text((await send({ url: `${bucket.url}/file?signature=1`, elsewhere: true }, never)).bytes)).toBe('content');
  expect(tracker.asked[0]?.headers.authorization).toBe('Bearer t0p-secret');
  expect(bucket.asked[0]?.headers.authorization).toBeUndefined();
  await expect(send({ url: `${bucket.url}/x` }, never)).rejects.toThrow("not of the tracker's own host");
});

test('a redirect to another host is refused before it is asked anything, one to the same host is followed', async () => {
  const other = await serving((_, response) => response.end('stolen'));
  const tracker = await serving((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: `${other.url}/here` }).end();
    else if (request.url === '/loop') response.writeHead(307, { location: '/loop' }).end();
    else if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
    else response.end('new');
  });
  const { send } = clientOf(tracker.url);
  const { code, message, tip } = await failure(send({ url: `${tracker.url}/away` }, never));
  expect(code).toBe('redirected');
  expect(`${message} ${tip}`).toContain(other.url);
  expect(other.asked).toEqual([]);
  expect(text((await send({ url: `${tracker.url}/old` }, never)).bytes)).toBe('new');
  expect((await failure(send({ url: `${tracker.url}/loop` }, never))).message).toContain('without end');
});

test.each([
  [401, 'unauthorised', 1],
  [403, 'forbidden', 1],
  [404, 'not-found', 1],
  [400, 'bad-answer', 1],
  [429, 'rate-limited', 5],
  [500, 'server-error', 5],
  [503, 'server-error', 5],
] as const)('status %i is %s after %i tries, in words of the server and without the token', async (status, code, tries) => {
  const tracker = await serving((_, response) => json(response, { error_code: 'X', message: 'token t0p-secret is not welcome' }, status));
  const error = await failure(clientOf(tracker.url).send({ url: `${tracker.url}/api/runs?token=t0p-secret` }, never));
  expect(error.code).toBe(code);
  expect(error.message).toContain('is not welcome');
  expect(`${error.message} ${error.file}`).not.toContain('t0p-secret');
  expect(error.file).toBe(`${tracker.url}/api/runs`);
  expect(tracker.asked.length).toBe(tries);
});

test('waits as long as the server says, by seconds or date, and gives up where that is too long', async () => {
  const after = [() => '2', () => new Date(Date.now() + 5000).toUTCString(), () => '999999'];
  const tracker = await serving((_, response, count) => {
    const wait = after[count - 1]?.();
    if (wait === undefined) response.end('ok');
    else json(response, {}, 429, { 'retry-after': wait });
  });
  const { send, waits } = clientOf(tracker.url);
  expect((await failure(send({ url: `${tracker.url}/` }, never))).code).toBe('rate-limited');
  expect(waits[0]).toBe(2000);
  expect(waits[1]).toBeGreaterThan(3000);
  expect(waits[1]).toBeLessThanOrEqual(5000);
  expect(waits.length).toBe(2);
  expect(text((await send({ url: `${tracker.url}/` }, never)).bytes)).toBe('ok');
});

test('a failure that passes is asked again, and told while it is waited for', async () => {
  const told: string[] = [];
  const tracker = await serving((request, response, count) => {
    if (count === 1) json(response, {}, 502);
    else if (count === 2) request.socket.destroy();
    else response.end('well again');
  });
  const { send, waits } = clientOf(tracker.url, { waiting: (ms, why) => void told.push(`${ms}: ${why}`) });
  expect(text((await send({ url: `${tracker.url}/` }, never)).bytes)).toBe('well again');
  expect(waits).toEqual([500, 1000]);
  expect(told[0]).toContain('502');
});

test('an answer that is cut in the middle is no answer', async () => {
  const tracker = await serving((_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half of it');
    setTimeout(() => response.destroy(), 20);
  });
  const { send, waits } = clientOf(tracker.url);
  expect((await failure(send({ url: `${tracker.url}/` }, never))).code).toBe('cut-off');
  expect(waits).toEqual([500, 1000, 2000, 4000]);
});

test('nobody there, and no such host', async () => {
  const { send } = clientOf('http://127.0.0.1:9');
  const { code, message } = await failure(send({ url: 'http://127.0.0.1:9/x' }, never));
  expect(code).toBe('unreachable');
  expect(message).toContain('nothing listens there');
  expect((await failure(clientOf('http://no-such-host.invalid').send({ url: 'http://no-such-host.invalid/' }, never))).code).toBe('unreachable');
});

test('answers are unpacked and bounded, before and after unpacking', async () => {
  const bomb = gzipSync(Buffer.alloc(4_000_000));
  const tracker = await serving((request, response) => {
    if (request.url === '/plain') response.end(Buffer.alloc(200_000));
    else response.writeHead(200, { 'content-encoding': 'gzip' }).end(request.url === '/bomb' ? bomb : gzipSync('packed'));
  });
  const { send } = clientOf(tracker.url);
  expect(text((await send({ url: `${tracker.url}/` }, never)).bytes)).toBe('packed');
  for (const path of ['/plain', '/bomb']) expect((await failure(send({ url: `${tracker.url}${path}`, mostBytes: 100_000 }, never))).code).toBe('too-large');
});

test('a certificate that nobody vouches for is refused until it is trusted, whatever its name', async () => {
  const tracker = await serving((_, response) => response.end('secured'), true);
  expect((await failure(clientOf(tracker.url).send({ url: `${tracker.url}/` }, never))).code).toBe('certificate');
  expect(tracker.asked).toEqual([]);
  const shown = await certificateOf(tracker.url);
  expect(shown?.subject).toBe('tracker.test, Diptych tests');
  expect(shown?.pem.replace(/\s/g, '')).toBe(certificate.replace(/\s/g, ''));
  const { send } = clientOf(tracker.url, { trusted: shown?.pem ?? '' });
  expect(text((await send({ url: `${tracker.url}/` }, never)).bytes)).toBe('secured');
});

test('at most so many requests are under way at once', async () => {
  let under = 0;
  let most = 0;
  const tracker = await serving((_, response) => {
    most = Math.max(most, ++under);
    setTimeout(() => {
      under--;
      response.end('ok');
    }, 10);
  });
  const { send } = clientOf(tracker.url, { parallel: 3 });
  await Promise.all(Array.from({ length: 12 }, () => send({ url: `${tracker.url}/` }, never)));
  expect(most).toBe(3);
});

test('a cancel ends a wait and a request at once', async () => {
  const tracker = await serving(() => {});
  const controller = new AbortController();
  const { send } = clientOf(tracker.url);
  const sent = send({ url: `${tracker.url}/` }, controller.signal);
  setTimeout(() => controller.abort(new Error('cancelled')), 20);
  await expect(sent).rejects.toThrow('cancelled');
});

test('the proxy of the environment is asked, save for hosts that need none', async () => {
  const proxy = await serving((_, response) => response.end('by proxy'));
  const tracker = await serving((_, response) => response.end('direct'));
  const env = { http_proxy: proxy.url, no_proxy: 'inside.test' };
  const { send } = clientOf('http://outside.test', { env });
  expect(text((await send({ url: 'http://outside.test/x' }, never)).bytes)).toBe('by proxy');
  expect(text((await clientOf(tracker.url, { env }).send({ url: `${tracker.url}/x` }, never)).bytes)).toBe('direct');
});
