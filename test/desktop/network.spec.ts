// Nothing leaves the machine from the first second on, and the update check is the one exception, when a person wants it. And what is saved.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { waitIdle } from '../e2e/support/idle';
import { storedRuns } from '../e2e/support/stored-run';
import { answerDialogs, askedBy, click, expect, pickFromMenu, ready, shownText, test } from './support/desktop';

const sweep = resolve('resources/samples/lr-sweep');

/** A server that notes what is asked of it. @param answer what it says to everything */
async function listening(answer: string): Promise<{ readonly port: number; readonly asked: string[]; close(): void }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json').end(answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as AddressInfo).port, asked, close: () => server.close() };
}

/** A connection by Node: what must be noticed. */
const connect = (app: ElectronApplication): Promise<void> =>
  app.evaluate(() => {
    const node = process as unknown as { mainModule?: { require(name: string): typeof import('net') }; getBuiltinModule?(name: string): typeof import('net') };
    const tcp = node.mainModule?.require('net') ?? node.getBuiltinModule?.('net');
    if (!tcp) throw new Error('there is no way to the modules of Node');
    tcp.connect(9, '127.0.0.1').on('error', () => {});
  });

/** What becomes of a request that the program itself would make by Chromium's network. */
const request = (app: ElectronApplication, url: string): Promise<string> =>
  app.evaluate(
    ({ net }, address) =>
      new Promise<string>((done) => {
        const asked = net.request(address);
        asked.on('response', () => done('answered'));
        asked.on('error', ({ message }) => done(message));
        asked.end();
      }),
    url,
  );

test('from the first second on nothing leaves: Chromium has no way out, Node connects to nothing, whatever is done', async ({ startWith }, info) => {
  const first = resolve('test/desktop/support/note-connections.cjs');
  const notes = info.outputPath('connections');
  writeFileSync(notes, '');
  const { app, page } = await startWith({
    paths: [sweep],
    env: { NODE_OPTIONS: `--require ${JSON.stringify(first)}`, DIPTYCH_TEST_FIRST: first, DIPTYCH_TEST_CONNECTIONS: notes },
  });
  await app.evaluate(({ session }) => {
    const kept = globalThis as unknown as { requests: string[] };
    kept.requests = [];
    const note = ({ url }: { url: string }): void => void kept.requests.push(url);
    for (const { webRequest } of [session.defaultSession, session.fromPartition('print')]) {
      webRequest.onSendHeaders({ urls: ['<all_urls>'] }, note);
      // What a wall refused was asked for all the same.
      webRequest.onErrorOccurred({ urls: ['<all_urls>'] }, note);
    }
  });
  await expect.poll(() => shownText(page)).toMatch(/\d+ runs added/);
  await waitIdle(page);
  await page.reload();
  await ready(page);
  for (const tab of ['curves', 'report']) {
    await pickFromMenu(app, `shell.tab-${tab}`);
    await waitIdle(page);
  }
  const pdf = info.outputPath('report.pdf');
  await saveTo(app, pdf);
  await click(page, 'button', 'Save PDF');
  await expect.poll(() => existsSync(pdf), { timeout: 60_000 }).toBe(true);
  const requests = (): Promise<readonly string[]> => app.evaluate(() => (globalThis as unknown as { requests: string[] }).requests);
  const isOurs = (url: string): boolean => /^(app:\/\/diptych\/|file:)/.test(url);
  const connections = (): readonly string[] =>
    readFileSync(notes, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  // Main and host were watched, reading threads too, and none of them connected to anything.
  expect([(await requests()).filter((url) => !isOurs(url)), connections().filter((line) => !line.startsWith('in '))]).toEqual([[], []]);
  expect(connections()).toEqual(expect.arrayContaining(['in browser', 'in node']));

  // The way out ends on this machine, also for what Chromium asks by itself; a request that is made on purpose ends there.
  const ways = await app.evaluate(({ session }) =>
    Promise.all([session.defaultSession, session.fromPartition('print')].map((one) => one.resolveProxy('https://example.org/'))),
  );
  expect(ways).toEqual(['PROXY 127.0.0.1:9', 'PROXY 127.0.0.1:9']);
  expect(await request(app, 'http://example.org/leak')).toMatch(/ERR_BLOCKED_BY_CLIENT|ERR_PROXY_CONNECTION_FAILED/);
  // Both would have been seen.
  expect((await requests()).filter((url) => !isOurs(url))).toEqual(['http://example.org/leak']);
  await connect(app);
  await expect.poll(() => connections().at(-1)).toContain('"port":9');
});

test('the update check asks first, then asks the feed once, shows the answer and fetches nothing else', async ({ startWith }) => {
  const feed = await listening(JSON.stringify({ tag_name: 'v99.1.0', html_url: 'https://example.org/releases/99.1.0', assets: [{ name: 'x' }] }));
  try {
    const { app, page } = await startWith({ env: { DIPTYCH_RELEASE_FEED: `http://127.0.0.1:${feed.port}/latest` } });
    expect(await page.evaluate(() => (globalThis as unknown as { diptych: { updates: { state(): Promise<object> } } }).diptych.updates.state())).toEqual({
      available: true,
      atStart: false,
    });
    await answerDialogs(app, { button: 'Cancel' });
    await pickFromMenu(app, 'updates.check');
    await expect.poll(() => askedBy(app)).toEqual([`Ask 127.0.0.1:${feed.port} for the newest release?`]);
    expect(feed.asked).toEqual([]);
    await answerDialogs(app, { button: 'Ask' });
    await pickFromMenu(app, 'updates.check');
    await expect.poll(() => shownText(page)).toContain('Diptych 99.1.0 is out.');
    expect(feed.asked).toEqual(['GET /latest']);
  } finally {
    feed.close();
  }
});

test('the dialog that asks where to save begins where the last file was saved, with the file’s name and kind', async ({ start }, info) => {
  const { app, page } = await start();
  await click(page, 'button', 'Try the samples');
  await expect.poll(async () => (await storedRuns(page)).length).toBeGreaterThan(4);
  await waitIdle(page);
  const folder = info.outputPath('saved');
  const first = join(folder, 'mine.zip');
  await saveTo(app, first);
  await pickFromMenu(app, 'store.back-up');
  await expect.poll(() => existsSync(first) && readFileSync(first).subarray(0, 2).toString('latin1')).toBe('PK');
  const dialogs = (): Promise<readonly Electron.SaveDialogOptions[]> =>
    app.evaluate(() => (globalThis as unknown as { saveDialogs: Electron.SaveDialogOptions[] }).saveDialogs);
  expect(await dialogs()).toMatchObject([
    { title: 'Save diptych-back-up.zip', filters: [{ name: 'Bundle (ZIP)', extensions: ['zip'] }, { extensions: ['*'] }] },
  ]);
  await saveTo(app, join(folder, 'again.zip'));
  await pickFromMenu(app, 'store.back-up');
  await expect.poll(() => existsSync(join(folder, 'again.zip'))).toBe(true);
  expect((await dialogs()).at(-1)?.defaultPath).toBe(join(folder, 'diptych-back-up.zip'));
});

/** Answers the dialog of the next download, and keeps what it would have shown. */
const saveTo = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ session }, path) => {
    const kept = globalThis as unknown as { saveDialogs: Electron.SaveDialogOptions[] };
    kept.saveDialogs ??= [];
    session.defaultSession.once('will-download', (_event, item) => {
      kept.saveDialogs.push(item.getSaveDialogOptions());
      item.setSavePath(path);
    });
  }, file);
