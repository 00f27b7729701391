// All that a run holds as one tree: what Neptune's people see first, walked by keys, searched, copied, and opened.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { fixture } from './support/fixture';
import { importDrop, openRun } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const tree = (app: Page) => app.getByRole('tree', { name: 'Attributes' });
const item = (app: Page, name: RegExp) => tree(app).getByRole('treeitem', { name });

test('a Neptune run opens as one tree of its names', async ({ app, context }, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await importDrop(app, [fixture('neptune-export/n3-lr-sweep')]);
  await app.getByRole('grid', { name: 'Run list' }).getByRole('link').first().click();
  await waitIdle(app);
  await expect(app.getByRole('tab', { name: 'All metadata' })).toHaveAttribute('aria-selected', 'true');
  await expect(item(app, /^metrics/)).toHaveAttribute('aria-expanded', 'true');
  await expect(item(app, /^metrics/)).toHaveAttribute('aria-level', '1');
  await expect(item(app, /^grad_norm/)).toHaveAttribute('aria-level', '2');
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('neptune.png') });

  await tree(app).focus();
  await app.keyboard.press('End');
  await expect(item(app, /^sys/)).toHaveAttribute('aria-expanded', 'true');
  await app.keyboard.press('Home');
  await app.keyboard.press('ArrowLeft');
  const first = tree(app).getByRole('treeitem').first();
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await app.keyboard.press('ArrowRight');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  const { violations } = await new AxeBuilder({ page: app }).include('main').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
});

test('media lead to their card', async ({ app }) => {
  await importDrop(app, [fixture('wandb/media')]);
  await openRun(app, 'with-media');
  await app.getByRole('tab', { name: 'All metadata' }).click();
  await app.getByRole('textbox', { name: 'Find an attribute or a value' }).fill('preds image');
  await expect(app.getByText('No path and no value holds these words.')).toBeVisible();
  await app.getByRole('textbox', { name: 'Find an attribute or a value' }).fill('preds table-file');
  await item(app, /^preds/).click();
  await app.getByRole('button', { name: 'Open in Media' }).click();
  await waitIdle(app);
  await expect(app).toHaveURL(/\/media\/val%2Fpreds$/);
  await expect(app.getByRole('table', { name: /val\/preds/ })).toBeInViewport();
});

test('any run is searched, copied from, and led on from', async ({ app, context }, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await importDrop(app, [fixture('mlflow-file/sweep-2.14')]);
  await openRun(app, 'lr=0.1');
  await app.getByRole('tab', { name: 'All metadata' }).click();
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('mlflow.png') });
  await app.getByRole('textbox', { name: 'Find an attribute or a value' }).fill('train/loss');
  await item(app, /^loss/).click();
  const detail = app.getByRole('complementary', { name: 'Attribute' });
  await expect(detail).toContainText('60 points');
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('series.png') });
  await tree(app).focus();
  await app.keyboard.press('Shift+Control+c');
  await expect(app.getByText('Path copied.')).toBeVisible();
  expect(await app.evaluate(() => navigator.clipboard.readText())).toBe('train/loss');
  await app.keyboard.press('Enter');
  await waitIdle(app);
  await expect(app.getByRole('region', { name: 'Charts', exact: true }).getByRole('region')).toHaveCount(1);
  await expect(app.getByRole('region', { name: 'train/loss' })).toBeVisible();
});
