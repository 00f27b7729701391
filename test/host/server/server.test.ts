// Who gets in, who does not, and what can be asked for: the server against strangers, other sites and crafted addresses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ask, enter, type RunningServer, runningServer } from './running';

let server: RunningServer;
let cookie: string;
beforeAll(async () => {
  server = await runningServer();
  cookie = await enter(server);
});
afterAll(() => server.close());

const path = (address: string): string => new URL(address).pathname + new URL(address).search;

describe('the way in', () => {
  test('an address works once, and sets a cookie that scripts and other sites cannot use', async () => {
    const address = path(server.address());
    const first = await ask(server.port, address);
    expect(first.status).toBe(200);
    expect(String(first.headers['set-cookie'])).toMatch(/^diptych_\d+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/);
    const second = await ask(server.port, address);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('a spent address leads on for who is in already', async () => {
    const address = path(server.address());
    await ask(server.port, address);
    expect((await ask(server.port, address, { cookie })).status).toBe(200);
  });

  test.each(['/', '/index.html', '/assets/a%20b.js', '/about.json', '/batch/1', '/open?token=guess', '/open'])(
    '%s is refused without a session',
    async (url) => {
      expect((await ask(server.port, url)).status).toBe(401);
      expect((await ask(server.port, url, { cookie: `diptych_${server.port}=guess` })).status).toBe(401);
    },
  );
});

describe('what is served', () => {
  test('the page with its policy, and its files', async () => {
    const { status, headers, body } = await ask(server.port, '/', { cookie });
    expect([status, body]).toEqual([200, '<!doctype html><title>the page</title>']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; .*frame-ancestors 'none'$/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect((await ask(server.port, '/assets/a%20b.js', { cookie })).status).toBe(200);
  });

  test('a batch is given once', async () => {
    const id = server.batches.add(new Uint8Array([104, 105]));
    const { headers, body } = await ask(server.port, `/batch/${id}`, { cookie });
    expect([headers['content-type'], body]).toEqual(['application/octet-stream', 'hi']);
    expect((await ask(server.port, `/batch/${id}`, { cookie })).status).toBe(404);
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/%00',
    '/%zz',
    '/batch/-1',
    '/batch/9e9',
    '/assets/link.js',
    '/up/secret.txt',
    '/assets/',
    '/assets',
    '/index.html/',
    '/./index.html/..%00',
  ])('%s leads nowhere', async (url) => {
    const { status, body } = await ask(server.port, url, { cookie });
    expect(status).toBe(404);
    expect(body).not.toContain('not for the page');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await ask(server.port, '/', { cookie }, method)).status).toBe(405);
  });
});

describe('other sites', () => {
  test.each(['evil.example', 'evil.example:4747', '127.0.0.1.evil.example', 'localhost.evil.example'])(
    'a name that leads here by trickery is refused: %s',
    async (host) => {
      expect((await ask(server.port, '/', { cookie, host })).status).toBe(403);
    },
  );

  test('other loopback names lead to the one origin that the store belongs to', async () => {
    const { status, headers } = await ask(server.port, '/open?token=x', { host: `localhost:${server.port}` });
    expect([status, headers.location]).toEqual([307, `http://127.0.0.1:${server.port}/open?token=x`]);
  });

  test.each<Record<string, string>>([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('another site cannot use the session: %o', async (headers) => {
    const id = server.batches.add(new Uint8Array([1]));
    expect((await ask(server.port, `/batch/${id}`, { cookie, ...headers })).status).toBe(403);
    expect(server.batches.take(id)).not.toBeNull();
  });
});

describe('the web socket', () => {
  const open = (headers: Record<string, string>, at = '/wire') =>
    new Promise<string>((done) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${at}`, { headers });
      socket.on('open', () => {
        socket.close();
        done('open');
      });
      socket.on('unexpected-response', (_request, response) => done(String(response.statusCode)));
      socket.on('error', () => done('error'));
    });

  test('opens for our own page', async () => expect(await open({ cookie, origin: server.origin })).toBe('open'));
  test('not without the cookie', async () => expect(await open({ origin: server.origin })).toBe('403'));
  test('not from another site', async () => expect(await open({ cookie, origin: 'http://evil.example' })).toBe('403'));
  test('not without an origin', async () => expect(await open({ cookie })).toBe('403'));
  test('not elsewhere', async () => expect(await open({ cookie, origin: server.origin }, '/other')).toBe('403'));
});

describe('handing over', () => {
  const authorization = 'Bearer hand-over-secret';
  const handOver = (body: string, headers: Record<string, string> = { authorization }) => ask(server.port, '/hand-over', headers, 'POST', body);

  test('a second start gives its paths and gets an address', async () => {
    const { status, body } = await handOver(JSON.stringify({ paths: [server.folder] }));
    expect(status).toBe(200);
    expect((await ask(server.port, path((JSON.parse(body) as { address: string }).address))).status).toBe(200);
  });

  test('only who knows the secret, and no page', async () => {
    const body = JSON.stringify({ paths: [server.folder] });
    expect((await handOver(body, {})).status).toBe(403);
    expect((await handOver(body, { authorization: 'Bearer guess' })).status).toBe(403);
    expect((await handOver(body, { authorization, origin: server.origin })).status).toBe(403);
  });

  test.each(['', '{}', '{"paths":[1]}', '{"paths":["/nowhere/at/all"]}', 'x'.repeat(2 * 1024 * 1024)])('what makes no sense is refused', async (body) => {
    expect((await handOver(body)).status).toBe(400);
  });
});
