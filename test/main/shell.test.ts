// The shell over a fake Electron: what it forbids, what it hands the page, and that nothing the system asks to open is lost.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startShell } from '../../src/main/shell';
import { loadWindowState, saveWindowState } from '../../src/main/window-state';
import { channels } from '../../src/wire/desktop';
import { overMessagePort, type PortLike } from '../../src/wire/message-port';
import { createPeer, type Peer } from '../../src/wire/peer';
import { hostProcessApi, shellApi } from '../../src/wire/shell-api';
import { type FakeElectron, type FakeOptions, fakeElectron } from './fake-electron';

const built = vi.hoisted(() => ({ folder: '' }));
vi.mock('../../src/host/built-files', () => ({ builtFile: (name: string) => `${built.folder}/${name}` }));

const closing: (() => void)[] = [];
const words = process.argv;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-shell-'));
  built.folder = folder;
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), 'the page');
  process.env.DIPTYCH_HOME = join(folder, 'home');
  process.argv = ['diptych'];
});
afterEach(() => {
  process.argv = words;
  for (const close of closing.splice(0)) close();
});

interface Started extends FakeElectron {
  readonly admitted: { paths: string[]; offer: boolean }[];
  /** The host process's end of the wire to the shell. */
  host(): Peer<typeof shellApi>;
}

function start(options: FakeOptions = {}): Started {
  const fake = fakeElectron(options);
  const admitted: Started['admitted'] = [];
  startShell(fake.api);
  const peers = new Map<unknown, Peer<typeof shellApi>>();
  const host = () => {
    const child = fake.seen.forks.at(-1);
    const first = child?.received.find(({ message }) => message.purpose === 'shell');
    if (!first) throw new Error('there is no host process yet');
    const known = peers.get(child);
    if (known) return known;
    const handlers = {
      admit: (params: { paths: string[]; offer: boolean }) => {
        admitted.push(params);
        return params.paths.map((path) => ({ id: 'abc', label: path, path, kind: 'folder' as const }));
      },
      takeBatch: ({ id }: { id: number }) => (id === 1 ? new Uint8Array([104, 105]) : null),
    };
    const peer = createPeer(overMessagePort(first.port as unknown as PortLike), { api: hostProcessApi, handlers }, shellApi);
    peers.set(child, peer);
    closing.push(peer.close, () => child?.kill());
    return peer;
  };
  return { ...fake, admitted, host };
}

const fromPage = (url = 'app://diptych/') => ({ senderFrame: { url }, sender: { postMessage: () => {} } });
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 2000, interval: 5 });

test('the page is sandboxed, isolated and without Node, and its scheme has a storage of its own', async () => {
  const { seen, ready } = start();
  expect(seen.sandboxed).toBe(true);
  expect(seen.scheme).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  expect(JSON.stringify(seen.scheme)).not.toContain('bypassCSP');
  await ready();
  expect(seen.windows[0]?.settings.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  });
  const unsafe = [
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'navigateOnDragDrop',
  ];
  for (const { settings } of seen.windows) for (const name of unsafe) expect(settings.webPreferences).not.toHaveProperty(name);
  expect(seen.windows[0]?.url).toBe('app://diptych/');
});

test('no permission but two harmless ones, and those for our own page only', async () => {
  const { handler, ready } = start();
  await ready();
  const granted: unknown[] = [];
  for (const page of ['app://diptych/', 'https://evil.example/', 'app://diptych.evil/', 'app://me@diptych/', undefined])
    for (const permission of ['media', 'geolocation', 'notifications', 'fileSystem', 'openExternal', 'clipboard-read', 'persistent-storage']) {
      handler('permission request')({}, permission, (yes: boolean) => yes && granted.push([permission, page]), { requestingUrl: page });
      if (handler('permission check')({}, permission, page)) granted.push([permission, page]);
    }
  expect(granted).toEqual(Array(2).fill(['persistent-storage', 'app://diptych/']));
});

/** Whether a listener prevented what an event told of. */
function prevented(emitter: { emit(event: string, ...args: unknown[]): unknown } | undefined, name: string, details: object = {}, ...args: unknown[]): boolean {
  let stopped = false;
  emitter?.emit(name, { ...details, preventDefault: () => (stopped = true) }, ...args);
  return stopped;
}

test('navigation, redirects, frames, new windows and webviews are refused; a reload is not', async () => {
  const { seen, ready } = start();
  await ready();
  const contents = seen.windows[0]?.webContents;
  expect(contents?.openHandler({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  for (const url of ['https://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'app://diptych/assets/x.svg', 'app://evil/'])
    expect([url, prevented(contents, 'will-navigate', { url })]).toEqual([url, true]);
  for (const url of ['app://diptych/', 'app://diptych/#/run/x']) expect(prevented(contents, 'will-navigate', { url })).toBe(false);
  expect(prevented(contents, 'will-frame-navigate', { isMainFrame: false, url: 'app://diptych/' })).toBe(true);
  expect(prevented(contents, 'will-redirect', { url: 'app://diptych/' })).toBe(true);
  expect(prevented(contents, 'will-attach-webview')).toBe(true);
});

test('nothing is fetched from elsewhere, and only what the page made is saved', async () => {
  const { handler, seen, ready, session } = start();
  await ready();
  const asks = (name: string, url: string): boolean => {
    let passed = false;
    handler(name)({ url }, ({ cancel }: { cancel: boolean }) => {
      passed = !cancel;
    });
    return passed;
  };
  const urls = [
    'app://diptych/',
    'blob:app://diptych/1',
    'data:,x',
    'devtools://devtools/x',
    'https://example.org/',
    'http://127.0.0.1/',
    'ws://x/',
    'ftp://x/',
    'file:///etc/passwd',
    '',
  ];
  expect(urls.filter((url) => asks('request', url))).toEqual(urls.slice(0, 4));
  const other = session('print');
  expect(urls.filter((url) => asks('print request', url))).toEqual(['data:,x', 'file:///etc/passwd']);
  expect(handler('print permission check')({}, 'media', 'app://diptych/')).toBe(false);
  const item = (url: string) => ({ getURL: () => url });
  for (const from of [seen.session, other]) {
    expect(prevented(from, 'will-download', {}, item('blob:app://diptych/9f'))).toBe(false);
    for (const url of ['https://example.org/a.exe', 'data:text/html,x', 'blob:https://example.org/1', 'app://diptych/assets/x.js'])
      expect([url, prevented(from, 'will-download', {}, item(url))]).toEqual([url, true]);
  }
});

test('wrong certificates, requests for certificates and for passwords are refused', async () => {
  const { app, ready } = start();
  await ready();
  const answers: unknown[] = [];
  expect(prevented(app, 'certificate-error', {}, {}, 'https://example.org', 'net::ERR_CERT_INVALID', {}, (trusted: boolean) => answers.push(trusted))).toBe(
    true,
  );
  expect(answers).toEqual([false]);
  expect(prevented(app, 'select-client-certificate')).toBe(true);
  expect(prevented(app, 'login')).toBe(true);
});

test('no address out of a run is opened, whatever the host is made to ask', async () => {
  const { handler, host, seen, ready } = start();
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage());
  for (const url of [
    'https://example.org/',
    'http://github.com/',
    'https://github.com@evil.example/',
    'https://me:pw@github.com/',
    'https://github.com:8443/',
    'https://github.com.evil.example/',
    'https://gıthub.com/',
    'javascript:alert(1)//https://github.com/',
    'file:///etc/passwd',
    'ms-msdt:/id',
    'smb://github.com/share',
  ])
    await expect(host().call('openExternal', { url })).rejects.toMatchObject({ code: 'refused' });
  expect(seen.opened).toEqual([]);
});

test('the scheme serves the page under its policy, batches once, and nothing else', async () => {
  const { handler, host, ready } = start();
  await ready();
  const get = (url: string, method = 'GET') => handler('scheme app')({ url, method }) as Promise<Response>;
  const page = await get('app://diptych/');
  expect([page.status, await page.text()]).toEqual([200, 'the page']);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
  const batch = get('app://diptych/batch/1');
  await eventually(() => host());
  expect(await (await batch).text()).toBe('hi');
  expect((await get('app://diptych/batch/2')).status).toBe(404);
  for (const url of ['app://other/', 'app://diptych/../home', 'app://diptych/%2e%2e/home', 'app://diptych/%zz']) expect((await get(url)).status).toBe(404);
  expect((await get('app://diptych/', 'POST')).status).toBe(404);
});

test('only our own page gets a port or a source', async () => {
  const { handler, host, seen, ready, admitted } = start();
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage('https://evil.example/'));
  expect(await handler(`ipc ${channels.sourceOf}`)(fromPage('https://evil.example/'), '/data')).toBeNull();
  const frames = [{ url: 'app://diptych/', parent: {} }, { url: 'app://diptych.evil/' }, { url: 'app://me@diptych/' }, { url: 'file:///app://diptych/' }, null];
  for (const senderFrame of frames) {
    handler(`ipc ${channels.requestPort}`)({ ...fromPage(), senderFrame });
    expect(await handler(`ipc ${channels.sourceOf}`)({ ...fromPage(), senderFrame }, '/data')).toBeNull();
  }
  handler(`ipc ${channels.requestPort}`)(fromPage(), { more: 1 });
  for (const path of [7, null, '', ['/data'], 'x'.repeat(5000), '/data\0', { toString: () => '/data' }]) {
    expect(await handler(`ipc ${channels.sourceOf}`)(fromPage(), path)).toBeNull();
  }
  expect(seen.forks).toEqual([]);
  handler(`ipc ${channels.requestPort}`)(fromPage());
  expect(seen.forks[0]?.received.map(({ message }) => message.purpose)).toEqual(['shell', 'page']);
  const asked = handler(`ipc ${channels.sourceOf}`)(fromPage(), '/data/runs');
  host();
  expect(await asked).toMatchObject({ id: 'abc', path: '/data/runs' });
  expect(admitted).toEqual([{ paths: ['/data/runs'], offer: false }]);
});

test('what the system asks to open comes through: command line, second start, file opened early or late', async () => {
  process.argv = ['diptych', '--enable-logging', 'runs'];
  const { app, host, ready, admitted } = start();
  const prevent = { preventDefault: () => {} };
  app.emit('open-file', prevent, '/early');
  await ready();
  host();
  await eventually(() => expect(admitted).toEqual([{ paths: [resolve('runs'), '/early'], offer: true }]));
  app.emit('open-file', prevent, '/late');
  app.emit('second-instance', {}, ['diptych', 'ignored'], '/', { paths: ['/second'] });
  app.emit('second-instance', {}, ['diptych'], '/', undefined);
  await eventually(() => expect(admitted.slice(1).map(({ paths }) => paths)).toEqual([['/late'], ['/second']]));
});

test('a second instance leaves at once', () => {
  const { seen } = start({ isSecond: true });
  expect(seen.quits).toBe(1);
  expect(seen.scheme).toEqual([]);
});

test('dialogs, printing and addresses are done for the host', async () => {
  const { handler, host, seen, ready } = start({ dialogPaths: ['/picked'] });
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage());
  const peer = host();
  expect(await peer.call('pick', { kind: 'folder' })).toEqual(['/picked']);
  await peer.call('openExternal', { url: 'https://DOI.org/10.1' });
  expect(seen.opened).toEqual(['https://doi.org/10.1']);
  const options = JSON.parse(new TextDecoder().decode(await peer.call('printPdf', { html: '<p>x</p>', title: 't' })));
  expect(options).toEqual({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true });
  const printer = seen.windows.at(-1);
  expect(printer?.settings.webPreferences).toMatchObject({ sandbox: true, javascript: false });
  expect(printer?.destroyed).toBe(true);
});

test('an address that the user does not want opened is not', async () => {
  const { handler, host, seen, ready } = start({ dialogResponse: 1 });
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage());
  await host().call('openExternal', { url: 'https://doi.org/' });
  expect(seen.opened).toEqual([]);
});

test('a host process that ends is started anew on the next need, and ended with the program', async () => {
  const { app, handler, seen, ready } = start();
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage());
  seen.forks[0]?.emit('exit', 1);
  handler(`ipc ${channels.requestPort}`)(fromPage());
  expect(seen.forks).toHaveLength(2);
  app.emit('will-quit');
  expect(seen.forks[1]?.killed).toBe(true);
});

test('the menu opens what is picked', async () => {
  const { host, seen, ready, admitted } = start({ dialogPaths: ['/picked'] });
  await ready();
  seen.menu
    .flatMap((menu) => menu.submenu ?? [])
    .find((item) => item.label?.startsWith('Open folder'))
    ?.click?.();
  await eventually(() => host());
  await eventually(() => expect(admitted).toEqual([{ paths: ['/picked'], offer: true }]));
});

test('secrets are sealed by the system, and bytes of another keyring are none', async () => {
  const { handler, host, ready } = start();
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage());
  const peer = host();
  const bytes = await peer.call('seal', { text: 'a token' });
  expect(new TextDecoder().decode(bytes)).not.toContain('a token');
  expect(await peer.call('unseal', { bytes })).toEqual({ text: 'a token', stale: false });
  expect(await peer.call('unseal', { bytes: new Uint8Array([1, 2, 3]) })).toBeNull();
});

test.runIf(process.platform === 'linux').each([
  ['gnome_libsecret', 'system', /encrypted with a key in the keyring/],
  ['basic_text', 'obfuscated', /only obfuscated on disk: whoever can read your files can read it/],
  ['unknown', 'obfuscated', /only obfuscated/],
  [null, 'memory', /kept in memory only/],
])('how well secrets are kept is said: %s', async (keyring, kind, words) => {
  const { handler, host, ready } = start({ keyring });
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage());
  expect(await host().call('secretProtection', null)).toEqual({ kind, words: expect.stringMatching(words) });
});

test('the window comes back where it was, unless that screen is gone', () => {
  const file = join(built.folder, 'window.json');
  const state = { bounds: { x: 10, y: 20, width: 900, height: 700 }, maximized: true };
  saveWindowState(file, state);
  expect(loadWindowState(file, [{ x: 0, y: 0, width: 1920, height: 1080 }])).toEqual(state);
  expect(loadWindowState(file, [{ x: 3000, y: 0, width: 1920, height: 1080 }])).toBeNull();
  writeFileSync(file, '{"bounds":{"x":"0"}}');
  expect(loadWindowState(file, [{ x: 0, y: 0, width: 1920, height: 1080 }])).toBeNull();
  expect(loadWindowState(join(built.folder, 'absent'), [])).toBeNull();
});
