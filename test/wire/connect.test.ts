// How a page finds its host: the desktop's port, a socket to where it came from, or none.
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { connectHost, type PageLike } from '../../src/wire/connect';
import { portMessage } from '../../src/wire/desktop';
import { hostApi, wireVersion } from '../../src/wire/host-api';
import { overMessagePort, type PortLike } from '../../src/wire/message-port';
import { createPeer } from '../../src/wire/peer';

type Listener = Parameters<PageLike['addEventListener']>[1];

/** A page that answers `about.json` as a server would. */
function pageFrom(protocol: string, about: { status: number; type: string } | null, more: Partial<PageLike> = {}) {
  const listeners = new Set<Listener>();
  const asked: string[] = [];
  const page: PageLike = {
    location: { protocol, host: 'somewhere' },
    WebSocket: class {
      constructor(url: string) {
        throw new Error(`socket to ${url}`);
      }
    } as unknown as PageLike['WebSocket'],
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    async fetch(url) {
      asked.push(url);
      if (!about) throw new TypeError('no network');
      return { ok: about.status === 200, status: about.status, headers: { get: () => about.type }, arrayBuffer: async () => new ArrayBuffer(2) };
    },
    ...more,
  };
  return { page, listeners, asked };
}

test.each([
  ['a plain web server that answers everything with its page', 'https:', { status: 200, type: 'text/html' }],
  ['a web server without the file', 'http:', { status: 404, type: 'text/plain' }],
  ['no network', 'http:', null],
  ['a file', 'file:', null],
])('%s is no host', async (_what, protocol, about) => {
  expect(await connectHost(pageFrom(protocol, about).page)).toBeNull();
});

test('our own server is reached by a socket on the same origin', async () => {
  const about = { status: 200, type: 'application/vnd.diptych+json' };
  await expect(connectHost(pageFrom('http:', about).page)).rejects.toThrow('socket to ws://somewhere/wire');
  await expect(connectHost(pageFrom('https:', about).page)).rejects.toThrow('socket to wss://somewhere/wire');
});

test('on the desktop the port is asked for, and only the window’s own message is believed', async () => {
  const { port1, port2 } = new MessageChannel();
  const stranger = new MessageChannel();
  const host = createPeer(
    overMessagePort(port1 as unknown as PortLike),
    { api: hostApi, handlers: { hello: () => ({ version: wireVersion, app: 'desktop', capabilities: [], sources: [] }) } },
    {},
  );
  const { page, listeners } = pageFrom(
    'app:',
    { status: 200, type: '' },
    {
      diptych: {
        platform: 'linux',
        sourceOf: async () => null,
        requestPort() {
          const tell = (source: unknown, data: unknown, port: unknown) => {
            for (const listener of listeners) listener({ source, data, ports: [port as PortLike] });
          };
          tell({}, portMessage, stranger.port1);
          tell(page, 'something else', stranger.port1);
          tell(page, portMessage, port2);
        },
      },
    },
  );
  const connection = await connectHost(page);
  expect(connection?.hello.app).toBe('desktop');
  expect(listeners.size).toBe(0);
  connection?.close();
  host.close();
  stranger.port1.close();
});
