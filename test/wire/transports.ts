// Pairs of connected transports, for the contract tests: the same tests run over every pair.
import { MessageChannel } from 'node:worker_threads';
import WebSocketClient, { type WebSocket, WebSocketServer } from 'ws';
import { overMessagePort, type PortLike } from '../../src/wire/message-port';
import type { Transport } from '../../src/wire/transport';
import { overWebSocket, type SocketLike } from '../../src/wire/web-socket';

export interface Pair {
  readonly page: Transport;
  readonly host: Transport;
  end(): Promise<void>;
}

async function messagePorts(): Promise<Pair> {
  const { port1, port2 } = new MessageChannel();
  return {
    page: overMessagePort(port1 as unknown as PortLike),
    host: overMessagePort(port2 as unknown as PortLike),
    end: async () => {
      port1.close();
      port2.close();
    },
  };
}

async function webSockets(): Promise<Pair> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  const accepted = new Promise<WebSocket>((done) => server.once('connection', done));
  const client = new WebSocketClient(`ws://127.0.0.1:${port}`);
  const page = overWebSocket(client as unknown as SocketLike);
  const host = overWebSocket((await accepted) as unknown as SocketLike);
  return {
    page,
    host,
    end: async () => {
      client.terminate();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

export const pairs: readonly { readonly name: string; connect(): Promise<Pair> }[] = [
  { name: 'message port', connect: messagePorts },
  { name: 'web socket', connect: webSockets },
];
