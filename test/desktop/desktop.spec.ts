// The desktop program in a real Electron: window, walls, import through the host process, PDF, second instance.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { waitIdle } from '../e2e/support/idle';
import { storedRuns } from '../e2e/support/stored-run';
import { click, expect, shownText, test } from './support/desktop';

const sweep = resolve('resources/samples/lr-sweep');
const study = resolve('resources/samples/seed-study');

const runsIn = async (page: Page): Promise<string[]> => (await storedRuns(page)).map(({ id, name }) => `${id} ${name}`).sort();

test('the window shows the page over its own scheme, without Node and in a sandbox', async ({ start }) => {
  const { app, page } = await start();
  expect(page.url()).toMatch(/^app:\/\/diptych\//);
  expect(await shownText(page)).toContain('Drop your training runs anywhere in this window');
  expect(await page.evaluate(() => [typeof globalThis.require, typeof globalThis.process, typeof (globalThis as { module?: unknown }).module])).toEqual(
    Array(3).fill('undefined'),
  );
  expect(await page.evaluate(() => Object.isFrozen((globalThis as { diptych?: object }).diptych))).toBe(true);
  const asked = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration };
  });
  expect(asked).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false });
});

test('nothing leads out of the page, and it may not ask for more', async ({ start }) => {
  const { app, page } = await start();
  const refused = await page.evaluate(async () => ({
    fetch: await fetch('https://example.org/').then(
      () => 'answered',
      () => 'refused',
    ),
    place: await new Promise((asked) =>
      navigator.geolocation.getCurrentPosition(asked, ({ code, PERMISSION_DENIED }) => asked(code === PERMISSION_DENIED ? 'denied' : code)),
    ),
  }));
  expect(refused).toEqual({ fetch: 'refused', place: 'denied' });
  // A moment later, so that the call is answered before the page might be gone.
  await page.evaluate(() => {
    setTimeout(() => {
      window.open('https://example.org/');
      location.href = 'https://example.org/';
    });
  });
  // Main is asked: a page whose leaving was refused counts as on its way for the test's own tool.
  const seen = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => [webContents.getURL().split('#')[0], webContents.isLoading()]));
  await expect.poll(seen).toEqual([['app://diptych/', false]]);
});

test('runs named at the start come in through the host process, and a reload keeps them', async ({ start }) => {
  const { page } = await start(sweep);
  await expect.poll(() => shownText(page)).toMatch(/\d+ runs added/);
  await waitIdle(page);
  const before = await runsIn(page);
  expect(before.length).toBeGreaterThan(2);
  // The host knows the place on disk, a page's own worker would not.
  await page.reload();
  await waitIdle(page);
  expect(await runsIn(page)).toEqual(before);
  await click(page, '[role=tab]', 'Curves');
  await expect.poll(() => page.evaluate(() => document.querySelectorAll('section canvas').length)).toBeGreaterThan(0);
});

test('the samples come in by their button, and the report of two runs is printed to a PDF', async ({ start }) => {
  const { app, page } = await start();
  await click(page, 'button', 'Try the samples');
  await expect.poll(async () => (await storedRuns(page)).length).toBeGreaterThan(4);
  await waitIdle(page);
  const folder = mkdtempSync(join(tmpdir(), 'diptych-pdf-'));
  try {
    const file = join(folder, 'report.pdf');
    await saveDownloadsTo(app, file);
    await click(page, '[role=tab]', 'Report');
    await click(page, 'button', 'Save PDF');
    await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
    await expect.poll(() => readFileSync(file, 'latin1').trimEnd().slice(-5)).toBe('%%EOF');
    const pdf = readFileSync(file, 'latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Without this, a download opens a dialog of the system. */
const saveDownloadsTo = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ session }, path) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(path));
  }, file);

test('a second instance hands its paths to the first and ends', async ({ start, startSecond }) => {
  const { app, page } = await start(sweep);
  await expect.poll(() => shownText(page)).toMatch(/\d+ runs added/);
  await waitIdle(page);
  const before = (await storedRuns(page)).length;
  expect(await startSecond(study)).toBe(0);
  await expect.poll(async () => (await storedRuns(page)).length).toBeGreaterThan(before);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
