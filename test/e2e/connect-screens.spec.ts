// Pictures of connecting, for people to look at: every form, what goes wrong in it, the choice, and how it stands afterwards.
import type { Page } from '@playwright/test';
import { wandbDouble } from '../live/wandb-server/double';
import { drawnRuns } from '../live/wandb-server/runs';
import { faults } from './support/faults';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

const dialog = (page: Page) => page.getByRole('dialog');

/** Nothing of the dialog is pushed out of the window, and no control of it out of the dialog. */
const stickingOut = (page: Page): Promise<readonly string[]> =>
  dialog(page).evaluate((box) => {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const isOut = left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
    const controls = [...box.querySelectorAll('button, input, code')].filter((one) => {
      const at = one.getBoundingClientRect();
      return at.width > 0 && (at.left < left || at.right > right);
    });
    return [...(isOut ? ['the dialog'] : []), ...controls.map((one) => one.outerHTML.slice(0, 200))];
  });

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of sizes) {
    test.describe(`${colorScheme} ${viewport.width}`, () => {
      test.use({ colorScheme, viewport });

      test('connect', async ({ app: page }, info) => {
        test.setTimeout(150_000);
        const shoot = async (name: string): Promise<void> => {
          await waitIdle(page);
          const picture = await page.screenshot({ path: info.outputPath(`${name}.png`) });
          expect(picture.length, name).toBeGreaterThan(10_000);
          if (!(await dialog(page).isVisible())) return;
          expect(await stickingOut(page), name).toEqual([]);
          if (viewport === sizes[0]) expect.soft(await faults(page, '[role="dialog"]'), name).toEqual([]);
        };
        const tracker = dialog(page).getByRole('combobox', { name: 'Tracker' });
        const address = dialog(page).getByRole('textbox', { name: 'Address' });
        const alert = dialog(page).getByRole('alert');
        await page.keyboard.press('Control+Shift+K');
        await expect(address).toBeFocused();
        await shoot('any');
        await tracker.click();
        await page.getByRole('option', { name: 'S3-compatible bucket' }).waitFor();
        const names = await page.getByRole('option').allInnerTexts();
        await shoot('trackers');
        await page.keyboard.press('Escape');
        for (const name of names.slice(1)) {
          await tracker.click();
          await page.getByRole('option', { name, exact: true }).click();
          await expect(tracker).toContainText(name);
          await shoot(`form-${name.replace(/\W+/g, '-').toLowerCase()}`);
        }
        await tracker.click();
        await page.getByRole('option', { name: names[0] as string, exact: true }).click();
        for (const [name, wrong] of [
          ['no-address', 'what is this'],
          ['nobody', '127.0.0.1:9'],
          ['long', `https://${'a-long-name.'.repeat(16)}example.invalid/${'path/'.repeat(20)}`],
        ] as const) {
          await address.fill(wrong);
          await page.keyboard.press('Enter');
          await alert.waitFor();
          await shoot(`refused-${name}`);
        }

        const double = await wandbDouble(drawnRuns());
        try {
          await address.fill(double.url);
          await page.keyboard.press('Enter');
          await expect(alert).toContainText('API key');
          await shoot('refused-key');
          await dialog(page).locator('input[data-field="key"]').fill(double.key);
          await page.keyboard.press('Enter');
          await dialog(page).getByText('1 project').waitFor();
          await shoot('projects');
          await dialog(page).getByRole('checkbox', { name: 'lab/größe' }).click();
          await dialog(page).getByText('5 runs').waitFor();
          await dialog(page).getByRole('checkbox', { name: 'sparse', exact: true }).click();
          await shoot('runs');
          await dialog(page).getByRole('button', { name: 'Read 1 run' }).click();
          await shoot('read');
        } finally {
          await double.close();
        }
        await page.keyboard.press('Control+K');
        await page.keyboard.type('Sources: refresh');
        await page.keyboard.press('Enter');
        await dialog(page).getByText('Offline: the server does not answer').waitFor();
        await shoot('offline');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Shift+K');
        await dialog(page).getByRole('list', { name: 'Connected to before' }).waitFor();
        await shoot('before');
      });
    });
  }
}
