// The host as a process of its own: started on first need, started again after a crash, asked over the wire's second table.
import type { UtilityProcess, WebContents } from 'electron';
import { builtFile } from '../host/built-files';
import { channels } from '../wire/desktop';
import type { SourceRef } from '../wire/host-api';
import { overMessagePort, type PortLike } from '../wire/message-port';
import { createPeer, type Handlers, type Peer } from '../wire/peer';
import { hostProcessApi, type PortPurpose, shellApi } from '../wire/shell-api';
import type { ElectronApi } from './electron-api';

export interface HostProcess {
  /** Gives a page a port of its own. */
  connectPage(page: WebContents): void;
  /** Makes paths into sources; with `offer` a page imports them. @throws WireError for what is not there */
  admit(paths: readonly string[], offer: boolean): Promise<readonly SourceRef[]>;
  takeBatch(id: number): Promise<Uint8Array<ArrayBuffer> | null>;
  end(): void;
}

interface Running {
  readonly child: UtilityProcess;
  readonly peer: Peer<typeof hostProcessApi>;
}

/** @param handlers what only the shell can do */
export function createHostProcess(electron: ElectronApi, handlers: Handlers<typeof shellApi>): HostProcess {
  const { app, MessageChannelMain, utilityProcess } = electron;
  let running: Running | null = null;

  const sendPort = (child: UtilityProcess, purpose: PortPurpose) => {
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ purpose, version: app.getVersion() }, [port1]);
    return port2;
  };
  const start = (): Running => {
    const file = builtFile('host.js');
    if (file === null) throw new Error('out/host.js is missing: build it with `npm run build`');
    const child = utilityProcess.fork(file, [], { serviceName: 'Diptych host', stdio: 'inherit' });
    const peer = createPeer(overMessagePort(sendPort(child, 'shell') as unknown as PortLike), { api: shellApi, handlers }, hostProcessApi);
    child.once('exit', () => {
      // Calls that wait must fail, and the next one must find a new process.
      peer.close();
      if (running?.child === child) running = null;
    });
    return { child, peer };
  };
  const current = (): Running => {
    running ??= start();
    return running;
  };

  return {
    connectPage: (page) => page.postMessage(channels.port, null, [sendPort(current().child, 'page')]),
    admit: (paths, offer) => current().peer.call('admit', { paths: [...paths], offer }),
    takeBatch: (id) => current().peer.call('takeBatch', { id }),
    end: () => running?.child.kill(),
  };
}
