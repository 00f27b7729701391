// Windows: where they come back, what they ask before they close, what happens when their page breaks, and which of several is meant.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadWindowState, saveWindowState } from '../../src/main/window-state';
import { channels } from '../../src/wire/desktop';
import { entriesOf, settled } from './fake-electron';
import { eventually, fileHere, fromPage, here, type Started, start } from './started';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { bounds: { x: 10, y: 20, width: 900, height: 700 }, maximized: true };

/** The page in a window says something. */
const tell = ({ handler, seen }: Started, word: unknown, window = 0): unknown =>
  handler(`ipc ${channels.tell}`)(fromPage(undefined, seen.windows[window]?.webContents), word);
const reading = (started: Started, imports: number, window = 0): unknown => tell(started, { kind: 'reading', imports }, window);

test('a window comes back where it was, maximised if it was', () => {
  const file = here('window.json');
  saveWindowState(file, state);
  expect(loadWindowState(file, [screen])).toEqual(state);
});

test('from a screen that is gone it comes to the middle of the first, as large as it was', () => {
  const file = here('window.json');
  saveWindowState(file, { ...state, bounds: { ...state.bounds, x: 3000 } });
  expect(loadWindowState(file, [screen])).toEqual({ bounds: { x: 510, y: 190, width: 900, height: 700 }, maximized: true });
  // A corner that is too small to be taken hold of does not count.
  saveWindowState(file, { ...state, bounds: { ...state.bounds, x: 1900, y: 1050 } });
  expect(loadWindowState(file, [screen])?.bounds).toMatchObject({ x: 510, y: 190 });
  // A second screen on the left has negative places.
  saveWindowState(file, { ...state, bounds: { ...state.bounds, x: -1500 } });
  expect(loadWindowState(file, [screen, { ...screen, x: -1920 }])?.bounds.x).toBe(-1500);
});

test('it is never larger than its screen', () => {
  const file = here('window.json');
  saveWindowState(file, { maximized: false, bounds: { x: 0, y: 0, width: 3840, height: 2160 } });
  expect(loadWindowState(file, [{ ...screen, width: 1280, height: 720 }])?.bounds).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
});

test('a damaged or absent note is none', () => {
  const file = here('window.json');
  for (const text of ['{"bounds":{"x":"0"}}', '{', 'null', '{"bounds":{"x":0,"y":0,"width":1,"height":1},"maximized":false}']) {
    writeFileSync(file, text);
    expect([text, loadWindowState(file, [screen])]).toEqual([text, null]);
  }
  expect(loadWindowState(here('absent'), [screen])).toBeNull();
});

test('what a window was is written when it closes and read when the next opens; one beside another stands beside it', async () => {
  const first = start();
  await first.ready();
  expect(first.seen.windows[0]?.settings).toMatchObject({ width: 1440, height: 900 });
  first.seen.windows[0]?.maximize();
  first.seen.windows[0]?.close();
  expect(JSON.parse(readFileSync(here('home/data/window.json'), 'utf8'))).toEqual(state);
  const second = start();
  await second.ready();
  expect(second.seen.windows[0]?.settings).toMatchObject(state.bounds);
  expect(second.seen.windows[0]?.maximized).toBe(true);
  entriesOf(second.seen.menu)
    .find(({ label }) => label === 'New Window')
    ?.click?.();
  expect(second.seen.windows[1]?.settings).toMatchObject({ x: 38, y: 48, width: 900, height: 700 });
  expect(second.seen.windows[1]?.maximized).toBe(false);
});

test('what is opened goes to the window that was used last', async () => {
  const started = start();
  const { app, host, handler, ready, seen, admitted } = started;
  await ready();
  entriesOf(seen.menu)
    .find(({ label }) => label === 'New Window')
    ?.click?.();
  for (const window of seen.windows) handler(`ipc ${channels.requestPort}`)(fromPage(undefined, window.webContents));
  const file = fileHere('runs.csv');
  seen.windows[0]?.focus();
  app.emit('second-instance', {}, [], '/', { paths: [file] });
  host();
  await eventually(() => expect(admitted).toMatchObject([{ page: 1 }]));
  seen.windows[0]?.close();
  app.emit('second-instance', {}, [], '/', { paths: [file] });
  await eventually(() => expect(admitted.at(1)).toMatchObject({ page: 2 }));
  expect(seen.windows).toHaveLength(2);
});

test('the ground of a window is that of its page, light or dark', async () => {
  const light = start();
  await light.ready();
  expect(light.seen.windows[0]?.settings.backgroundColor).toBe('#ffffff');
  const dark = start();
  dark.nativeTheme.shouldUseDarkColors = true;
  await dark.ready();
  expect(dark.seen.windows[0]?.settings.backgroundColor).toBe('#14171b');
});

test('the page’s theme is the window’s, also before the page is there at the next start', async () => {
  const started = start();
  await started.ready();
  expect(started.nativeTheme.themeSource).toBe('system');
  tell(started, { kind: 'theme', theme: 'dark' });
  expect(started.nativeTheme.themeSource).toBe('dark');
  tell(started, { kind: 'theme', theme: 'purple' });
  expect(started.nativeTheme.themeSource).toBe('dark');
  const next = start();
  await next.ready();
  expect(next.nativeTheme.themeSource).toBe('dark');
});

test('no window and no session fetches dictionaries from the network, nor does Chromium anything else by itself', async () => {
  const { handler, host, ready, seen, session } = start();
  session('first');
  session('print');
  expect([seen.spelling, seen.switches]).toEqual([
    [false, false],
    ['proxy-server=http://127.0.0.1:9', 'disable-background-networking'],
  ]);
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage(undefined, seen.windows[0]?.webContents));
  await host().call('printPdf', { html: '<p>x</p>', title: 't' });
  expect(seen.windows.map(({ settings }) => settings.webPreferences.spellcheck)).toEqual([false, false]);
});

test('a window in which nothing is read closes at once', async () => {
  const started = start();
  await started.ready();
  reading(started, 1);
  reading(started, 0);
  started.seen.windows[0]?.close();
  expect([started.seen.boxes, started.seen.windows[0]?.destroyed, started.seen.quits]).toEqual([[], true, 1]);
});

test.each([
  ['Stop reading and close', true],
  ['Go on reading', false],
])('a window in which runs are read asks: %s', async (answer, closed) => {
  const started = start({ answer });
  await started.ready();
  reading(started, 2);
  started.seen.windows[0]?.close();
  started.seen.windows[0]?.close();
  expect(started.seen.windows[0]?.destroyed).toBe(false);
  await settled();
  expect(started.seen.boxes.map(({ message }) => message)).toEqual(['Runs are still being read.']);
  expect(started.seen.windows[0]?.destroyed).toBe(closed);
});

test('ending the program while runs are read asks once for all windows, and then closes them without asking', async () => {
  const started = start({ answer: 'Stop reading and quit' });
  const { app, ready, seen } = started;
  await ready();
  entriesOf(seen.menu)
    .find(({ label }) => label === 'New Window')
    ?.click?.();
  reading(started, 1, 0);
  reading(started, 1, 1);
  app.quit();
  expect(seen.quits).toBe(0);
  await settled();
  expect([seen.quits, seen.boxes.length]).toEqual([1, 1]);
  for (const window of seen.windows) window.close();
  expect(seen.windows.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  expect(seen.boxes).toHaveLength(1);
});

test('who goes on reading is asked again the next time', async () => {
  const started = start({ answer: 'Go on reading' });
  await started.ready();
  reading(started, 1);
  for (let time = 1; time <= 2; time++) {
    started.app.quit();
    await settled();
    expect([started.seen.quits, started.seen.boxes.length]).toEqual([0, time]);
  }
});

test.each([
  ['Load it again', ['reload'], false],
  ['Close the window', [], true],
])('a page that crashed is told of: %s', async (answer, did, destroyed) => {
  const started = start({ answer });
  await started.ready();
  reading(started, 3);
  const window = started.seen.windows[0];
  window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  await settled();
  expect(started.seen.boxes.map(({ message }) => message)).toEqual(['This window stopped working.']);
  expect([window?.webContents.did, window?.destroyed]).toEqual([did, destroyed]);
  // It reads nothing any more, so closing need not ask.
  window?.close();
  expect(started.seen.boxes).toHaveLength(1);
});

test('a page that ends in order is not told of', async () => {
  const { ready, seen } = start();
  await ready();
  seen.windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  await settled();
  expect(seen.boxes).toEqual([]);
});

test.each([
  ['Load it again', ['crash', 'reload']],
  ['Wait', []],
])('a page that hangs can be waited for or loaded again: %s', async (answer, did) => {
  const { ready, seen } = start({ answer });
  await ready();
  seen.windows[0]?.emit('unresponsive');
  seen.windows[0]?.emit('unresponsive');
  await settled();
  expect(seen.boxes.map(({ message }) => message)).toEqual(['This window does not answer.']);
  expect(seen.windows[0]?.webContents.did).toEqual(did);
});

test('what a page says is checked, and only our own page is heard', async () => {
  const started = start();
  const { handler, ready, seen } = started;
  await ready();
  const page = seen.windows[0]?.webContents;
  handler(`ipc ${channels.tell}`)(fromPage('https://evil.example/', page), { kind: 'reading', imports: 1 });
  for (const word of [null, 'reading', { kind: 'reading' }, { kind: 'reading', imports: -1 }, { kind: 'reading', imports: 1, more: 1 }, { kind: 'quit' }])
    tell(started, word);
  seen.windows[0]?.close();
  expect([seen.boxes, seen.windows[0]?.destroyed]).toEqual([[], true]);
});
