// As much of Electron as the shell uses, without Electron: events are emitted by hand, what the shell asked for is kept.
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { MessageBoxOptions } from 'electron';
import type { ElectronApi } from '../../src/main/electron-api';

export interface FakeOptions {
  readonly isSecond?: boolean;
  readonly dialogPaths?: readonly string[];
  /** What every question is answered with, by the words of a button; the first of them when left out. */
  readonly answer?: string;
  /** Of `safeStorage`; null is a system without a keyring. */
  readonly keyring?: string | null;
  readonly screens?: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
  readonly fetch?: (url: string, options: { readonly method: string; readonly credentials: string; readonly redirect: string }) => Promise<Response>;
}

type Handler = (...args: unknown[]) => unknown;

export interface FakeItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  enabled?: boolean;
  readonly click?: () => void;
  readonly submenu?: readonly FakeItem[];
}

/** All entries below, submenus too. */
export const entriesOf = (menu: readonly FakeItem[]): FakeItem[] => menu.flatMap((item) => [item, ...entriesOf(item.submenu ?? [])]);

/** A fake with what tests look at; `api` is what the shell gets. */
export function fakeElectron(options: FakeOptions = {}) {
  const seen = {
    scheme: [] as unknown[],
    windows: [] as FakeWindow[],
    forks: [] as FakeChild[],
    opened: [] as string[],
    boxes: [] as MessageBoxOptions[],
    menu: [] as readonly FakeItem[],
    menusBuilt: 0,
    recent: [] as string[],
    fetched: [] as string[],
    switches: [] as string[],
    proxies: [] as string[],
    spelling: [] as boolean[],
    openDialogs: [] as { defaultPath?: string }[],
    quits: 0,
    sandboxed: false,
  };
  const handlers = new Map<string, Handler>();
  let ready: () => void = () => {};
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  let wasReady = false;
  let lastContents = 0;
  /** An event that can be refused. @returns whether it was */
  const emitRefusable = (emitter: EventEmitter, name: string): boolean => {
    let refused = false;
    emitter.emit(name, {
      preventDefault: () => {
        refused = true;
      },
    });
    return refused;
  };

  class FakeContents extends EventEmitter {
    readonly id = ++lastContents;
    openHandler: Handler = () => ({ action: 'allow' });
    readonly sent: { channel: string; ports: MessagePort[] }[] = [];
    readonly words: unknown[] = [];
    readonly did: string[] = [];
    setWindowOpenHandler(handler: Handler) {
      this.openHandler = handler;
    }
    postMessage(channel: string, _message: unknown, ports: MessagePort[]) {
      this.sent.push({ channel, ports });
    }
    send(_channel: string, word: unknown) {
      this.words.push(word);
    }
    reload() {
      this.did.push('reload');
      this.emit('did-finish-load');
    }
    forcefullyCrashRenderer() {
      this.did.push('crash');
      this.emit('render-process-gone', {}, { reason: 'killed' });
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
    shown = 0;
    constructor(
      readonly settings: {
        webPreferences: Record<string, unknown>;
        backgroundColor?: string;
        width?: number;
        height?: number;
        x?: number;
        y?: number;
      },
    ) {
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
    isDestroyed = () => this.destroyed;
    getNormalBounds = () => ({ x: 10, y: 20, width: 900, height: 700 });
    show() {
      this.shown++;
    }
    focus() {
      this.emit('focus');
    }
    /** As the person does it. */
    close() {
      if (!emitRefusable(this, 'close')) this.destroy();
    }
    destroy() {
      if (this.destroyed) return;
      this.destroyed = true;
      this.webContents.emit('destroyed');
      this.emit('closed');
      if (seen.windows.every((window) => window.destroyed)) app.emit('window-all-closed');
    }
  }
  class FakeChild extends EventEmitter {
    killed = false;
    readonly received: { message: { purpose: string; page: number | null }; port: MessagePort }[] = [];
    constructor(readonly file: string) {
      super();
      seen.forks.push(this);
    }
    postMessage(message: { purpose: string; page: number | null }, [port]: [MessagePort]) {
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
    getPath: (name: string) => `/home/user/${name}`,
    setPath: (name: string, path: string) => handlers.set(`path ${name}`, () => path),
    requestSingleInstanceLock: () => !options.isSecond,
    addRecentDocument: (path: string) => void seen.recent.push(path),
    clearRecentDocuments: () => void seen.recent.splice(0),
    showAboutPanel: () => {},
    commandLine: { appendSwitch: (...words: readonly string[]) => void seen.switches.push(words.join('=')) },
    enableSandbox() {
      seen.sandboxed = true;
    },
    isReady: () => wasReady,
    whenReady: () => isReady,
    quit() {
      if (emitRefusable(app, 'before-quit')) return;
      seen.quits++;
    },
  });
  const keep =
    (prefix = '') =>
    (name: string, handler: Handler) =>
      handlers.set(prefix + name, handler);
  const box = (...args: unknown[]) => {
    const question = args.at(-1) as MessageBoxOptions;
    seen.boxes.push(question);
    const response = options.answer === undefined ? 0 : (question.buttons?.indexOf(options.answer) ?? 0);
    if (response < 0) throw new Error(`there is no '${options.answer}' among ${question.buttons}`);
    return Promise.resolve({ response });
  };
  const fakeSession = (prefix: string) =>
    Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: (handler: Handler) => handlers.set(`${prefix}permission request`, handler),
      setPermissionCheckHandler: (handler: Handler) => handlers.set(`${prefix}permission check`, handler),
      webRequest: { onBeforeRequest: (handler: Handler) => handlers.set(`${prefix}request`, handler) },
      setSpellCheckerEnabled: (on: boolean) => void seen.spelling.push(on),
      setProxy: async ({ mode }: { mode: string }) => void seen.proxies.push(mode),
      fetch(url: string, how: Parameters<NonNullable<FakeOptions['fetch']>>[1]) {
        let refused = false;
        handlers.get(`${prefix}request`)?.({ url }, ({ cancel }: { cancel: boolean }) => {
          refused = cancel;
        });
        if (refused) return Promise.reject(new Error('net::ERR_BLOCKED_BY_CLIENT'));
        seen.fetched.push(`${how.method} ${url}`);
        return options.fetch?.(url, how) ?? Promise.reject(new Error('there is no network'));
      },
    });
  const defaultSession = fakeSession('');
  /** A partition comes into being, as on its first use. */
  const session = (name: string) => {
    const made = fakeSession(`${name} `);
    app.emit('session-created', made);
    return made;
  };
  const screens = (options.screens ?? [{ x: 0, y: 0, width: 1920, height: 1080 }]).map((workArea, id) => ({ id, workArea }));
  const menuOf = (items: readonly FakeItem[]) =>
    Object.assign([...items], { getMenuItemById: (id: string) => entriesOf(items).find((item) => item.id === id) ?? null });
  const api = {
    app,
    BrowserWindow: FakeWindow,
    dialog: {
      async showOpenDialog(...args: unknown[]) {
        seen.openDialogs.push(args.at(-1) as { defaultPath?: string });
        return { canceled: !options.dialogPaths, filePaths: [...(options.dialogPaths ?? [])] };
      },
      showMessageBox: box,
    },
    ipcMain: { on: keep('ipc '), handle: keep('ipc ') },
    Menu: {
      buildFromTemplate: menuOf,
      getApplicationMenu: () => (seen.menusBuilt > 0 ? seen.menu : null),
      setApplicationMenu: (menu: readonly FakeItem[]) => Object.assign(seen, { menu, menusBuilt: seen.menusBuilt + 1 }),
    },
    MessageChannelMain: MessageChannel,
    nativeTheme: { themeSource: 'system', shouldUseDarkColors: false },
    protocol: { registerSchemesAsPrivileged: (scheme: unknown[]) => Object.assign(seen, { scheme }), handle: keep('scheme ') },
    screen: { getAllDisplays: () => screens, getPrimaryDisplay: () => screens[0] },
    session: { defaultSession, fromPartition: session },
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
    session,
    nativeTheme: api.nativeTheme,
    handler: (name: string) => handlers.get(name) as Handler,
    async ready() {
      wasReady = true;
      ready();
      await settled();
    },
  };
}

/** What was begun in this turn has been done. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next));
};

export type FakeElectron = ReturnType<typeof fakeElectron>;
