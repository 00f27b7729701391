// How a page finds its host: the desktop's port, a socket to where it came from, or none.
import { MessageChannel } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import type { HostConnection } from '../../src/wire/client';
import { connectHost, type PageLike } from '../../src/wire/connect';
import { portMessage } from '../../src/wire/desktop';
import { hostApi, type SourceRef, wireVersion } from '../../src/wire/host-api';
import type { ImportChannel, ImportEvent } from '../../src/wire/imports';
import { overMessagePort, type PortLike } from '../../src/wire/message-port';
import { createPeer, type Handlers } from '../../src/wire/peer';

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

/** A bridge that can do nothing but ask for a port. */
const bridge = (requestPort: () => void): NonNullable<PageLike['diptych']> => ({
  platform: 'linux',
  sourceOf: async () => null,
  requestPort,
  tell: () => {},
  onWord: () => {},
  updates: {
    state: async () => ({ available: false, atStart: false }),
    setAtStart: async () => ({ available: false, atStart: false }),
    check: async () => ({ kind: 'not-asked' }),
  },
});

/** A host behind a port. @param app its name */
function hostAt(app: string, handlers: Handlers<typeof hostApi> = {}, sources: SourceRef[] = []) {
  const { port1, port2 } = new MessageChannel();
  const hello = () => ({ version: wireVersion, app, capabilities: [], sources });
  const peer = createPeer(overMessagePort(port1 as unknown as PortLike), { api: hostApi, handlers: { hello, ...handlers } }, {});
  return { peer, port: port2 as unknown as PortLike };
}

const source: SourceRef = { id: 'abc', label: 'runs', path: '/runs', kind: 'folder' };

test('on the desktop the port is asked for, and only the window’s own message is believed', async () => {
  const stranger = new MessageChannel();
  const host = hostAt('desktop');
  const { page, listeners } = pageFrom('app:', { status: 200, type: '' }, { diptych: bridge(() => tellPorts()) });
  const tellPorts = () => {
    const tell = (from: unknown, data: unknown, port: unknown) => {
      for (const listener of listeners) listener({ source: from, data, ports: [port as PortLike] });
    };
    tell({}, portMessage, stranger.port1);
    tell(page, 'something else', stranger.port1);
    tell(page, portMessage, host.port);
  };
  const connection = await connectHost(page);
  expect(connection?.hello.app).toBe('desktop');
  connection?.close();
  host.peer.close();
  stranger.port1.close();
});

test('another port means another host: what waits fails as lost, what comes later goes to the new one', async () => {
  const never = new Promise<never>(() => {});
  const first = hostAt('first', { startImport: () => never, sourceState: () => never });
  const second = hostAt('second', { startImport: () => ({ import: 3 }) }, [source]);
  let comes: (port: PortLike) => void = () => {};
  const { page, listeners } = pageFrom('app:', { status: 200, type: '' }, { diptych: bridge(() => comes(first.port)) });
  comes = (port) => {
    for (const listener of listeners) listener({ source: page, data: portMessage, ports: [port] });
  };
  const connection = (await connectHost(page)) as HostConnection;
  const told: string[] = [];
  connection.onRevived?.(() => told.push('revived'));
  connection.onSources((sources) => told.push(sources.map(({ label }) => label).join()));

  const events = async (channel: ImportChannel): Promise<ImportEvent[]> => {
    const seen: ImportEvent[] = [];
    for await (const event of channel.events) seen.push(event);
    return seen;
  };
  const reading = events(connection.startImport([source]));
  const asking = connection.call('sourceState', { source: 'abc' });
  comes(second.port);
  await expect(asking).rejects.toMatchObject({ code: 'closed' });
  expect(await reading).toMatchObject([{ kind: 'failed', lost: true }]);

  const again = events(connection.startImport([source]));
  await vi.waitFor(() => expect(connection.hello.app).toBe('second'));
  expect(told).toEqual(['runs', 'revived']);
  second.peer.notify({ kind: 'import', import: 3, event: { kind: 'done', runs: 1, points: 2, bytes: 3, ms: 4 } });
  expect(await again).toEqual([{ kind: 'done', runs: 1, points: 2, bytes: 3, ms: 4 }]);
  connection.close();
  first.peer.close();
  second.peer.close();
});
