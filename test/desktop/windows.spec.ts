// Windows, menu and theme: what is remembered, what several windows see, what the menu bar has of the page's commands.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { waitIdle } from '../e2e/support/idle';
import { storedRuns } from '../e2e/support/stored-run';
import { answerDialogs, askedBy, click, expect, menuOf, pickFromMenu, quit, ready, shownText, test } from './support/desktop';

const sweep = resolve('resources/samples/lr-sweep');

const boundsOf = (app: ElectronApplication): Promise<Electron.Rectangle> =>
  app.evaluate(({ BrowserWindow }) => (BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow).getNormalBounds());

test('a window comes back where it was and as large; one of a screen that is gone comes to one that is there', async ({ start, home }) => {
  const first = await start();
  const bounds = { x: 60, y: 40, width: 812, height: 611 };
  await first.app.evaluate(({ BrowserWindow }, box) => BrowserWindow.getAllWindows()[0]?.setBounds(box), bounds);
  await expect.poll(() => boundsOf(first.app)).toEqual(bounds);
  await quit(first.app);

  const second = await start();
  expect(await boundsOf(second.app)).toEqual(bounds);
  await quit(second.app);

  const file = join(home, 'data/window.json');
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...kept, bounds: { ...bounds, x: 9000, y: -4000 } }));
  const third = await start();
  const { x, y, width, height } = await boundsOf(third.app);
  const screen = await third.app.evaluate(({ screen: screens }) => screens.getPrimaryDisplay().workArea);
  expect([width, height]).toEqual([812, 611]);
  expect([x >= screen.x, y >= screen.y, x + width <= screen.x + screen.width, y + height <= screen.y + screen.height]).toEqual([true, true, true, true]);
});

test('two windows: both see an import, and the second closes alone', async ({ start }) => {
  const { app, page } = await start();
  const opened = app.waitForEvent('window');
  await pickFromMenu(app, 'New Window');
  const other = await ready(await opened);
  await answerDialogs(app, { open: [sweep] });
  // The newer window is in front: what is picked in the menu is picked there.
  await pickFromMenu(app, 'import.folder');
  await expect.poll(() => shownText(other)).toMatch(/\d+ runs added/);
  await Promise.all([waitIdle(page), waitIdle(other)]);
  expect(await shownText(page)).not.toMatch(/\d+ runs added/);
  const names = (await storedRuns(other)).map(({ name }) => name ?? '').filter((name) => name !== '');
  expect(names.length).toBeGreaterThan(2);
  for (const one of [page, other]) await expect.poll(() => shownText(one)).toContain(names[0] as string);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(2)?.close());
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect((await storedRuns(page)).length).toBeGreaterThan(2);
});

test('the menu bar has every command of the page with its key, and follows what can be done', async ({ start }) => {
  const { app, page } = await start();
  await pickFromMenu(app, 'palette.keys');
  const keys = await page.evaluate(() =>
    [...document.querySelectorAll('[role=dialog] section')].flatMap((section) => {
      const group = section.querySelector('h3')?.textContent ?? '';
      const rows = [...section.querySelectorAll('h3 ~ div')];
      return rows.map((row) => ({
        group,
        title: row.firstElementChild?.textContent ?? '',
        key: [...row.querySelectorAll('kbd')].map((key) => key.textContent),
      }));
    }),
  );
  const ofCommands = keys.filter(({ group }) => !group.startsWith('In '));
  expect(ofCommands.length).toBeGreaterThan(20);
  const menu = await menuOf(app);
  const words: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl', Left: '←', Right: '→', Up: '↑', Down: '↓' };
  for (const { title, key } of ofCommands) {
    // A submenu may be called like a command.
    const entry = menu.find(({ label, accelerator }) => accelerator && label.replaceAll('&&', '&') === title);
    const shown = (entry?.accelerator ?? '').split('+').map((part) => words[part] ?? part);
    // More than one key may do the same; the menu shows the first. Modifiers stand in another order there.
    expect([title, shown.every((part) => key.includes(part)), shown[0] !== '']).toEqual([title, true, true]);
  }

  await page.keyboard.press('Escape');
  const enabled = async (name: string): Promise<boolean | undefined> => (await menuOf(app)).find(({ id }) => id === name)?.enabled;
  expect([await enabled('runs.next'), await enabled('shell.undo'), await enabled('curves.log-y')]).toEqual([false, false, false]);
  await click(page, 'button', 'Try the samples');
  await expect.poll(() => enabled('runs.next')).toBe(true);
  await pickFromMenu(app, 'shell.tab-table');
  await expect.poll(() => enabled('curves.log-y')).toBe(false);
  await pickFromMenu(app, 'shell.tab-curves');
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/curves');
  await expect.poll(() => enabled('curves.log-y')).toBe(true);
  await pickFromMenu(app, 'curves.log-y');
  await expect.poll(() => enabled('shell.undo')).toBe(true);
});

test('the page follows the system’s dark mode, and the window the page’s choice', async ({ start }) => {
  const { app, page } = await start();
  const dark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const theme = (): Promise<string | null> => page.evaluate(() => document.documentElement.dataset.theme ?? null);
  const source = (): Promise<string> => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect([await source(), await theme()]).toEqual(['system', null]);
  const lightGround = await ground();
  // As if the system turned dark.
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await expect.poll(dark).toBe(true);
  expect(await ground()).not.toBe(lightGround);
  await pickFromMenu(app, 'shell.theme-light');
  await expect.poll(source).toBe('light');
  expect([await theme(), await dark(), await ground()]).toEqual(['light', false, lightGround]);
  await waitIdle(page);
  await quit(app);
  const again = await start();
  expect(await again.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light');
  await pickFromMenu(again.app, 'shell.theme-system');
  await expect.poll(() => again.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('system');
  expect(await askedBy(again.app)).toEqual([]);
});
