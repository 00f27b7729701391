// The dialog of connections by keyboard and mouse: what is filled in, refused, stopped, remembered, narrowed and copied.

import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { wandbDouble } from '../live/wandb-server/double';
import { drawnRuns } from '../live/wandb-server/runs';
import { importPanel, listedRuns } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const dialog = (page: Page) => page.getByRole('dialog');
const address = (page: Page) => dialog(page).getByRole('textbox', { name: 'Address' });
const button = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name, exact: typeof name === 'string' });
const tracker = (page: Page) => dialog(page).getByRole('combobox', { name: 'Tracker' });

async function choose(page: Page, name: string): Promise<void> {
  await tracker(page).click();
  await page.getByRole('option', { name, exact: true }).click();
}

async function serving(listener: RequestListener, tls = false): Promise<{ readonly url: string; readonly server: Server }> {
  const read = (name: string): string => readFileSync(`test/host/http/tls/${name}.pem`, 'utf8');
  const server = tls ? createSecureServer({ cert: read('certificate'), key: read('key') }, listener) : createServer(listener);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const end = (server: Server): void => {
  server.closeAllConnections();
  server.close();
};

test('a form brings its own address, and keeps one that was typed', async ({ app: page }) => {
  await page.keyboard.press('Control+Shift+K');
  await expect(address(page)).toBeFocused();
  await choose(page, 'ClearML server');
  await expect(address(page)).toHaveValue('https://api.clear.ml');
  await choose(page, 'Weights & Biases server');
  await expect(address(page)).toHaveValue('https://api.wandb.ai');
  await choose(page, 'MLflow server');
  await expect(address(page)).toHaveValue('');
  await expect(button(page, 'Connect')).toBeDisabled();
  await address(page).fill('tracker.test');
  await choose(page, 'Comet server');
  await expect(address(page)).toHaveValue('tracker.test');
  await expect(dialog(page)).toContainText('comet.com/account-settings/apiKeys');
  await choose(page, 'Neptune (ended)');
  await expect(dialog(page)).toContainText('deleted after 5 March 2026');
  await expect(address(page)).toBeHidden();
  await button(page, 'Open folder…').click();
  await expect(page.getByRole('heading', { name: /Open/ })).toBeVisible();
});

test('a server that is silent can be left, and what was entered stays', async ({ app: page }) => {
  let asked = 0;
  const { url, server } = await serving(() => void asked++);
  try {
    await page.keyboard.press('Control+Shift+K');
    await address(page).fill(url);
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('status')).toContainText(`Asking ${url} for`);
    expect(asked).toBeGreaterThan(0);
    await button(page, 'Stop').click();
    await expect(button(page, 'Connect')).toBeEnabled();
    await expect(address(page)).toHaveValue(url);
    await expect(dialog(page).getByRole('alert')).toBeHidden();
  } finally {
    end(server);
  }
});

test('a certificate that nobody vouches for is shown before it is known which tracker it is, and trusted by choice', async ({ app: page }) => {
  const { url, server } = await serving((request, response) => {
    if (request.url === '/version') response.end('3.17.2');
    else response.writeHead(404).end();
  }, true);
  try {
    await page.keyboard.press('Control+Shift+K');
    await address(page).fill(url);
    await page.keyboard.press('Enter');
    const certificate = dialog(page).getByRole('region', { name: 'Certificate of the server' });
    await expect(certificate).toContainText(/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
    await expect(dialog(page).getByRole('alert')).not.toContainText('SHA-256');
    await certificate.getByRole('button', { name: 'It is the same: trust this certificate' }).click();
    // It is asked now, and answers as an MLflow without experiments.
    await expect(tracker(page)).toContainText('MLflow server');
    await expect(certificate).toBeHidden();
  } finally {
    end(server);
  }
});

test('runs are narrowed by name, checked together and copied as a command; the connection is there the next time, and can be forgotten', async ({
  app: page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const double = await wandbDouble(drawnRuns());
  try {
    await page.keyboard.press('Control+Shift+K');
    await address(page).fill(double.url);
    await page.keyboard.press('Enter');
    // What is to be entered next has the focus.
    const key = dialog(page).locator('input[data-field="key"]');
    await expect(key).toBeFocused();
    await page.keyboard.type('w'.repeat(40));
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('alert')).toContainText('401');
    await expect(key).toBeFocused();
    await key.fill(double.key);
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('checkbox', { name: 'lab/größe' }).click();
    await expect(button(page, 'Read all that are found (5)')).toBeEnabled();

    const name = dialog(page).getByRole('textbox', { name: 'Runs whose name has' });
    await name.fill('S');
    await expect(dialog(page).getByText('2 of 5 runs')).toBeVisible();
    await expect(button(page, 'Read 2 runs')).toBeEnabled();
    await dialog(page).getByRole('checkbox', { name: 'sparse', exact: true }).click();
    await expect(button(page, 'Read 1 run')).toBeEnabled();
    await dialog(page).getByRole('checkbox', { name: 'Check all 2 that are shown' }).click();
    await button(page, 'Copy as a command').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^diptych connect http:\S+ --tracker wandb '--project=lab\/größe' --run=\S+ --run=\S+ -o runs$/,
    );
    await name.fill('nobody');
    await expect(dialog(page).getByText('0 of 5 runs')).toBeVisible();
    // What is checked stays so, shown or not.
    await button(page, 'Read 2 runs').click();
    await waitIdle(page);
    await expect(importPanel(page)).toContainText('2 runs added');
    expect((await listedRuns(page)).length).toBe(2);

    const filter = dialog(page).getByRole('textbox', { name: 'Filter' });
    await page.keyboard.press('Control+Shift+K');
    await expect(address(page)).toHaveValue(double.url);
    await expect(key).toHaveValue('');
    await expect(key).toHaveAttribute('placeholder', /kept/);
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('checkbox', { name: 'lab/größe' }).click();
    await filter.fill('{"state": ');
    await filter.press('Enter');
    await expect(dialog(page).getByRole('alert')).toContainText('A filter of W&B is JSON');
    await expect(button(page, /^Read/)).toBeDisabled();
    await filter.fill('{"state": "never"}');
    await filter.press('Enter');
    await expect(dialog(page)).toContainText('No run is like that.');
    await expect(button(page, /^Read/)).toBeDisabled();
    await button(page, 'Back').click();
    await button(page, `Forget ${double.url}`).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+K');
    await expect(address(page)).toHaveValue('');
    await expect(dialog(page).getByRole('list', { name: 'Connected to before' })).toBeHidden();
  } finally {
    await double.close();
  }
});
