// A connection that outlives its host: the desktop sends a new port when the host had to be started again, and what waits goes on over that.
import { connectOver, type FetchBatch, type HostConnection } from './client';
import { WireError } from './errors';
import type { SourceRef } from './host-api';
import type { ImportChannel } from './imports';
import { overMessagePort, type PortLike } from './message-port';

/** How long a call waits for a new host; then there is none to be had. */
const waitMs = 15_000;

/**
 * Connects over the first port, and anew over each that follows.
 * @param onPort calls back with every port that comes
 * @throws WireError `version` when page and host are of different versions
 */
export function connectOverPorts(onPort: (take: (port: PortLike) => void) => void, fetchBatch: FetchBatch): Promise<HostConnection> {
  const onSources = new Set<Parameters<HostConnection['onSources']>[0]>();
  const onRevived = new Set<() => void>();
  let latest: HostConnection | null = null;
  /** Null while there is no host. */
  let live: HostConnection | null = null;
  const waiting: (() => void)[] = [];

  const current = async (): Promise<HostConnection> => {
    if (live) return live;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, waitMs);
      waiting.push(() => {
        clearTimeout(timer);
        done();
      });
    });
    if (!live) throw new WireError('closed', 'The part of Diptych that reads files is not running.', 'Reload the page to start it again.');
    return live;
  };

  const facade = (first: HostConnection): HostConnection => ({
    get hello() {
      return (latest ?? first).hello;
    },
    call: async (method, params, signal) => (await current()).call(method, params, signal),
    startImport: (sources, options) =>
      later(
        current().then((connection) => connection.startImport(sources, options)),
        fetchBatch,
      ),
    printPdf: async (html, title, signal) => (await current()).printPdf(html, title, signal),
    onSources(listener) {
      onSources.add(listener);
      return () => onSources.delete(listener);
    },
    onRevived: (listener) => void onRevived.add(listener),
    onClose: first.onClose,
    close: () => live?.close(),
  });

  const connect = async (port: PortLike): Promise<HostConnection> => {
    // Another port means another host: what still waits for the old one waits in vain.
    latest?.close();
    const connection = await connectOver(overMessagePort(port), fetchBatch);
    const isFirst = latest === null;
    latest = connection;
    live = connection;
    connection.onClose(() => {
      if (live === connection) live = null;
    });
    const tell = (sources: readonly SourceRef[]): void => {
      for (const listener of onSources) listener(sources);
    };
    connection.onSources(tell);
    for (const go of waiting.splice(0)) go();
    if (isFirst) return connection;
    if (connection.hello.sources.length > 0) tell(connection.hello.sources);
    for (const listener of onRevived) listener();
    return connection;
  };

  return new Promise((resolve, reject) => {
    onPort((port) => {
      connect(port).then((connection) => resolve(facade(connection)), reject);
    });
  });
}

/** A channel whose import starts when there is a host for it. */
function later(starting: Promise<ImportChannel>, fetchBatch: FetchBatch): ImportChannel {
  let cancelled = false;
  let channel: ImportChannel | null = null;
  async function* events(): ImportChannel['events'] extends AsyncIterable<infer Event> ? AsyncGenerator<Event> : never {
    try {
      channel = await starting;
    } catch (error) {
      const { message, tip } = error as WireError;
      yield { kind: 'failed', message, tip };
      return;
    }
    if (cancelled) channel.cancel();
    yield* channel.events;
  }
  return {
    events: events(),
    fetchBatch,
    cancel() {
      cancelled = true;
      channel?.cancel();
    },
  };
}
