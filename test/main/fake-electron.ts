// As much of Electron as the shell uses, without Electron: events are emitted by hand, what the shell asked for is kept.
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { ElectronApi } from '../../src/main/electron-api';

export interface FakeOptions {
  readonly isSecond?: boolean;
  readonly dialogPaths?: readonly string[];
  readonly dialogResponse?: number;
  /** Of `safeStorage`; none at all is a system without a keyring. */
  readonly keyring?: string | null;
}

type Handler = (...args: unknown[]) => unknown;

/** A fake with what tests look at; `api` is what the shell gets. */
export function fakeElectron(options: FakeOptions = {}) {
  const seen = {
    scheme: [] as unknown[],
    windows: [] as FakeWindow[],
    forks: [] as FakeChild[],
    opened: [] as string[],
    boxes: [] as string[],
    menu: [] as { label?: string; submenu?: { label?: string; click?: () => void }[] }[],
    quits: 0,
    sandboxed: false,
  };
  const handlers = new Map<string, Handler>();
  let ready: () => void = () => {};
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  let wasReady = false;

  class FakeContents extends EventEmitter {
    openHandler: Handler = () => ({ action: 'allow' });
    readonly sent: { channel: string; ports: MessagePort[] }[] = [];
    setWindowOpenHandler(handler: Handler) {
      this.openHandler = handler;
    }
    postMessage(channel: string, _message: unknown, ports: MessagePort[]) {
      this.sent.push({ channel, ports });
    }
    async printToPDF(settings: unknown) {
      return new TextEncoder().encode(JSON.stringify(settings));
    }
  }
  class FakeWindow extends EventEmitter {
    readonly webContents = new FakeContents();
    url = '';
    file = '';
    maximized = false;
    destroyed = false;
    constructor(readonly settings: { webPreferences: Record<string, unknown>; width?: number; x?: number }) {
      super();
      seen.windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(url: string) {
      this.url = url;
    }
    async loadFile(file: string) {
      this.file = file;
    }
    maximize() {
      this.maximized = true;
    }
    isMaximized = () => this.maximized;
    isMinimized = () => false;
    getNormalBounds = () => ({ x: 10, y: 20, width: 900, height: 700 });
    show() {}
    focus() {}
    destroy() {
      this.destroyed = true;
    }
  }
  class FakeChild extends EventEmitter {
    killed = false;
    readonly received: { message: { purpose: string }; port: MessagePort }[] = [];
    constructor(readonly file: string) {
      super();
      seen.forks.push(this);
    }
    postMessage(message: { purpose: string }, [port]: [MessagePort]) {
      this.received.push({ message, port });
      this.emit('port', message.purpose);
    }
    kill() {
      this.killed = true;
      this.emit('exit', 0);
    }
  }
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    name: 'Diptych',
    getVersion: () => '1.2.3',
    setPath: (name: string, path: string) => handlers.set(`path ${name}`, () => path),
    requestSingleInstanceLock: () => !options.isSecond,
    enableSandbox() {
      seen.sandboxed = true;
    },
    isReady: () => wasReady,
    whenReady: () => isReady,
    quit() {
      seen.quits++;
    },
  });
  const fakeSession = (prefix: string) =>
    Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: (handler: Handler) => handlers.set(`${prefix}permission request`, handler),
      setPermissionCheckHandler: (handler: Handler) => handlers.set(`${prefix}permission check`, handler),
      webRequest: { onBeforeRequest: (handler: Handler) => handlers.set(`${prefix}request`, handler) },
    });
  const defaultSession = fakeSession('');
  const keep =
    (prefix = '') =>
    (name: string, handler: Handler) =>
      handlers.set(prefix + name, handler);
  const api = {
    app,
    BrowserWindow: FakeWindow,
    dialog: {
      showOpenDialog: async () => ({ canceled: !options.dialogPaths, filePaths: [...(options.dialogPaths ?? [])] }),
      showMessageBox: async () => ({ response: options.dialogResponse ?? 0 }),
      showErrorBox: (_title: string, text: string) => seen.boxes.push(text),
    },
    ipcMain: { on: keep('ipc '), handle: keep('ipc ') },
    Menu: { buildFromTemplate: (template: typeof seen.menu) => template, setApplicationMenu: (menu: typeof seen.menu) => Object.assign(seen, { menu }) },
    MessageChannelMain: MessageChannel,
    protocol: { registerSchemesAsPrivileged: (scheme: unknown[]) => Object.assign(seen, { scheme }), handle: keep('scheme ') },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession },
    // Reversed is sealed enough to tell sealed from plain.
    safeStorage: {
      isAsyncEncryptionAvailable: async () => options.keyring !== null,
      getSelectedStorageBackend: () => options.keyring ?? 'gnome_libsecret',
      encryptStringAsync: async (text: string) => Buffer.from(`sealed:${text}`).reverse(),
      async decryptStringAsync(bytes: Buffer) {
        const text = Buffer.from(bytes).reverse().toString();
        if (!text.startsWith('sealed:')) throw new Error(`cannot read ${text}`);
        return { result: text.slice('sealed:'.length), shouldReEncrypt: false };
      },
    },
    shell: { openExternal: async (url: string) => void seen.opened.push(url) },
    utilityProcess: { fork: (file: string) => new FakeChild(file) },
  };
  return {
    api: api as unknown as ElectronApi,
    app,
    seen: Object.assign(seen, { session: defaultSession }),
    /** Another partition comes into being, as on its first use. */
    session(name: string) {
      const made = fakeSession(`${name} `);
      app.emit('session-created', made);
      return made;
    },
    handler: (name: string) => handlers.get(name) as Handler,
    async ready() {
      wasReady = true;
      ready();
      await new Promise((next) => setImmediate(next));
    },
  };
}

export type FakeElectron = ReturnType<typeof fakeElectron>;
