// Hostile folders: clear words on what is broken, the good runs beside it, and nothing of the data runs or calls home.
import type { Page } from '@playwright/test';
import { importDrop, importPanel, openTab, runList, tabNames } from './support/frame';
import { attack, hostileFolder, outsideName, rightToLeft } from './support/hostile';
import { waitIdle } from './support/idle';
import { type StoredRun, storedRuns } from './support/stored-run';
import { expect, test } from './support/test';

const issueList = (app: Page) => importPanel(app).getByRole('listitem');

async function openIssues(app: Page): Promise<void> {
  await importPanel(app)
    .getByRole('button', { name: /on what was read/ })
    .click();
}

function namesOf(runs: readonly StoredRun[]): readonly string[] {
  return runs.map(({ name, path }) => name ?? path);
}

/** Nothing of the data became an element or ran. */
async function expectNoAttack(app: Page): Promise<void> {
  expect(await app.evaluate(() => (window as unknown as { attacked?: number }).attacked)).toBeUndefined();
  await expect(app.locator('[data-attack]')).toHaveCount(0);
}

test.beforeEach(({ page }) => {
  page.on('dialog', (dialog) => {
    throw new Error(`A dialog opened: ${dialog.message()}`);
  });
});

test('a drop of it gives the good runs, and an issue for each thing that is broken', async ({ app }, info) => {
  const { folder, good } = hostileFolder(info.outputPath('base'));
  await importDrop(app, [folder]);
  const names = namesOf(await storedRuns(app));
  for (const name of good)
    expect(
      names.some((one) => one === name || one.endsWith(`/${name}`)),
      name,
    ).toBe(true);
  expect(names).not.toContain(outsideName);
  await openIssues(app);
  for (const file of ['broken.zip', /tfevents\.1795424161\.vm\.29956\.2/, /garbled · meta\.yaml/]) {
    const issue = issueList(app).filter({ hasText: file }).first();
    await expect(issue).toBeVisible();
    // Message, remedy and place: three lines with words in them.
    for (const line of await issue.locator('p').allTextContents()) expect(line.trim()).not.toBe('');
  }
  await expectNoAttack(app);
});

test.describe('a folder that the host reads', () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first parameter.
    paths: async ({}, use, info) => use([hostileFolder(info.outputPath('base')).folder]),
  });

  test('gives the same good runs, and what links lead to outside of it stays outside', async ({ app }) => {
    const names = namesOf(await storedRuns(app));
    expect(names).toContain('a good run');
    expect(names).not.toContain(outsideName);
    await openIssues(app);
    await expect(issueList(app).filter({ hasText: 'link-out' })).toBeVisible();
    await expectNoAttack(app);
  });
});

test('every view shows names made to attack as plain text', async ({ app }, info) => {
  test.slow();
  await importDrop(app, [hostileFolder(info.outputPath('base')).folder]);
  for (const tab of tabNames) {
    await openTab(app, tab);
    await expectNoAttack(app);
  }
  for (const name of [attack, rightToLeft]) {
    await runList(app).getByRole('link', { name, exact: true }).click();
    await waitIdle(app);
    await expect(app.getByRole('heading', { level: 1 })).toHaveText(name);
    for (const section of await app.getByRole('tablist', { name: 'About this run' }).getByRole('tab').all()) {
      await section.click();
      await waitIdle(app);
      await expectNoAttack(app);
    }
  }
});
