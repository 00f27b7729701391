// The first minute: samples in one click, and the keys that people try.
import { readPanels } from './support/curves';
import { checkRuns, importPanel, listedRuns, messages, runList } from './support/frame';
import { waitIdle } from './support/idle';
import { storedRuns } from './support/stored-run';
import { expect, test } from './support/test';

test('one click from the start to curves', async ({ app }) => {
  await app.getByRole('button', { name: 'Try the samples' }).click();
  await expect(app.getByRole('tab', { name: 'Curves' })).toHaveAttribute('aria-selected', 'true');
  await waitIdle(app);
  const panels = await readPanels(app);
  expect(panels.size).toBeGreaterThan(3);
  expect([...panels.values()].some(({ coloured }) => coloured > 100)).toBe(true);
});

test.describe('with the samples', () => {
  test.beforeEach(async ({ app }) => {
    await app.getByRole('button', { name: 'Try the samples' }).click();
    await expect(importPanel(app).getByRole('status')).toHaveText(/^\d+ runs added$/);
    await importPanel(app).getByRole('button', { name: 'Close' }).click();
    await waitIdle(app);
  });

  test('runs go to the bin and come back to their places', async ({ app }) => {
    const before = await listedRuns(app);
    const first = runList(app).getByRole('row').first();
    await first.getByRole('checkbox').click();
    await app.getByRole('button', { name: 'Delete these' }).click();
    await waitIdle(app);
    expect(await listedRuns(app)).toEqual(before.slice(1));
    expect(await storedRuns(app)).toHaveLength(before.length - 1);
    await messages(app).getByRole('button', { name: 'Undo' }).click();
    await waitIdle(app);
    expect(await listedRuns(app)).toEqual(before);
    await app.reload();
    await waitIdle(app);
    expect(await listedRuns(app)).toEqual(before);
  });

  test('b makes the run of the arrow keys the baseline, and again takes it away', async ({ app }) => {
    await runList(app).focus();
    await app.keyboard.press('ArrowDown');
    await app.keyboard.press('ArrowDown');
    await app.keyboard.press('b');
    await expect(runList(app).getByRole('row').nth(1).getByRole('img', { name: 'Baseline' })).toBeVisible();
    await app.keyboard.press('b');
    await expect(runList(app).getByRole('img', { name: 'Baseline' })).toHaveCount(0);
    await app.keyboard.press('Control+z');
    await expect(runList(app).getByRole('img', { name: 'Baseline' })).toHaveCount(1);
  });

  test('the palette opens by Ctrl+K, finds commands and runs, and Esc closes it', async ({ app }) => {
    await app.keyboard.press('Control+k');
    const palette = app.getByRole('dialog', { name: 'All commands' });
    await expect(palette).toBeVisible();
    await palette.getByRole('combobox').fill('dark');
    await app.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
    const name = (await runList(app).getByRole('link').first().textContent()) ?? '';
    await app.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill(name);
    await app.keyboard.press('Enter');
    await expect(app.getByRole('heading', { level: 1 })).toHaveText(name);
    await app.keyboard.press('Control+k');
    await expect(palette).toBeVisible();
    await app.keyboard.press('Escape');
    await expect(palette).toBeHidden();
  });

  test('each tab opens by its number', async ({ app }) => {
    const tabs = await app.getByRole('tablist', { name: 'Views' }).getByRole('tab').all();
    expect(tabs.length).toBeGreaterThanOrEqual(5);
    for (const tab of tabs) {
      const key = await tab.getAttribute('aria-keyshortcuts');
      expect(key).toMatch(/^[0-9]$/);
      await app.keyboard.press(key ?? '');
      await expect(tab).toHaveAttribute('aria-selected', 'true');
      await waitIdle(app);
      await expect(app.getByRole('tabpanel')).not.toBeEmpty();
    }
  });

  test('dark mode follows the system, and a choice outlives a reload', async ({ app }) => {
    const background = () => app.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await app.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).not.toBe(light);
    await app.getByRole('button', { name: 'Theme: as the system' }).click();
    await expect.poll(background).toBe(light);
    await waitIdle(app);
    await app.reload();
    await waitIdle(app);
    expect(await background()).toBe(light);
  });

  test('two runs compare in one click', async ({ app }) => {
    const names = await runList(app).getByRole('link').allTextContents();
    await checkRuns(app, names.slice(0, 2));
    await app.getByRole('button', { name: 'Compare' }).click();
    await expect(app.getByRole('table', { name: 'Differences' })).toBeVisible();
  });
});
