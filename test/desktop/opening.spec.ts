// What the system hands the program: dialogs, drops of folders, files and addresses on the command line, what was opened before.
import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { waitIdle } from '../e2e/support/idle';
import { storedRuns } from '../e2e/support/stored-run';
import { answerDialogs, askedBy, expect, menuOf, pickFromMenu, quit, shownText, test } from './support/desktop';
import { dropFromSystem } from './support/drop';

const study = resolve('resources/samples/seed-study');
const history = resolve('test/fixtures/csv/pandas-index-semicolon');

const added = async (page: Page): Promise<number> => {
  await expect.poll(() => shownText(page)).toMatch(/\d+ runs? added/);
  await waitIdle(page);
  return (await storedRuns(page)).length;
};

test('the menu opens a folder by the system’s dialog, and Open Recent opens it again until the list is cleared', async ({ start }) => {
  const first = await start();
  await answerDialogs(first.app, { open: [study] });
  await pickFromMenu(first.app, 'import.folder');
  const count = await added(first.page);
  expect(count).toBeGreaterThan(2);
  expect(await askedBy(first.app)).toEqual(['Open folders of runs']);
  await quit(first.app);

  const again = await start();
  const recent = async (): Promise<readonly string[]> =>
    (await menuOf(again.app)).filter(({ below }) => below.at(-1) === 'Open Recent').map(({ label }) => label);
  await expect.poll(recent).toEqual([expect.stringContaining('seed-study'), '', 'Clear List']);
  await pickFromMenu(again.app, (await recent())[0] as string);
  await expect.poll(() => shownText(again.page)).toContain(`${count} unchanged`);
  await pickFromMenu(again.app, 'Clear List');
  await expect.poll(recent).toEqual(['Nothing yet']);
  // Nothing was asked for this.
  expect(await askedBy(again.app)).toEqual([]);
});

test('a folder that is dropped is read by the host, from its place on disk', async ({ start }) => {
  const { app, page } = await start();
  await dropFromSystem(page, [study]);
  expect(await added(page)).toBeGreaterThan(2);
  // Only the host keeps places; a page's own worker would have read the files without knowing where they lie.
  await pickFromMenu(app, 'sources.open');
  await expect.poll(() => shownText(page)).toContain(study);
});

test('a file with spaces and umlauts comes by its path and by its address, as file managers give it', async ({ start, startSecond }, info) => {
  const folder = info.outputPath('Läufe & mehr 100 %');
  mkdirSync(folder, { recursive: true });
  cpSync(history, folder, { recursive: true });
  const { page } = await start(pathToFileURL(folder).href);
  const count = await added(page);
  expect(count).toBeGreaterThan(0);
  expect(await startSecond(join(study, 'wandb'))).toBe(0);
  await expect.poll(async () => (await storedRuns(page)).length).toBeGreaterThan(count);
});
