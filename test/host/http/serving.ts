// A server in this process that answers as a test says, and keeps what it was asked.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Serving {
  readonly url: string;
  readonly asked: readonly IncomingMessage[];
}

export type Answering = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export const certificate = readFileSync('test/host/http/tls/certificate.pem', 'utf8');

/** Ends with the test. `count` is 1 for the first request. */
export async function serving(answer: Answering, tls = false): Promise<Serving> {
  const asked: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(request);
    answer(request, response, asked.length);
  };
  const server: Server = tls ? createSecureServer({ cert: certificate, key: readFileSync('test/host/http/tls/key.pem') }, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export function json(response: ServerResponse, body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
