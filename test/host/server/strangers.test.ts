// Whoever can reach the port, byte by byte: half requests, crafted heads, floods, frames of the wrong kind. The server stays up and gives nothing away.
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { mostConnections } from '../../../src/host/server/server';
import { ask, enter, type RunningServer, runningServer } from './running';

const patience = { headersMs: 400, requestMs: 800 };
let server: RunningServer;
let cookie: string;
beforeAll(async () => {
  server = await runningServer(patience);
  cookie = await enter(server);
});
afterAll(() => server.close());

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

interface Line {
  readonly socket: Socket;
  /** What came until now. */
  readonly said: () => string;
  /** The other end closed; all that it said. */
  readonly closed: Promise<string>;
}

function raw(text?: string | Uint8Array, port = server.port): Line {
  const socket = connect({ port, host: '127.0.0.1' });
  open.push(socket);
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1');
  });
  // A reset is one way to be refused.
  socket.on('error', () => {});
  if (text !== undefined) socket.write(text);
  return { socket, said: () => said, closed: new Promise((done) => socket.once('close', () => done(said))) };
}

const host = () => `Host: 127.0.0.1:${server.port}`;
const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const status = (answer: string) => answer.split('\r\n')[0];
const serves = async () => (await ask(server.port, '/', { cookie })).status;

describe('a request that never ends', () => {
  test.each<[string, () => string | undefined]>([
    ['says nothing at all', () => undefined],
    ['stops within its first line', () => 'GET / HT'],
    ['stops within its head', () => `GET / HTTP/1.1\r\n${host()}\r\nX-Slow: `],
    ['stops within its body', () => `${head('POST /hand-over HTTP/1.1', host(), 'Authorization: Bearer hand-over-secret', 'Content-Length: 100')}{"pa`],
  ])('is hung up on, and holds up nobody: it %s', async (_what, text) => {
    const line = raw(text());
    expect(await serves()).toBe(200);
    expect(status(await line.closed)).toMatch(/^(HTTP\/1.1 408 Request Timeout)?$/);
  });

  test('not even when a byte comes now and then', async () => {
    const line = raw(`GET / HTTP/1.1\r\n${host()}\r\nX-Slow: `);
    const drip = setInterval(() => line.socket.write('x'), 50);
    await line.closed;
    clearInterval(drip);
    expect(await serves()).toBe(200);
  });
});

describe('floods', () => {
  test('a head beyond 16 KB, and a body beyond 1 MB, are not read', async () => {
    expect(status(await raw(`GET / HTTP/1.1\r\n${host()}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`).closed)).toBe(
      'HTTP/1.1 431 Request Header Fields Too Large',
    );
    const body = 'x'.repeat(1024 * 1024 + 1);
    const { status: refused } = await ask(server.port, '/hand-over', { authorization: 'Bearer hand-over-secret' }, 'POST', body);
    expect(refused).toBe(400);
  });

  test('connections beyond a number are dropped, and free ones serve again', async () => {
    const lines = Array.from({ length: mostConnections + 40 }, () => raw());
    const ended = await Promise.all(lines.map(({ closed }) => closed));
    expect(ended.filter((text) => text === '').length).toBeGreaterThanOrEqual(40);
    expect(await serves()).toBe(200);
  });

  test('who hangs up in the middle of an upgrade does not end the server', async () => {
    for (let at = 0; at < 30; at++) {
      const line = raw(head('GET /wire HTTP/1.1', host(), 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13'));
      await new Promise((done) => line.socket.once('connect', done));
      line.socket.resetAndDestroy();
    }
    expect(await serves()).toBe(200);
  });
});

describe('crafted heads', () => {
  const names = [
    'evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '[::1',
    '127.0.0.1:x',
    '127.0.0.1 evil.example',
    'local host',
    '',
  ];
  test.each(names)('the name %j is none of ours', async (name) => {
    const answer = await raw(head('GET / HTTP/1.1', `Host: ${name}`, `Cookie: ${cookie}`, 'Connection: close')).closed;
    expect(status(answer)).toMatch(/ 40[03] /);
    expect(answer).not.toContain('the page');
  });

  test.each(['LOCALHOST', 'localhost', '127.0.0.1', '[::1]'])('the name %s is ours', async (name) => {
    const answer = await raw(head('GET /about.json HTTP/1.1', `Host: ${name}:${server.port}`, `Cookie: ${cookie}`, 'Connection: close')).closed;
    expect(status(answer)).toBe('HTTP/1.1 200 OK');
  });

  test.each<[string, () => string]>([
    ['no name at all', () => head('GET / HTTP/1.1', `Cookie: ${cookie}`)],
    ['no name, in an older protocol', () => head('GET / HTTP/1.0', `Cookie: ${cookie}`)],
    ['an address of elsewhere', () => head('GET http://evil.example/ HTTP/1.1', 'Host: evil.example', `Cookie: ${cookie}`, 'Connection: close')],
    ['two lengths', () => head('POST /hand-over HTTP/1.1', host(), 'Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['a tunnel', () => head('CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example:443')],
    ['no protocol', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc'],
    ['a null in the address', () => head('GET /\0 HTTP/1.1', host())],
  ])('%s gets nothing', async (_what, text) => {
    const answer = await raw(text()).closed;
    expect(answer).not.toContain('the page');
    expect(status(answer)).toMatch(/^(HTTP\/1.1 40[0-9] .*)?$/);
  });

  test.each(['HEAD', 'TRACE', 'PATCH', 'OPTIONS', 'PROPFIND', 'POST'])('%s brings no page', async (method) => {
    const answer = await raw(head(`${method} / HTTP/1.1`, host(), `Cookie: ${cookie}`, 'Connection: close')).closed;
    expect(answer).not.toContain('<title>the page');
    if (method !== 'HEAD') expect(status(answer)).toBe('HTTP/1.1 405 Method Not Allowed');
  });
});

test('every answer forbids framing, guessing of types, referrers and reading by other sites; none allows another origin', async () => {
  const batch = server.batches.add(new Uint8Array([1]));
  const asked: [number, string, Record<string, string>, string?][] = [
    [200, '/', { cookie }],
    [200, '/assets/a%20b.js', { cookie }],
    [200, '/about.json', { cookie }],
    [200, `/batch/${batch}`, { cookie }],
    [307, '/open?token=x', { host: `localhost:${server.port}` }],
    [401, '/', {}],
    [403, '/', { cookie, host: 'evil.example' }],
    [403, '/about.json', { cookie, origin: 'http://evil.example' }],
    [404, '/nothing', { cookie }],
    [405, '/', { cookie, origin: 'http://evil.example', 'access-control-request-method': 'POST' }, 'OPTIONS'],
  ];
  for (const [wanted, path, given, method] of asked) {
    const { status: got, headers } = await ask(server.port, path, given, method);
    expect([path, got]).toEqual([path, wanted]);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers.server ?? headers['x-powered-by']).toBeUndefined();
  }
});

test('it listens on the loopback address of version 4 only', async () => {
  const other = connect({ port: server.port, host: '::1' });
  const result = await new Promise((done) => {
    other.once('connect', () => done('connected'));
    other.once('error', (error: NodeJS.ErrnoException) => done(error.code));
  });
  other.destroy();
  expect(result).toMatch(/ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT|ENETUNREACH/);
});

test('a token of one server opens no other', async () => {
  const second = await runningServer();
  const { pathname, search } = new URL(second.address());
  expect((await ask(server.port, pathname + search)).status).toBe(401);
  expect((await ask(second.port, '/', { cookie })).status).toBe(401);
  await second.close();
});

describe('the web socket of who is in', () => {
  const wire = () => new WebSocket(`ws://127.0.0.1:${server.port}/wire`, { headers: { cookie, origin: server.origin } });
  const closeCode = (socket: WebSocket) => new Promise((done) => socket.once('close', done));

  test.each(['{', 'words', ''])('is closed on what is no JSON: %j', async (text) => {
    const socket = wire();
    socket.once('open', () => socket.send(text));
    expect(await closeCode(socket)).toBe(1003);
  });

  test('is closed on a message longer than any report, before it has come', async () => {
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    const line = raw(
      head(
        'GET /wire HTTP/1.1',
        host(),
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${key}`,
        'Sec-WebSocket-Version: 13',
        `Cookie: ${cookie}`,
        `Origin: ${server.origin}`,
      ),
    );
    await new Promise((done) => line.socket.once('data', done));
    expect(status(line.said())).toBe('HTTP/1.1 101 Switching Protocols');
    // A text frame of 65 MB, masked with zeros, of which nothing is sent.
    const frame = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    frame.writeBigUInt64BE(65n * 1024n * 1024n, 2);
    line.socket.write(frame);
    const answer = await line.closed;
    // A close frame with code 1009, "message too big".
    expect(Buffer.from(answer.split('\r\n\r\n')[1] as string, 'latin1').subarray(0, 4)).toEqual(Buffer.from([0x88, 2, 0x03, 0xf1]));
    expect(await serves()).toBe(200);
  });

  test('lives on after nonsense that is JSON', async () => {
    const socket = wire();
    await new Promise((done) => socket.once('open', done));
    for (const text of [
      'null',
      '[]',
      '{"event":1}',
      '{"reply":1,"ok":1}',
      '{"id":-1}',
      '[[[[[[]]]]]]',
      `"${'x'.repeat(1_000_000)}"`,
      '['.repeat(100_000) + ']'.repeat(100_000),
    ])
      socket.send(text);
    socket.send(JSON.stringify({ id: 5, method: 'hello', params: { version: 2 } }));
    expect(await new Promise((done) => socket.once('message', (data) => done(JSON.parse(String(data)))))).toMatchObject({ reply: 5, ok: { app: 'test' } });
    socket.close();
  });
});
