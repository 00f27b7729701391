// Entry of the desktop's host process: gets its ports from the shell, serves the page, asks the shell for dialogs and printing.
import { homedir } from 'node:os';
import { overMessagePort, type PortLike } from '../wire/message-port';
import { createPeer, type Handlers, type Peer } from '../wire/peer';
import { hostProcessApi, type PortPurpose, shellApi } from '../wire/shell-api';
import { createBatches } from './batches';
import { userPaths } from './paths';
import { createPlaces } from './places';
import { sealedSecrets } from './secrets/sealed-file';
import { createSessions, type Sessions } from './sessions';

interface PortMessage {
  readonly data: { readonly purpose: PortPurpose; readonly version: string };
  readonly ports: readonly PortLike[];
}

/** The part of Electron's `process.parentPort` that is used; tests bring their own. */
export interface ParentPort {
  on(type: 'message', listener: (message: PortMessage) => void): unknown;
}

/** Serves whoever sends ports: first the shell's own, then one for each page. */
export function runHostProcess(parent: ParentPort, dataFolder: string = userPaths().data): void {
  let sessions: Sessions | null = null;
  const batches = createBatches();
  const places = createPlaces(dataFolder);

  const begin = (port: PortLike, version: string): void => {
    const handlers: Handlers<typeof hostProcessApi> = {
      admit({ paths, offer }) {
        const sources = [...places.admit(paths)];
        if (offer) sessions?.offer(sources);
        return sources;
      },
      takeBatch: ({ id }) => batches.take(id),
    };
    const shell: Peer<typeof shellApi> = createPeer(overMessagePort(port), { api: hostProcessApi, handlers }, shellApi);
    sessions = createSessions({
      app: version,
      places,
      batches,
      secrets: sealedSecrets(dataFolder, {
        protection: () => shell.call('secretProtection', null),
        seal: (text) => shell.call('seal', { text }),
        unseal: (bytes) => shell.call('unseal', { bytes }),
      }),
      shell: {
        browseFrom: homedir(),
        pick: (kind) => shell.call('pick', { kind }),
        printPdf: async (html, title, signal) => ({ bytes: await shell.call('printPdf', { html, title }, signal), note: null }),
        openExternal: async (url) => void (await shell.call('openExternal', { url })),
      },
    });
  };

  parent.on('message', ({ data, ports }) => {
    const [port] = ports;
    if (!port) return;
    if (data.purpose === 'shell') begin(port, data.version);
    else sessions?.accept(overMessagePort(port));
  });
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;
if (parentPort) runHostProcess(parentPort);
