// How a page finds its host: through the desktop's port, else over a web socket to where it came from, else there is none.
import { connectOver, type FetchBatch, type HostConnection } from './client';
import { type DesktopBridge, portMessage } from './desktop';
import { WireError } from './errors';
import type { PortLike } from './message-port';
import { connectOverPorts } from './revive';
import { overWebSocket, type SocketLike } from './web-socket';

export type { DesktopBridge } from './desktop';

/** The part of a page that connecting needs; a test brings its own. */
export interface PageLike {
  readonly diptych?: DesktopBridge;
  readonly location: { readonly protocol: string; readonly host: string };
  readonly WebSocket: new (url: string) => SocketLike;
  addEventListener(type: 'message', listener: (event: PortEvent) => void): void;
  fetch(url: string, options?: { readonly cache?: 'no-store' }): Promise<ResponseLike>;
}

interface PortEvent {
  readonly data: unknown;
  readonly source: unknown;
  readonly ports: readonly PortLike[];
}

interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Where the host answers beside the page; relative, so that it is the same on every origin. */
export const paths = { batch: './batch/', socket: '/wire', about: './about.json' } as const;

/**
 * Connects to the host.
 * @returns null where there is none: the page came from a plain web server and reads dropped files itself
 * @throws WireError when there is a host but it cannot be talked to
 */
export async function connectHost(page: PageLike = globalThis as unknown as PageLike): Promise<HostConnection | null> {
  const fetchBatch: FetchBatch = async (id) => {
    const response = await page.fetch(`${paths.batch}${id}`, { cache: 'no-store' });
    if (!response.ok) throw new WireError('unknown-id', `The host has no batch ${id} any more (${response.status}).`, 'Import again.');
    return new Uint8Array(await response.arrayBuffer());
  };
  if (page.diptych) return connectOverPorts(portsOf(page, page.diptych), fetchBatch);
  if (page.location.protocol !== 'http:' && page.location.protocol !== 'https:') return null;
  if (!(await hasHost(page))) return null;
  const scheme = page.location.protocol === 'https:' ? 'wss:' : 'ws:';
  return connectOver(overWebSocket(new page.WebSocket(`${scheme}//${page.location.host}${paths.socket}`)), fetchBatch);
}

/** The first port is asked for; others come when the host was started again. */
const portsOf =
  (page: PageLike, bridge: DesktopBridge) =>
  (take: (port: PortLike) => void): void => {
    page.addEventListener('message', (event) => {
      const [port] = event.ports;
      if (event.source === page && event.data === portMessage && port) take(port);
    });
    bridge.requestPort();
  };

/** A plain web server answers with nothing or with its own page, but not with our kind of JSON. */
async function hasHost(page: PageLike): Promise<boolean> {
  try {
    const response = await page.fetch(paths.about, { cache: 'no-store' });
    return response.ok && (response.headers.get('content-type') ?? '').startsWith('application/vnd.diptych+json');
  } catch {
    return false;
  }
}
