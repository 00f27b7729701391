// Pictures of connecting, for people to look at: every form, what goes wrong in it, the choice, and how it stands afterwards.

import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { clearmlDouble } from '../live/clearml-server/double';
import { drawnServer } from '../live/clearml-server/runs';
import { wandbDouble } from '../live/wandb-server/double';
import { drawnRuns } from '../live/wandb-server/runs';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

async function listening(listener: RequestListener, tls = false) {
  const server = tls
    ? createSecureServer({ cert: readFileSync('test/host/http/tls/certificate.pem'), key: readFileSync('test/host/http/tls/key.pem') }, listener)
    : createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of sizes) {
    test.describe(`${colorScheme} ${viewport.width}`, () => {
      test.use({ colorScheme, viewport });
      test('connect', async ({ app: page }, info) => {
        test.setTimeout(240_000);
        const dialog = page.getByRole('dialog');
        const shoot = async (name: string): Promise<void> => {
          await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
          await page.screenshot({ path: info.outputPath(`${name}.png`) });
        };
        await page.keyboard.press('Control+Shift+K');
        await dialog.waitFor();
        await page.waitForTimeout(300);
        await shoot('00-any');
        const combo = dialog.getByRole('combobox', { name: 'Tracker' });
        await combo.click();
        await page.waitForTimeout(300);
        await shoot('01-picker');
        const names = await page.getByRole('option').allInnerTexts();
        console.log(names.join(' | '));
        await page.keyboard.press('Escape');
        for (const [at, name] of names.entries()) {
          if (at === 0) continue;
          await combo.click();
          await page.getByRole('option', { name, exact: true }).click();
          await page.waitForTimeout(500);
          await shoot(`02-form-${name.replace(/\W+/g, '-').toLowerCase()}`);
        }
        const pick = async (name: string) => {
          await combo.click();
          await page.getByRole('option', { name, exact: true }).click();
        };
        const address = dialog.getByRole('textbox', { name: 'Address' });
        const go = dialog.getByRole('button', { name: 'Connect', exact: true });
        const alert = dialog.getByRole('alert');
        await pick(names[0] as string);
        await address.fill('127.0.0.1:9');
        await go.click();
        await alert.waitFor();
        await shoot('03-nobody');
        await address.fill('what is this');
        await go.click();
        await alert.waitFor();
        await shoot('03-no-address');
        const tls = await listening((_, r) => r.end('x'), true);
        await address.fill(tls.url);
        await go.click();
        await alert.waitFor();
        await shoot('03-certificate');
        tls.close();
        const slow = await listening(() => {});
        await address.fill(slow.url);
        await go.click();
        await page.waitForTimeout(3500);
        await shoot('04-connecting');
        await dialog.getByRole('button', { name: 'Stop' }).click();
        await page.keyboard.press('Escape');
        slow.close();
        await page.keyboard.press('Control+Shift+K');
        await page.waitForTimeout(300);
        await shoot('04b-reopened');
        const wandb = await wandbDouble(drawnRuns());
        await address.fill(wandb.url);
        await go.click();
        await alert.waitFor();
        await shoot('05-wandb-asks');
        await dialog.getByRole('textbox', { name: 'API key' }).fill('w'.repeat(40));
        await go.click();
        await expect(alert).toContainText('401');
        await shoot('05-wandb-401');
        await dialog.getByRole('textbox', { name: 'API key' }).fill(wandb.key);
        await go.click();
        await dialog.getByRole('heading', { name: /Weights & Biases/ }).waitFor();
        await page.waitForTimeout(500);
        await shoot('06-projects');
        await dialog.getByRole('checkbox', { name: 'lab/größe' }).click();
        await page.waitForTimeout(800);
        await shoot('07-runs');
        await dialog.getByRole('checkbox', { name: 'sparse', exact: true }).click();
        await shoot('08-picked');
        const filter = dialog.getByRole('textbox', { name: /Filter/ });
        await filter.fill('{"state": ');
        await filter.press('Enter');
        await page.waitForTimeout(500);
        await shoot('09-bad-filter');
        await filter.fill('{"state": "nothing"}');
        await filter.press('Enter');
        await page.waitForTimeout(500);
        await shoot('09-none-found');
        await filter.fill('');
        await filter.press('Enter');
        await page.waitForTimeout(500);
        await dialog.getByRole('textbox', { name: /Runs whose/ }).fill('s');
        await page.waitForTimeout(300);
        await shoot('09-narrowed');
        await dialog.getByRole('textbox', { name: /Runs whose/ }).fill('');
        await dialog.getByRole('button', { name: 'Read all that are found' }).click();
        await page.waitForTimeout(100);
        await shoot('10-reading');
        await waitIdle(page);
        await shoot('11-read');
        await page.keyboard.press('Control+K');
        await page.keyboard.type('Sources: refresh');
        await page.keyboard.press('Enter');
        await page.waitForTimeout(1000);
        await shoot('12-sources');
        await dialog.getByRole('button', { name: 'Follow' }).click();
        await page.waitForTimeout(4000);
        await shoot('13-following');
        await wandb.close();
        await page.waitForTimeout(12000);
        await shoot('14-following-gone');
        await dialog.getByRole('button', { name: 'Stop' }).click();
        await page.waitForTimeout(11000);
        await shoot('15-offline');
        await page.keyboard.press('Escape');
        await shoot('16-after');
        await page.keyboard.press('Control+Shift+L');
        await page.waitForTimeout(4000);
        await shoot('17-refresh-offline');
        await page.keyboard.press('Control+Shift+K');
        await page.waitForTimeout(500);
        await shoot('18-reopened-after');
        await pick(names[0] as string);
        const clearml = await clearmlDouble(drawnServer());
        await address.fill(clearml.url);
        await go.click();
        await page.waitForTimeout(1500);
        await shoot('19-clearml-asks');
        await clearml.close();
      });
    });
  }
}
