// The shell over a fake Electron: what it forbids, what it hands the page, and that nothing the system asks to open is lost.
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { channels } from '../../src/wire/desktop';
import { eventually, fileHere, fromPage, start } from './started';

test('the page is sandboxed, isolated and without Node, and its scheme has a storage of its own', async () => {
  const { seen, ready } = start();
  expect(seen.sandboxed).toBe(true);
  expect(seen.scheme).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  expect(JSON.stringify(seen.scheme)).not.toContain('bypassCSP');
  await ready();
  expect(seen.windows[0]?.settings.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  expect(seen.windows[0]?.url).toBe('app://diptych/');
});

test('permissions, navigation, new windows and webviews are refused', async () => {
  const { handler, seen, ready } = start();
  await ready();
  const granted: unknown[] = [];
  for (const permission of ['media', 'geolocation', 'notifications', 'fileSystem', 'openExternal', 'clipboard-read', 'persistent-storage']) {
    handler('permission request')({}, permission, (yes: boolean) => yes && granted.push(permission));
    if (handler('permission check')({}, permission)) granted.push(permission);
  }
  expect(granted).toEqual(['persistent-storage', 'persistent-storage']);
  const contents = seen.windows[0]?.webContents;
  expect(contents?.openHandler({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  for (const event of ['will-navigate', 'will-attach-webview']) {
    let prevented = false;
    contents?.emit(event, { preventDefault: () => (prevented = true) });
    expect([event, prevented]).toEqual([event, true]);
  }
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
  expect(await handler(`ipc ${channels.sourceOf}`)(fromPage(), 7)).toBeNull();
  expect(seen.forks).toEqual([]);
  handler(`ipc ${channels.requestPort}`)(fromPage());
  expect(seen.forks[0]?.received.map(({ message }) => message.purpose)).toEqual(['shell', 'page']);
  const asked = handler(`ipc ${channels.sourceOf}`)(fromPage(), '/data/runs');
  host();
  expect(await asked).toMatchObject({ id: 'abc', path: '/data/runs' });
  expect(admitted).toEqual([{ paths: ['/data/runs'], offer: false, page: null }]);
});

test('what the system asks to open comes through: command line, second start, file opened early or late', async () => {
  const [named, early, late, second] = ['named', 'early', 'late', 'second'].map(fileHere) as [string, string, string, string];
  process.argv = ['diptych', '--enable-logging', named];
  const { app, host, ready, seen, admitted } = start();
  const prevent = { preventDefault: () => {} };
  app.emit('open-file', prevent, early);
  await ready();
  host();
  await eventually(() => expect(admitted).toEqual([{ paths: [named, early], offer: true, page: 1 }]));
  app.emit('open-file', prevent, late);
  app.emit('second-instance', {}, ['diptych', 'ignored'], '/', { paths: [second] });
  app.emit('second-instance', {}, ['diptych'], '/', undefined);
  await eventually(() => expect(admitted.slice(1).map(({ paths }) => paths)).toEqual([[late], [second]]));
  expect(seen.windows).toHaveLength(1);
  expect(seen.windows[0]?.shown).toBeGreaterThan(2);
});

test('what is not there is said, and the rest is opened', async () => {
  const there = fileHere('there');
  process.argv = ['diptych', resolve('/nowhere/at all'), there];
  const { host, ready, seen, admitted } = start();
  await ready();
  host();
  await eventually(() => expect(admitted).toMatchObject([{ paths: [there] }]));
  expect(seen.boxes).toMatchObject([{ message: 'There is nothing here to open', detail: resolve('/nowhere/at all') }]);
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
  await peer.call('openExternal', { url: 'https://example.org' });
  expect(seen.opened).toEqual(['https://example.org']);
  const options = JSON.parse(new TextDecoder().decode(await peer.call('printPdf', { html: '<p>x</p>', title: 't' })));
  expect(options).toEqual({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true });
  const printer = seen.windows.at(-1);
  expect(printer?.settings.webPreferences).toMatchObject({ sandbox: true, javascript: false });
  expect(printer?.destroyed).toBe(true);
});

test('an address that the user does not want opened is not', async () => {
  const { handler, host, seen, ready } = start({ answer: 'Cancel' });
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage());
  await host().call('openExternal', { url: 'https://example.org' });
  expect(seen.opened).toEqual([]);
});
