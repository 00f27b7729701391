// Curves: from thinned to every stored point and back, values under the cursor, full screen, tables, and what undo brings back.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { drop } from './support/drop';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const points = 3000;

/** Twelve runs with two curves; the last is NaN from the middle on. */
function writeRuns(folder: string): string {
  for (let run = 0; run < 12; run++) {
    const rows = Array.from({ length: points }, (_, step) => {
      const loss = run === 11 && step > points / 2 ? 'nan' : String(0.1 * (run + 1) + Math.exp(-step / 400) + (step === 1234 ? 5 : 0));
      return `${step},${loss},${step % 100 === 0 ? 1 - 1 / (step + 2) : ''}`;
    });
    const place = join(folder, 'runs', `run-${run}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'log.csv'), `step,train/loss,val/acc\n${rows.join('\n')}\n`);
  }
  return join(folder, 'runs');
}

const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const chart = (page: Page, name: string): Locator => page.getByRole('group', { name: new RegExp(`^${name}: `) });
const badge = (page: Page, name: string): Locator => panel(page, name).getByRole('button', { name: /^Points drawn/ });

test.beforeEach(async ({ app }, info) => {
  await drop(app, [writeRuns(info.outputPath())]);
  await expect(app.getByText('12 runs added')).toBeVisible();
  await app.keyboard.press('2');
  await expect(badge(app, 'train/loss')).toBeVisible();
  await waitIdle(app);
});

test('a drag zooms all panels to their stored points, a double click shows all again', async ({ app }) => {
  await expect(badge(app, 'train/loss')).toHaveAccessibleName(/least and the greatest.*36,000 in this window/);
  const box = await chart(app, 'train/loss').boundingBox();
  if (!box) throw new Error('no chart');
  const y = box.y + box.height / 2;
  await app.mouse.move(box.x + box.width / 2, y);
  await app.mouse.down();
  await app.mouse.move(box.x + box.width / 2 + 30, y + 2, { steps: 4 });
  await app.mouse.up();
  await waitIdle(app);
  await expect(badge(app, 'train/loss')).toHaveAccessibleName(/Every one of the [\d,]+ points in this window is drawn \(36,000 points logged\)/);
  await expect(badge(app, 'val/acc')).toHaveAccessibleName(/points in this window/);
  await expect(app.getByRole('button', { name: 'Reset zoom' })).toBeVisible();
  await app.mouse.dblclick(box.x + box.width / 2, y);
  await waitIdle(app);
  await expect(badge(app, 'train/loss')).toHaveAccessibleName(/36,000 in this window/);
});

test('the tooltip lists at most eight runs, nearest first, and a click keeps every digit', async ({ app }) => {
  const box = await chart(app, 'train/loss').boundingBox();
  if (!box) throw new Error('no chart');
  await app.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.6);
  const tip = app.getByRole('status', { name: 'Values at the cursor' });
  await expect(tip.getByRole('row')).toHaveCount(8);
  // The one that is NaN here has no line to be near to.
  await expect(tip).toContainText('and 3 more');
  await app.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.6);
  const kept = app.getByRole('group', { name: 'Values at the cursor' });
  await expect(kept.getByRole('row').first()).toHaveText(/run-\d+\s*\d\.\d{10,}/);
});

test('logarithms and smoothing are undone one by one, and come back after a reload', async ({ app }) => {
  const log = app.getByRole('button', { name: 'log y' });
  await app.keyboard.press('y');
  await expect(log).toHaveAttribute('aria-pressed', 'true');
  await app.keyboard.press('s');
  await expect(app.getByRole('button', { name: 'EMA 0.60' })).toBeVisible();
  await app.keyboard.press('Control+z');
  await expect(app.getByRole('button', { name: 'Smoothing' })).toBeVisible();
  await expect(log).toHaveAttribute('aria-pressed', 'true');
  await waitIdle(app);
  await app.reload();
  await expect(log).toHaveAttribute('aria-pressed', 'true');
});

test('a panel fills the screen until Esc, and stands as a table for who cannot see it', async ({ app }) => {
  await panel(app, 'train/loss').getByRole('button', { name: 'Full screen' }).click();
  const screen = app.getByRole('region', { name: 'train/loss, full screen' });
  await expect(screen.getByRole('list', { name: 'Curves' }).getByRole('listitem')).toHaveCount(12);
  await app.keyboard.press('Escape');
  await expect(screen).toHaveCount(0);
  await panel(app, 'train/loss').getByRole('button', { name: 'More for train/loss' }).click();
  await app.getByRole('menuitem', { name: 'Show as table' }).click();
  const table = panel(app, 'train/loss').getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(13);
  await expect(table.getByRole('row', { name: /run-11/ })).toContainText('1,499');
});

test('search finds panels by pattern, folds nothing away, and says when there is none', async ({ app }) => {
  const search = app.getByRole('textbox', { name: 'Search panels' });
  await search.fill('^VAL/');
  await expect(panel(app, 'train/loss')).toHaveCount(0);
  await expect(panel(app, 'val/acc')).toBeVisible();
  await search.fill('nothing');
  await app.getByRole('button', { name: 'Show all 2 panels' }).click();
  await expect(panel(app, 'train/loss')).toBeVisible();
});

test('the chart is walked and zoomed by keys alone', async ({ app }) => {
  await chart(app, 'train/loss').focus();
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('ArrowRight');
  await expect(app.getByRole('status', { name: 'Values at the cursor' })).toContainText('step');
  for (let i = 0; i < 6; i++) await app.keyboard.press('+');
  await waitIdle(app);
  await expect(badge(app, 'train/loss')).toHaveAccessibleName(/Every one of the/);
  await app.keyboard.press('0');
  await expect(badge(app, 'train/loss')).toHaveAccessibleName(/36,000 in this window/);
});
