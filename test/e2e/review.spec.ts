// The review: five parts with links that open their evidence, filters, keys, copying, and no fault that axe can find.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { importDrop, importPanel, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const part = (app: Page, name: string): Locator => app.getByRole('region', { name, exact: true });
const item = (app: Page, name: string | RegExp): Locator => app.getByRole('article', { name });

test.beforeEach(async ({ app }) => {
  await importDrop(app, ['resources/samples/lr-sweep']);
  await importPanel(app).getByRole('button', { name: 'Close' }).click();
  await openTab(app, 'Review');
});

test('says in five parts what the runs are, what is critical, what to do and what is next', async ({ app }) => {
  await expect(part(app, 'Assessment')).toContainText('5 runs of digits');
  await expect(part(app, 'Assessment')).toContainText('diptych review PATH --code CODE');
  const diverged = part(app, 'Critical issues').getByRole('article', { name: 'Training diverged' });
  await expect(diverged).toContainText('lr-30');
  await expect(diverged.locator('pre').first()).toContainText('torch.isfinite(loss)');
  await expect(part(app, 'Next steps').getByRole('article').first()).toContainText('Explore');
  await expect(part(app, 'Organization and naming')).toContainText(/Nothing was found here|low/);
});

test('links open the finding, the item of the checklist and the run', async ({ app }) => {
  await item(app, 'Training diverged').getByRole('button', { name: 'A-01 on the curve' }).click();
  await expect(app).toHaveURL(/#\/health\/finding\/\w+\/A-01\/0$/);
  await expect(app.getByRole('complementary', { name: 'Finding A-01' })).toBeVisible();
  await openTab(app, 'Review');
  await part(app, 'Recommendations').getByRole('button', { name: 'R06 in the checklist' }).click();
  await expect(app.getByRole('complementary', { name: 'Item R06' })).toBeVisible();
  await openTab(app, 'Review');
  await item(app, 'Training diverged').getByRole('button', { name: 'lr-30' }).click();
  await expect(app.getByRole('tablist', { name: 'About this run' })).toBeVisible();
});

test('is filtered by severity, walked by keys, and copied as Markdown', async ({ app, context }) => {
  await app.getByRole('button', { name: /^high, 1 item$/ }).click();
  await expect(item(app, 'Training diverged')).toHaveCount(0);
  await expect(part(app, 'Critical issues')).toContainText('of other severities');
  await app.getByRole('button', { name: /^high, 1 item$/ }).click();
  await app.keyboard.press('n');
  await expect(item(app, 'Training diverged')).toBeFocused();
  await app.keyboard.press('n');
  await expect(part(app, 'Recommendations').getByRole('article').first()).toBeFocused();
  await app.keyboard.press('p');
  await expect(item(app, 'Training diverged')).toBeFocused();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.keyboard.press('m');
  const copied = await app.evaluate(() => navigator.clipboard.readText());
  for (const words of ['# Review of 5 runs', '## Critical issues', '### Training diverged', '## Next steps', '## Not assessed'])
    expect.soft(copied).toContain(words);
  await app.keyboard.press('?');
  await expect(app.getByRole('dialog', { name: 'Keys' })).toContainText('Copy the review as Markdown');
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('no part has a serious fault that axe can find', async ({ app }, info) => {
      await waitIdle(app);
      await app.screenshot({ path: info.outputPath('top.png') });
      for (const summary of await app.locator('main details > summary').all()) await summary.click();
      await waitIdle(app);
      await app.screenshot({ path: info.outputPath('review.png') });
      const { violations } = await new AxeBuilder({ page: app }).include('main').analyze();
      const faults = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(faults.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
    });
  });
