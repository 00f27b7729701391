// A tracker read where it runs: connect, choose, read; then work without it, and read what is new.
import type { Page } from '@playwright/test';
import { clearmlDouble } from '../live/clearml-server/double';
import { drawnServer, drawnTasks } from '../live/clearml-server/runs';
import { type Double, wandbDouble } from '../live/wandb-server/double';
import { drawnRuns } from '../live/wandb-server/runs';
import { importPanel, listedRuns, messages, openTab, runList } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const dialog = (page: Page) => page.getByRole('dialog');
const project = 'lab/größe';

async function withDouble(use: (double: Double) => Promise<void>): Promise<void> {
  const double = await wandbDouble(drawnRuns());
  try {
    await use(double);
  } finally {
    await double.close();
  }
}

/** Says where and as whom; the tracker is found out by the address. */
async function connect(page: Page, double: Double): Promise<void> {
  await page.keyboard.press('Control+Shift+K');
  await dialog(page).getByRole('textbox', { name: 'Address' }).fill(double.url);
  await dialog(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog(page).getByLabel('API key').fill(double.key);
  await dialog(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog(page)
    .getByRole('heading', { name: /Weights & Biases/ })
    .waitFor();
}

async function readAll(page: Page): Promise<void> {
  await dialog(page).getByRole('checkbox', { name: project }).click();
  await expect(dialog(page).getByRole('checkbox', { name: 'edge', exact: true })).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Read all that are found' }).click();
  await waitIdle(page);
}

test('runs are read from a tracker, stay without it, and a refresh brings only what is new', async ({ app: page }) => {
  await withDouble(async (double) => {
    await connect(page, double);
    await readAll(page);
    await expect(importPanel(page)).toContainText('5 runs added');
    expect((await listedRuns(page)).length).toBe(5);

    double.add({ ...drawnRuns()[0], name: 'later1', displayName: 'added later', createdAt: '2026-03-09T10:00:00Z' } as never);
    await page.keyboard.press('Control+Shift+L');
    await waitIdle(page);
    await expect(importPanel(page)).toContainText('1 run added');

    await double.close();
    await page.reload();
    await waitIdle(page);
    expect((await listedRuns(page)).length).toBe(6);
    await openTab(page, 'Curves');
    await expect(page.getByRole('region', { name: 'loss', exact: true })).toBeVisible();
    await page.keyboard.press('Control+K');
    await page.keyboard.type('Sources: refresh');
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByText('Offline: the server does not answer')).toBeVisible();
  });
});

test('one run is chosen by hand, and only that is read', async ({ app: page }) => {
  await withDouble(async (double) => {
    await connect(page, double);
    await dialog(page).getByRole('checkbox', { name: project }).click();
    await dialog(page).getByRole('checkbox', { name: 'sparse', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Read 1 run', exact: true }).click();
    await waitIdle(page);
    await expect(runList(page).getByRole('link', { name: 'sparse', exact: true })).toBeVisible();
    expect((await listedRuns(page)).length).toBe(1);
  });
});

test('a server that asks for two keys is told by its form, and a task that went on is read again alone', async ({ app: page }) => {
  const double = await clearmlDouble(drawnServer());
  try {
    const go = () => dialog(page).getByRole('button', { name: 'Connect', exact: true }).click();
    await page.keyboard.press('Control+Shift+K');
    await dialog(page).getByRole('textbox', { name: 'Address' }).fill(double.url);
    await go();
    await expect(dialog(page).getByRole('alert')).toContainText('Access key is missing');
    await dialog(page).getByLabel('Access key').fill(double.keys.access);
    await dialog(page).getByLabel('Secret key', { exact: true }).fill(double.keys.secret);
    await go();
    await dialog(page).getByRole('heading', { name: 'ClearML 2.0.1' }).waitFor();
    await dialog(page).getByRole('checkbox', { name: 'lab/größe', exact: true }).click();
    const filter = dialog(page).getByRole('textbox', { name: 'Filter' });
    await filter.fill('{"status": ["completed", "failed"]}');
    await filter.press('Enter');
    await expect(dialog(page).getByRole('checkbox', { name: 'edge', exact: true })).toBeVisible();
    await expect(dialog(page).getByRole('checkbox', { name: 'media', exact: true })).toBeHidden();
    await dialog(page).getByRole('button', { name: 'Read all that are found' }).click();
    await waitIdle(page);
    await expect(importPanel(page)).toContainText('2 runs added');

    const [first] = drawnTasks() as [ReturnType<typeof drawnTasks>[number]];
    double.replace({ ...first, task: { ...first.task, name: 'renamed since', last_update: '2026-03-04T10:00:00.000000+00:00' } });
    await page.keyboard.press('Control+Shift+L');
    await waitIdle(page);
    await expect(runList(page).getByRole('link', { name: 'renamed since', exact: true })).toBeVisible();
    expect((await listedRuns(page)).length).toBe(2);
  } finally {
    await double.close();
  }
});

test('a wrong key, no server, and what is no tracker are told in the dialog, which keeps what was entered', async ({ app: page, served }) => {
  await withDouble(async (double) => {
    await page.keyboard.press('Control+Shift+K');
    const address = dialog(page).getByRole('textbox', { name: 'Address' });
    const go = dialog(page).getByRole('button', { name: 'Connect', exact: true });
    const alert = dialog(page).getByRole('alert');
    await address.fill('127.0.0.1:9');
    await go.click();
    await expect(alert).toContainText('nothing listens there');
    await address.fill(served.origin);
    await go.click();
    await expect(alert).toContainText('no tracker that Diptych knows');
    await address.fill(double.url);
    await go.click();
    await dialog(page).getByLabel('API key').fill('w'.repeat(40));
    await go.click();
    await expect(alert).toContainText('401');
    await expect(alert).not.toContainText('w'.repeat(40));
    await expect(address).toHaveValue(double.url);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(messages(page)).not.toContainText('w'.repeat(40));
  });
});
