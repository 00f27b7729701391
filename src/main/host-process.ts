// The host as a process of its own: started on first need, started again after a crash, asked over the wire's second table.
import type { UtilityProcess, WebContents } from 'electron';
import { builtFile } from '../host/built-files';
import { channels } from '../wire/desktop';
import { isHostGone } from '../wire/errors';
import type { SourceRef } from '../wire/host-api';
import { overMessagePort, type PortLike } from '../wire/message-port';
import { createPeer, type Handlers, type Peer } from '../wire/peer';
import { hostProcessApi, type PortNote, shellApi } from '../wire/shell-api';
import type { ElectronApi } from './electron-api';

export interface HostProcess {
  /** Gives a page a port of its own, and another one whenever the host was started again. */
  connectPage(page: WebContents): void;
  /** Makes paths into sources. @param offerTo the page that imports them; null for the one opened last @throws WireError for what is not there */
  offer(paths: readonly string[], offerTo: WebContents | null): Promise<readonly SourceRef[]>;
  /** Makes a path into a source and tells nobody. @throws WireError for what is not there */
  admit(path: string): Promise<SourceRef | null>;
  takeBatch(id: number): Promise<Uint8Array<ArrayBuffer> | null>;
  end(): void;
}

interface Running {
  readonly child: UtilityProcess;
  readonly peer: Peer<typeof hostProcessApi>;
}

/** So often within `againWithinMs` it is started again unasked: what ends it may well be what it is given to read. */
const mostAgain = 3;
const againWithinMs = 60_000;

/** @param handlers what only the shell can do @param keepsEnding asks the person whether to start it once more */
export function createHostProcess(electron: ElectronApi, handlers: Handlers<typeof shellApi>, keepsEnding: () => Promise<boolean>): HostProcess {
  const { app, MessageChannelMain, utilityProcess } = electron;
  const pages = new Set<WebContents>();
  let ends: number[] = [];
  let running: Running | null = null;
  let isOver = false;

  const sendPort = (child: UtilityProcess, note: Omit<PortNote, 'version'>) => {
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ ...note, version: app.getVersion() } satisfies PortNote, [port1]);
    return port2;
  };
  const start = (): Running => {
    const file = builtFile('host.js');
    if (file === null) throw new Error('out/host.js is missing: build it with `npm run build`');
    const child = utilityProcess.fork(file, [], { serviceName: 'Diptych host', stdio: 'inherit' });
    const port = sendPort(child, { purpose: 'shell', page: null });
    const peer = createPeer(overMessagePort(port as unknown as PortLike), { api: shellApi, handlers }, hostProcessApi);
    child.once('exit', () => {
      // Calls that wait must fail, and the next one must find a new process.
      peer.close();
      if (running?.child !== child) return;
      running = null;
      if (!isOver && pages.size > 0) void startAgain();
    });
    return { child, peer };
  };
  const current = (): Running => {
    running ??= start();
    return running;
  };
  const sendPagePort = (page: WebContents): void => {
    page.postMessage(channels.port, null, [sendPort(current().child, { purpose: 'page', page: page.id })]);
  };
  const startAgain = async (): Promise<void> => {
    const now = Date.now();
    ends = [...ends.filter((at) => now - at < againWithinMs), now];
    if (ends.length > mostAgain) {
      if (!(await keepsEnding())) return;
      ends = [];
    }
    for (const page of pages) sendPagePort(page);
  };
  /** What a host that just ended did not answer, the next one is asked once more. */
  const admit = async (paths: readonly string[], offer: boolean, page: number | null): Promise<readonly SourceRef[]> => {
    const ask = () => current().peer.call('admit', { paths: [...paths], offer, page });
    return ask().catch((error: unknown) => {
      if (isOver || !isHostGone(error)) throw error;
      return ask();
    });
  };

  return {
    connectPage(page) {
      if (!pages.has(page)) {
        pages.add(page);
        page.once('destroyed', () => pages.delete(page));
      }
      sendPagePort(page);
    },
    offer: (paths, offerTo) => admit(paths, true, offerTo?.id ?? null),
    admit: async (path) => (await admit([path], false, null))[0] ?? null,
    takeBatch: (id) => current().peer.call('takeBatch', { id }),
    end() {
      isOver = true;
      running?.child.kill();
    },
  };
}
