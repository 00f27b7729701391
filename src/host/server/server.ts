// The local server: the page, its batches and its web socket, on the loopback address and for our own pages only.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { SourceRef } from '../../wire/host-api';
import { overWebSocket, type SocketLike } from '../../wire/web-socket';
import type { Batches } from '../batches';
import type { Sessions } from '../sessions';
import { fileAtAddress, type StaticFile } from '../static-files';
import { enterPage, strangerPage } from './pages';
import { contentSecurityPolicy, createGate, type Gate, hostIsLoopback, originIsOwn, permissionsPolicy, sameSecret, sealedPolicy } from './security';

const longestHandOver = 1024 * 1024;
/** A report of 48 MB and its envelope. */
const longestMessage = 64 * 1024 * 1024;
/** Half-sent requests hold a connection until the next check after `headersMs`: 128 of them shut everybody else out for that long. */
export const mostConnections = 128;
const patience: Patience = { headersMs: 10_000, requestMs: 30_000 };

/** How long a request may take to arrive. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
}

export interface ServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly batches: Batches;
  readonly sessions: Sessions;
  readonly version: string;
  /** Whoever knows it may hand over paths: a second start by the same user. */
  readonly secret: string;
  /** Left out but in tests. */
  readonly patience?: Patience;
  /** Takes paths that were handed over. @throws for a path that is not there */
  admit(paths: readonly string[]): readonly SourceRef[];
}

export interface RunningServer {
  readonly port: number;
  /** An address to open; works once, for ten minutes. */
  address(): string;
  close(): Promise<void>;
}

/** @throws Error with code EADDRINUSE when the port is taken */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { headersMs, requestMs } = options.patience ?? patience;
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    // Node looks every 30 s unless told, and until then a connection that says nothing stays.
    connectionsCheckingInterval: headersMs / 4,
    keepAliveTimeout: 5_000,
  });
  server.maxConnections = mostConnections;
  await listen(server, options.port);
  const { port } = server.address() as { port: number };
  const gate = createGate(port);
  const address = (): string => `http://127.0.0.1:${port}/open?token=${gate.mint()}`;
  const answer = routes(options, gate, address);
  server.on('request', (request, response) => {
    answer(request, response).catch(() => send(response, 500, 'text/plain', 'Something went wrong.\n'));
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: longestMessage });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A stranger who hangs up in the middle must not end the server.
    socket.on('error', () => socket.destroy());
    // A browser always names the origin of a web socket: without it nobody of ours is asking.
    const welcome = request.url === '/wire' && request.headers.origin !== undefined && hostIsLoopback(request) && originIsOwn(request) && gate.knows(request);
    if (!welcome) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => options.sessions.accept(overWebSocket(accepted as unknown as SocketLike)));
  });
  return {
    port,
    address,
    async close() {
      options.sessions.closeAll();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function routes(options: ServerOptions, gate: Gate, address: () => string): Answer {
  return async (request, response) => {
    const host = request.headers.host ?? '';
    if (!hostIsLoopback(request)) return send(response, 403, 'text/plain', 'This server answers to loopback names only.\n');
    const url = addressOf(request);
    if (url === null) return send(response, 400, 'text/plain', 'This is no address.\n');
    if (url.pathname === '/hand-over') return handOver(request, response, options, address);
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'Only reading is allowed.\n', { allow: 'GET, HEAD' });
    // One origin, one store: the other names of this machine lead to the same one.
    const canonical = host.replace(/^(localhost|\[::1\])/i, '127.0.0.1');
    if (canonical !== host && (url.pathname === '/' || url.pathname === '/open')) {
      return send(response, 307, 'text/plain', '', { location: `http://${canonical}${url.pathname}${url.search}` });
    }
    if (url.pathname === '/open') return enter(request, response, gate, url.searchParams.get('token') ?? '');
    if (!gate.knows(request)) return send(response, 401, 'text/html; charset=utf-8', strangerPage);
    // The user may come to the page itself from anywhere (a bookmark, a typed address); nothing else may be asked for from elsewhere.
    if (url.pathname !== '/' && !originIsOwn(request)) return send(response, 403, 'text/plain', 'Another site may not ask for this.\n');
    if (url.pathname === '/about.json') return send(response, 200, 'application/vnd.diptych+json', JSON.stringify({ version: options.version }));
    const batch = /^\/batch\/(\d{1,15})$/.exec(url.pathname);
    if (batch) return sendBatch(request, response, options.batches, Number(batch[1]));
    const file = fileAtAddress(options.files, url.pathname);
    if (!file) return send(response, 404, 'text/plain', 'There is nothing here.\n');
    const headers = { 'content-security-policy': contentSecurityPolicy, 'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store' };
    send(response, 200, file.type, request.method === 'HEAD' ? '' : file.read(), headers);
  };
}

/** The path and query asked for. Taken as they stand: as a relative address, `//name` would be another host. */
function addressOf(request: IncomingMessage): URL | null {
  try {
    return request.url?.startsWith('/') ? new URL(`http://127.0.0.1${request.url}`) : null;
  } catch {
    return null;
  }
}

function enter(request: IncomingMessage, response: ServerResponse, gate: Gate, token: string): void {
  const cookie = gate.redeem(token);
  // A spent address in a browser that is in already just leads on.
  if (cookie === null && !gate.knows(request)) send(response, 401, 'text/html; charset=utf-8', strangerPage);
  else send(response, 200, 'text/html; charset=utf-8', enterPage, cookie === null ? {} : { 'set-cookie': cookie });
}

function sendBatch(request: IncomingMessage, response: ServerResponse, batches: Batches, id: number): void {
  const bytes = request.method === 'GET' ? batches.take(id) : null;
  if (bytes === null) send(response, 404, 'text/plain', 'There is no such batch, or it was fetched already.\n');
  else send(response, 200, 'application/octet-stream', bytes);
}

/** A second start by the same user: takes its paths and gives it a fresh address. */
async function handOver(request: IncomingMessage, response: ServerResponse, options: ServerOptions, address: () => string): Promise<void> {
  const known = sameSecret(request.headers.authorization ?? '', `Bearer ${options.secret}`);
  if (request.method !== 'POST' || request.headers.origin !== undefined || !known) return send(response, 403, 'text/plain', 'No.\n');
  const text = await readText(request, longestHandOver);
  try {
    const { paths } = JSON.parse(text ?? '') as { paths: unknown };
    if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) throw new TypeError('paths is a list of texts');
    options.sessions.offer(options.admit(paths));
    send(response, 200, 'application/json', JSON.stringify({ address: address(), open: options.sessions.count > 0 }));
  } catch (error) {
    send(response, 400, 'application/json', JSON.stringify({ message: error instanceof Error ? error.message : String(error) }));
  }
}

/** The body as text, or null when it is longer than allowed. */
async function readText(request: IncomingMessage, most: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > most) return null;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': sealedPolicy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    ...headers,
  });
  response.end(body);
}
