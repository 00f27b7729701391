// What a person arranges is theirs: after a reload, in a second window, in a file, after a wipe and a restore.
import type { Locator, Page } from '@playwright/test';
import { faults } from './support/faults';
import { fixture } from './support/fixture';
import { checkRuns, importDrop, importPanel, listedRuns, messages, openRun, openTab, runList } from './support/frame';
import { waitIdle } from './support/idle';
import { storedRows } from './support/store';
import { readTable } from './support/table';
import { expect, test } from './support/test';

const sweep = 'mlflow-file/sweep-2.14';

async function openSweep(app: Page): Promise<void> {
  await importDrop(app, [fixture(sweep)]);
  await importPanel(app).getByRole('button', { name: 'Close' }).last().click();
}

const dialog = (app: Page, name: string | RegExp): Locator => app.getByRole('dialog', { name });
const close = (app: Page): Promise<void> => app.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
const row = (app: Page, name: string): Locator =>
  runList(app)
    .getByRole('row')
    .filter({ has: app.getByRole('link', { name, exact: true }) });

async function command(app: Page, words: string): Promise<void> {
  await app.keyboard.press('Control+k');
  await app.getByRole('combobox', { name: 'Find a command or a run' }).fill(words);
  await app.keyboard.press('Enter');
  await waitIdle(app);
}

/** A note and tags by the dialog that `t` opens. */
async function write(app: Page, run: string, note: string, tags: readonly string[]): Promise<void> {
  await row(app, run).getByRole('link').focus();
  await app.keyboard.press('t');
  const words = dialog(app, `Note, tags and look of ${run}`);
  await words.getByRole('textbox', { name: 'My note' }).fill(note);
  for (const tag of tags) {
    await words.getByRole('combobox', { name: /Add a tag/ }).fill(tag);
    await app.keyboard.press('Enter');
  }
  await close(app);
  await waitIdle(app);
}

async function filterBy(app: Page, query: string): Promise<void> {
  const field = app.getByRole('combobox', { name: /^Filter:/ });
  if (!(await field.isVisible())) await app.getByRole('button', { name: 'Filter by a query' }).click();
  await field.fill(query);
  await app.keyboard.press('Escape');
  await waitIdle(app);
}

async function saveFilter(app: Page, name: string): Promise<void> {
  await command(app, 'saved filters');
  const saved = dialog(app, 'Saved filters');
  await saved.getByRole('textbox', { name: 'Name of this filter' }).fill(name);
  await saved.getByRole('button', { name: 'Save', exact: true }).click();
  await close(app);
}

async function arrange(app: Page): Promise<void> {
  await write(app, 'lr=0.1', 'The one to beat.\n<b>Not bold</b>', ['good', 'quality=high']);
  await row(app, 'lr=0.5').click({ button: 'right' });
  await app.getByRole('menuitem', { name: 'Note, tags, colour…' }).click();
  const look = dialog(app, 'Note, tags and look of lr=0.5');
  await look.getByRole('radio', { name: 'Red' }).check({ force: true });
  await look.getByRole('combobox', { name: 'Line' }).click();
  await app.getByRole('option', { name: 'Dotted' }).click();
  await close(app);
  await filterBy(app, 'tags.quality = "high"');
  await saveFilter(app, 'High quality');
}

/** All that `arrange` did, as the store has it. */
async function arranged(app: Page): Promise<unknown> {
  await waitIdle(app);
  return app.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const database = await asked(indexedDB.open('diptych'));
    const [workspace] = await asked(database.transaction('workspaces').objectStore('workspaces').getAll());
    database.close();
    const { notes, labels, colours, lines, filters, filter } = workspace;
    return JSON.parse(JSON.stringify({ notes: [...notes], labels: [...labels], colours: [...colours], lines: [...lines], filters, filter }));
  });
}

test('what is arranged is there after a reload; undo takes it back step by step', async ({ app }) => {
  await openSweep(app);
  const all = await listedRuns(app);
  await arrange(app);
  const before = await arranged(app);
  expect(await listedRuns(app)).toHaveLength(1);
  await app.reload();
  await waitIdle(app);
  expect(await arranged(app)).toEqual(before);
  expect(await listedRuns(app)).toHaveLength(1);
  await expect(row(app, 'lr=0.1').getByTitle('good, quality=high')).toBeVisible();
  await expect(row(app, 'lr=0.1').getByRole('img', { name: 'Has a note' })).toBeVisible();
  await expect(app.getByRole('button', { name: 'Saved filter High quality' })).toHaveAttribute('aria-pressed', 'true');

  // In the table, on the run page and in the report: as plain text, beside what the tracker logged.
  const cells = [...(await readTable(app)).values()][0];
  expect([...(cells ?? [])].filter(([head]) => /note|tags|quality/i.test(head)).map(([, text]) => text)).toEqual(
    expect.arrayContaining(['good, quality=high', 'The one to beat.\n<b>Not bold</b>', 'high']),
  );
  await openRun(app, 'lr=0.1');
  await expect(app.getByRole('textbox', { name: 'My note' })).toHaveValue('The one to beat.\n<b>Not bold</b>');
  await app.getByRole('button', { name: 'Back to the views' }).click();
  await openTab(app, 'Report');
  await app.getByRole('button', { name: 'Draft', exact: true }).click();
  await expect(app.getByText('Notes and tags by the author of this report')).toBeVisible();
  await expect(app.getByText('<b>Not bold</b>').first()).toBeVisible();
  await openTab(app, 'Table');

  // Undo is of this window: after the reload there is nothing to take back, and what is done now is.
  await expect(app.getByRole('button', { name: 'Nothing to undo' })).toBeDisabled();
  await filterBy(app, '');
  await command(app, 'delete the workspace');
  await expect(messages(app).getByText('Workspace My workspace deleted')).toBeVisible();
  expect(await listedRuns(app)).toEqual(all);
  await expect(row(app, 'lr=0.1').getByText('good')).toHaveCount(0);
  await messages(app).getByRole('button', { name: 'Undo' }).click();
  await waitIdle(app);
  await expect(row(app, 'lr=0.1').getByText('good')).toBeVisible();
});

test('undo and redo by key, over tags of several runs', async ({ app }) => {
  await openSweep(app);
  await checkRuns(app, ['lr=0.1', 'lr=0.5']);
  await app.getByRole('button', { name: 'Tag these' }).click();
  await dialog(app, 'Tags of 2 runs')
    .getByRole('combobox', { name: /Add a tag/ })
    .fill('pair');
  await app.keyboard.press('Enter');
  await close(app);
  await expect(runList(app).getByText('pair')).toHaveCount(2);
  await app.keyboard.press('Control+z');
  await expect(runList(app).getByText('pair')).toHaveCount(0);
  await app.keyboard.press('Control+Shift+z');
  await expect(runList(app).getByText('pair')).toHaveCount(2);
});

test('a saved filter is one of the palette; the default holds when the page opens', async ({ app }) => {
  await openSweep(app);
  const all = await listedRuns(app);
  await filterBy(app, 'name = "lr=0.1"');
  await saveFilter(app, 'Tenth');
  await filterBy(app, '');
  expect(await listedRuns(app)).toEqual(all);
  await command(app, 'Tenth');
  expect(await listedRuns(app)).toHaveLength(1);
  await command(app, 'saved filters');
  await dialog(app, 'Saved filters').getByRole('button', { name: 'Default' }).click();
  await close(app);
  await filterBy(app, '');
  await app.reload();
  await waitIdle(app);
  expect(await listedRuns(app)).toHaveLength(1);
});

test('two windows show the same, and neither overwrites the other', async ({ app, context }) => {
  await openSweep(app);
  const other = await context.newPage();
  await other.goto(app.url());
  await waitIdle(other);
  await write(app, 'lr=0.1', 'from the first', ['one']);
  await write(other, 'lr=0.5', 'from the second', ['two']);
  for (const page of [app, other]) {
    await expect(row(page, 'lr=0.1').getByText('one')).toBeVisible();
    await expect(row(page, 'lr=0.5').getByText('two')).toBeVisible();
  }
  // Undo in one leaves what the other did.
  for (let step = 0; step < 2; step++) await app.keyboard.press('Control+z');
  await expect(row(other, 'lr=0.1').getByText('one')).toHaveCount(0);
  await expect(row(other, 'lr=0.5').getByText('two')).toBeVisible();

  await command(other, 'theme: dark');
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
  await waitIdle(app);
  await waitIdle(other);
  const [workspace] = await storedRows<{ version: number }>(app, 'workspaces');
  expect(workspace?.version).toBe(2);
  await other.close();
});

test('settings by key and palette: numbers, dates, rows, colours; copies keep every digit', async ({ app }) => {
  await openSweep(app);
  const grid = app.getByRole('grid', { name: 'Table of runs' });
  const texts = (): Promise<string[]> => grid.getByRole('gridcell').allTextContents();
  const whole = await readTable(app);
  const before = await texts();
  await app.keyboard.press('Control+,');
  const settings = dialog(app, 'Settings');
  await settings.getByRole('textbox', { name: 'Significant digits' }).fill('2');
  await settings.getByRole('textbox', { name: 'Significant digits' }).fill('99');
  await expect(settings.getByRole('textbox', { name: 'Significant digits' })).toHaveAttribute('aria-invalid', 'true');
  await settings.getByRole('radio', { name: 'Okabe–Ito' }).check();
  await close(app);
  await expect.poll(texts).not.toEqual(before);
  expect(await readTable(app)).toEqual(whole);

  // The palette opens the dialog at one setting, with the focus in its control.
  await command(app, 'time zone');
  const zone = settings.getByRole('combobox', { name: 'Time zone' });
  await expect(zone).toBeFocused();
  await zone.click();
  await app.getByRole('option', { name: 'UTC' }).click();
  await close(app);
  await expect(grid.getByText(/\d\d:\d\d UTC$/).first()).toBeVisible();
  await command(app, 'rows');
  await settings.getByRole('combobox', { name: 'Rows' }).click();
  await app.getByRole('option', { name: 'Compact' }).click();
  await close(app);
  expect((await row(app, 'lr=0.1').boundingBox())?.height).toBe(24);

  await waitIdle(app);
  await app.reload();
  await waitIdle(app);
  await expect.poll(async () => (await row(app, 'lr=0.1').boundingBox())?.height).toBe(24);
  const colours = () =>
    runList(app)
      .locator('svg[style*="color"]')
      .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).color));
  await expect.poll(colours).toContain('rgb(159, 112, 30)');
  await app.keyboard.press('Control+,');
  await settings.getByRole('button', { name: 'All standard' }).click();
  await close(app);
  await expect.poll(texts).toEqual(before);
});

test('back up, wipe, restore: the same', async ({ app }, info) => {
  await openSweep(app);
  await arrange(app);
  await command(app, 'theme: dark');
  const before = await arranged(app);
  const points = await storedRows(app, 'packs');
  const saving = app.waitForEvent('download');
  await command(app, 'back up everything');
  const file = info.outputPath('back-up.zip');
  await (await saving).saveAs(file);

  await command(app, 'stored runs');
  await app.getByRole('button', { name: 'Delete everything…' }).click();
  await app.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await waitIdle(app);
  await close(app);
  await expect(app.locator('html')).not.toHaveAttribute('data-theme', 'dark');
  await app.reload();
  await waitIdle(app);
  expect([await storedRows(app, 'runs'), await storedRows(app, 'workspaces')]).toEqual([[], []]);

  const choosing = app.waitForEvent('filechooser');
  await command(app, 'restore a back-up');
  await (await choosing).setFiles(file);
  await expect(messages(app).getByText('1 workspace and the settings restored')).toBeVisible();
  await waitIdle(app);
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await arranged(app)).toEqual(before);
  expect(await storedRows(app, 'packs')).toEqual(points);
  expect(await listedRuns(app)).toHaveLength(1);
});

test('a workspace as a file: runs that are missing are told, and it holds once they come', async ({ app }, info) => {
  await openSweep(app);
  await arrange(app);
  await filterBy(app, '');
  const saving = app.waitForEvent('download');
  await command(app, 'save the workspace to a file');
  const download = await saving;
  expect(download.suggestedFilename()).toBe('My workspace.diptych-workspace.json');
  const file = info.outputPath('mine.diptych-workspace.json');
  await download.saveAs(file);

  await command(app, 'stored runs');
  await app.getByRole('button', { name: 'Delete everything…' }).click();
  await app.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await close(app);
  await importDrop(app, [fixture('tensorboard/torch-mlp')]);
  const choosing = app.waitForEvent('filechooser');
  await command(app, 'open a workspace from a file');
  await (await choosing).setFiles(file);
  await messages(app).getByRole('button', { name: 'Which?' }).click();
  await expect(dialog(app, 'Workspaces').getByText('lr=0.1', { exact: true })).toBeVisible();
  await close(app);
  await openSweep(app);
  await expect(row(app, 'lr=0.1').getByTitle('good, quality=high')).toBeVisible();
  await command(app, 'workspaces: open');
  await expect(dialog(app, 'Workspaces').getByText(/not here/)).toHaveCount(0);

  const again = app.waitForEvent('filechooser');
  await dialog(app, 'Workspaces').getByRole('button', { name: 'Open from a file…' }).click();
  await (await again).setFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"format":"diptych-workspace","version":99}') });
  await expect(messages(app).getByText(/version 99; this Diptych reads up to 2/)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 },
  ]) {
    test.describe(`${colorScheme} ${viewport.width}`, () => {
      test.use({ colorScheme, viewport });
      test('dialogs, seen by people and by axe', async ({ app }, info) => {
        test.slow();
        const look = async (name: string): Promise<void> => {
          await waitIdle(app);
          await app.screenshot({ path: info.outputPath(`${name}.png`) });
          expect.soft(await faults(app), name).toEqual([]);
        };
        await openSweep(app);
        await arrange(app);
        await filterBy(app, '');
        await look('list');
        await command(app, 'settings');
        await look('settings');
        await dialog(app, 'Settings').getByRole('region', { name: 'Data' }).scrollIntoViewIfNeeded();
        await look('settings-end');
        await close(app);
        await command(app, 'saved filters');
        await look('filters');
        await close(app);
        await command(app, 'workspaces: open');
        await dialog(app, 'Workspaces').getByRole('button', { name: 'New' }).click();
        await look('workspaces');
        await close(app);
        await row(app, 'lr=0.1').getByRole('link').focus();
        await app.keyboard.press('t');
        await look('words');
        await close(app);
        await openRun(app, 'lr=0.1');
        await look('run');
        await row(app, 'lr=0.5').click({ button: 'right' });
        await look('menu');
      });
    });
  }
}
