// Electron 9 under the names that the shell knows from today's.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as real from 'electron';
import type { ElectronApi } from '../../../src/main/electron-api';
import { pageChannels } from './page-channels';
import { MessageChannelMain, type Port } from './ports';
import { utilityProcess } from './utility-process';

/** Electron as it was then has other types than those that are installed. */
type Old = Record<string, (...args: unknown[]) => unknown>;
const { app, ipcMain, protocol } = real as unknown as { app: Electron.App & Old; ipcMain: Electron.IpcMain; protocol: Old };

/** Protocol handlers that answer with a `Response`. */
function handle(
  scheme: string,
  answer: (request: { url: string; method: string }) => Promise<{ body: string | Uint8Array; status: number; headers: object }>,
): void {
  const answerOld = (request: { url: string; method: string }, respond: (response: unknown) => void): void => {
    answer(request)
      .then(({ body, status, headers }) => respond({ statusCode: status, headers, data: Buffer.from(body as string) }))
      .catch((error) => respond({ error: -2, statusCode: 500, data: Buffer.from(String(error)) }));
  };
  (protocol.registerBufferProtocol as (scheme: string, handler: typeof answerOld) => unknown)(scheme, answerOld);
}

// --- ports of pages ------------------------------------------------------------

const ports = new Map<number, Port>();
let lastPort = 0;
ipcMain.on(pageChannels.message, (_event, id: number, message: unknown) => ports.get(id)?.postMessage(message));

app.on('web-contents-created', (_event, contents) => {
  const onContents = contents.on.bind(contents) as (type: string, listener: (...args: unknown[]) => void) => unknown;
  Object.assign(contents, {
    /** The address stood beside the event, not in it. */
    on: (type: string, listener: (...args: unknown[]) => void) =>
      onContents(type, type === 'will-navigate' ? (event, url, ...more) => listener(Object.assign(event as object, { url }), url, ...more) : listener),
    postMessage(channel: string, _message: unknown, [port]: readonly Port[]) {
      const id = ++lastPort;
      if (!port) return;
      ports.set(id, port);
      contents.send(channel, id);
      port.giveAway((message) => {
        if (!contents.isDestroyed()) contents.send(pageChannels.message, id, message);
      });
    },
    setWindowOpenHandler(decide: (details: { url: string }) => { action: string }) {
      (contents as unknown as Electron.App).on('new-window' as 'activate', (event: Electron.Event, url: unknown) => {
        if (decide({ url: String(url) }).action === 'deny') event.preventDefault();
      });
    },
  });
});

/** `senderFrame` beside `sender`. */
const withFrame =
  (listener: (event: never, ...args: unknown[]) => unknown) =>
  (event: { sender: Electron.WebContents }, ...args: unknown[]) =>
    listener(Object.assign(event, { senderFrame: { url: event.sender.getURL() } }) as never, ...args);

// --- one instance -----------------------------------------------------------------

/** What a second instance passes on goes through a file: then there were only its words. */
const passedFile = (): string => join(app.getPath('userData'), 'passed.json');
const lock = app.requestSingleInstanceLock.bind(app) as () => boolean;
const oldOn = app.on.bind(app) as (type: string, listener: (...args: unknown[]) => void) => unknown;
Object.assign(app, {
  requestSingleInstanceLock(passed: unknown) {
    const before = (() => {
      try {
        return readFileSync(passedFile(), 'utf8');
      } catch {
        return '';
      }
    })();
    writeFileSync(passedFile(), JSON.stringify(passed));
    const first = lock();
    if (first) writeFileSync(passedFile(), before);
    return first;
  },
  on: (type: string, listener: (...args: unknown[]) => void) =>
    oldOn(type, type === 'second-instance' ? (event, words, cwd) => listener(event, words, cwd, JSON.parse(readFileSync(passedFile(), 'utf8'))) : listener),
});

// Chromium's sandbox does not start for root. Windows still ask for theirs, and keep the walls that are not the system's.
if (process.getuid?.() === 0) Object.assign(app, { enableSandbox() {} });

export const electron = {
  BrowserWindow: real.BrowserWindow,
  dialog: real.dialog,
  Menu: real.Menu,
  // It had none.
  safeStorage: { isAsyncEncryptionAvailable: async () => false },
  shell: real.shell,
  // Parts of Electron become real on first use, which for some must be after the program is ready.
  get screen() {
    return real.screen;
  },
  get session() {
    return real.session;
  },
  app,
  ipcMain: {
    on: (channel: string, listener: never) => ipcMain.on(channel, withFrame(listener) as never),
    handle: (channel: string, listener: never) => ipcMain.handle(channel, withFrame(listener) as never),
  },
  protocol: Object.assign(protocol, { handle }),
  MessageChannelMain,
  utilityProcess,
} as unknown as ElectronApi;
