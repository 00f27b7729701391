// A bucket as a remote folder: entered in the dialog, read, kept, and what is wrong with it told where it was entered.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { filesBelow, keys, type Service, serviceOf, stored } from '../host/buckets/service';
import { importPanel, listedRuns } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const dialog = (page: Page) => page.getByRole('dialog');

async function withBucket(use: (url: string, service: Service, end: () => void) => Promise<void>): Promise<void> {
  const files = filesBelow('test/fixtures/csv/train-log-per-run/input');
  const service = serviceOf(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`exp/${path}`, bytes])));
  let count = 0;
  const server = createServer((request, response) => service.answer(request, response, ++count));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const end = (): void => {
    server.closeAllConnections();
    server.close();
  };
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, service, end);
  } finally {
    end();
  }
}

test('a bucket is entered, read like a folder, and kept without it; a wrong key is told in the dialog', async ({ app: page }) => {
  await withBucket(async (url, service, end) => {
    await page.keyboard.press('Control+Shift+K');
    await dialog(page).getByRole('combobox', { name: 'Tracker' }).click();
    await page.getByRole('option', { name: 'S3-compatible bucket' }).click();
    await dialog(page).getByRole('textbox', { name: 'Endpoint' }).fill(url);
    await dialog(page).getByRole('textbox', { name: 'Bucket/prefix' }).fill('s3://runs/exp');
    await dialog(page).getByLabel('Access key', { exact: true }).fill(keys.id);
    await dialog(page).getByLabel('Secret key', { exact: true }).fill('not-the-secret');
    await dialog(page).getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(dialog(page).getByRole('alert')).toContainText('does not know who asks');
    await expect(dialog(page).getByRole('alert')).toBeInViewport({ ratio: 0.9 });
    await expect(dialog(page)).not.toContainText('not-the-secret');
    await dialog(page).getByLabel('Secret key', { exact: true }).fill(keys.secret);
    await dialog(page).getByRole('button', { name: 'Connect', exact: true }).click();
    await waitIdle(page);
    await expect(importPanel(page)).toContainText('2 runs added');
    expect((await listedRuns(page)).length).toBe(2);

    service.objects.set('exp/later/metrics.csv', stored('step,loss\n0,1\n1,0.5\n2,0.25\n'));
    await page.keyboard.press('Control+Shift+L');
    await waitIdle(page);
    await expect(importPanel(page)).toContainText('1 run added');
    end();
    await page.reload();
    await waitIdle(page);
    expect((await listedRuns(page)).length).toBe(3);
    await page.keyboard.press('Control+K');
    await page.keyboard.type('Sources: refresh');
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toContainText('s3://runs/exp');
    await expect(dialog(page).getByText('Offline: nothing is to be had there now')).toBeVisible();
  });
});

test('an address that was pasted leads to the form of buckets; of another kind it says what to do', async ({ app: page }) => {
  await page.keyboard.press('Control+Shift+K');
  await dialog(page).getByRole('textbox', { name: 'Address' }).fill('gs://runs/exp');
  await dialog(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('gcloud storage rsync');
  await expect(dialog(page).getByRole('textbox', { name: 'Bucket/prefix' })).toHaveValue('gs://runs/exp');
  await expect(dialog(page).getByRole('textbox', { name: 'Endpoint' })).toHaveValue('https://s3.amazonaws.com');
});
