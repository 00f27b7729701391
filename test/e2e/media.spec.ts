// What runs logged to be looked at: on the run page by step, and side by side for several runs.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { fixture } from './support/fixture';
import { checkRuns, importDrop, openRun, openTab } from './support/frame';
import { attack } from './support/hostile';
import { waitIdle } from './support/idle';
import { writeMediaRun } from './support/media-run';
import { expect, test } from './support/test';

const serious = async (app: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page: app }).include('main').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
};

/** Whether the picture is decoded, with its own size. */
const decoded = (image: Locator): Promise<readonly [number, number]> =>
  image.evaluate(async (element) => {
    const picture = element as HTMLImageElement;
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight] as const;
  });

async function openMedia(app: Page, run: string): Promise<void> {
  await openRun(app, run);
  await app.getByRole('tab', { name: /^Media/ }).click();
  await waitIdle(app);
}

test('a W&B run’s media by step, as W&B’s people know them', async ({ app }, info) => {
  await importDrop(app, [fixture('wandb/media')]);
  await openMedia(app, 'with-media');
  const card = (name: string) => app.getByRole('listitem').filter({ has: app.getByRole('heading', { name }) });

  await expect(card('gallery').getByRole('img', { name: /gallery/ })).toHaveCount(2);
  expect(await decoded(card('gallery').getByRole('img').first())).toEqual([8, 8]);
  await expect(card('val/examples').getByRole('slider')).toHaveAttribute('aria-valuetext', 'step 95, 4 of 4');
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('run.png') });
  expect(await serious(app)).toEqual([]);

  // A card's slider sets the step of all.
  await card('val/examples').getByRole('slider').focus();
  await app.keyboard.press('Home');
  await waitIdle(app);
  await expect(app.getByRole('slider', { name: 'Step of all media' })).toHaveAttribute('aria-valuetext', 'step 23, 1 of 4');
  await app.keyboard.press('ControlOrMeta+ArrowRight');
  await expect(card('gallery').getByRole('slider')).toHaveAttribute('aria-valuetext', 'step 47, 2 of 4');

  // A table is a table, sorted by a column.
  await card('val/preds').scrollIntoViewIfNeeded();
  const table = app.getByRole('table', { name: /val\/preds/ });
  await waitIdle(app);
  const head = table.getByRole('columnheader').first();
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');

  // A stranger's page is its source.
  await expect(card('report').getByText(/nothing in it runs here/)).toBeVisible();

  // A picture from near.
  await card('gallery')
    .getByRole('button', { name: /Enlarge/ })
    .first()
    .click();
  await expect(app.getByRole('dialog')).toContainText('8 × 8 px');
  await app.keyboard.press('ArrowRight');
  await expect(app.getByRole('dialog')).toContainText('4 of 8');
  await app.screenshot({ path: info.outputPath('zoom.png') });
  await app.keyboard.press('Escape');

  await app.getByRole('switch', { name: 'Histograms over steps' }).click();
  await waitIdle(app);
  await card('weights/l0').scrollIntoViewIfNeeded();
  await expect(card('weights/l0').getByText(/4 steps, 48 common bins/)).toBeVisible();
  await app.screenshot({ path: info.outputPath('over-steps.png') });

  // Reload keeps the step and the switch.
  await app.reload();
  await waitIdle(app);
  await expect(app.getByRole('switch', { name: 'Histograms over steps' })).toBeChecked();
  await expect(app.getByRole('slider', { name: 'Step of all media' })).toHaveAttribute('aria-valuetext', 'step 47, 2 of 4');
});

test('runs side by side at one step', async ({ app }, info) => {
  await importDrop(app, [fixture('tensorboard/torch-mlp')]);
  await checkRuns(app, ['runs/mlp_lr0.02', 'runs/mlp_lr0.2', 'runs/mlp_lr50']);
  await openTab(app, 'Media');
  const row = (name: string) => app.getByRole('region', { name, exact: true });
  await expect(row('digits').getByRole('listitem')).toHaveCount(3);
  for (const run of ['runs/mlp_lr0.02', 'runs/mlp_lr0.2', 'runs/mlp_lr50'])
    expect((await decoded(row('digits').getByRole('listitem', { name: run }).getByRole('img')))[0]).toBeGreaterThan(0);
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('side-by-side.png') });
  await row('pr/three').scrollIntoViewIfNeeded();
  await expect(row('pr/three').getByText(/^AP /).first()).toBeVisible();
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('curves.png') });
  expect(await serious(app)).toEqual([]);

  await app.getByRole('combobox', { name: 'Which media' }).click();
  await app.getByRole('option', { name: 'Different at this step' }).click();
  await waitIdle(app);
  await expect(app.getByRole('status').filter({ hasText: 'media of 3 runs' })).toContainText(/of 4 media|4 media/);
});

test('sounds play, charts are charts, and what differs is found byte by byte', async ({ app }, info) => {
  const base = info.outputPath('runs');
  for (const [id, wrong] of [
    ['aaaa1111', 3],
    ['bbbb2222', 9],
  ] as const)
    writeMediaRun(base, { id, wrong, pictures: 2, galleries: ['gallery'] });
  await importDrop(app, [base]);
  await openMedia(app, 'run-20200101_000000-aaaa1111');
  const card = (name: string) => app.getByRole('listitem').filter({ has: app.getByRole('heading', { name }) });
  await card('tone').scrollIntoViewIfNeeded();
  // The policy lets the page play its own blobs: metadata are read, nothing is refused.
  const seconds = await card('tone')
    .locator('audio')
    .evaluate(async (element) => {
      const audio = element as HTMLAudioElement;
      if (audio.readyState === 0)
        await new Promise((ready, failed) => {
          audio.addEventListener('loadedmetadata', ready);
          audio.addEventListener('error', failed);
        });
      return audio.duration;
    });
  expect(seconds).toBeCloseTo(0.1, 3);
  // Pictures in cells follow the sorting, and are looked at from near like any other.
  await card('preds').scrollIntoViewIfNeeded();
  await card('preds').getByRole('columnheader', { name: 'score' }).getByRole('button').click();
  await waitIdle(app);
  await expect(card('preds').getByRole('img')).toHaveCount(3);
  await expect(card('preds').getByRole('img').first()).toHaveAccessibleName('cell_1.png');
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('table.png') });
  await card('preds')
    .getByRole('button', { name: /Enlarge/ })
    .first()
    .click();
  await expect(app.getByRole('dialog', { name: /preds · picture/ })).toContainText('1 of 3 · 8 × 8 px');
  await app.keyboard.press('Escape');

  await card('confusion_table').scrollIntoViewIfNeeded();
  await expect(card('confusion_table').getByRole('img')).toHaveAccessibleName(/accuracy 93\.8 % \(75 of 80\)/);
  await card('confusion_table').getByRole('button', { name: 'Table', exact: true }).click();
  await expect(card('confusion_table').getByRole('table').getByRole('cell', { name: '37', exact: true })).toBeVisible();
  await card('confusion_table').getByRole('button', { name: 'Table', exact: true }).click();
  await card('roc_table').scrollIntoViewIfNeeded();
  await expect(card('roc_table').getByRole('img')).toHaveAccessibleName(/AUC cat 0\.\d+, dog 0\.\d+ \(area by the trapezoid rule/);
  await card('fig').scrollIntoViewIfNeeded();
  await expect(card('fig').getByRole('img')).toHaveAccessibleName(/^Words: redrawn from plotly/);
  await waitIdle(app);
  await app.screenshot({ path: info.outputPath('charts.png') });

  await checkRuns(app, ['run-20200101_000000-aaaa1111', 'run-20200101_000000-bbbb2222']);
  await app.getByRole('button', { name: 'Back to the views' }).click();
  await openTab(app, 'Media');
  await app.getByRole('combobox', { name: 'Which media' }).click();
  await app.getByRole('option', { name: 'Different at this step' }).click();
  await waitIdle(app);
  const shown = app.getByRole('region', { name: 'Media side by side' }).getByRole('heading');
  await expect(shown).toHaveText(['confusion_table']);
  await app.screenshot({ path: info.outputPath('differs.png') });
});

test('what strangers logged stays text: names, pages and drawings', async ({ app }) => {
  writeMediaRun(test.info().outputPath('runs'), { id: 'dddd4444', wrong: 0, pictures: 1, galleries: [attack] });
  await importDrop(app, [test.info().outputPath('runs')]);
  await openMedia(app, 'run-20200101_000000-dddd4444');
  const cards = app.getByRole('tabpanel').getByRole('listitem');
  await expect(cards.filter({ hasText: attack }).first()).toBeVisible();
  for (const name of ['report', 'drawing']) await app.getByRole('heading', { name }).scrollIntoViewIfNeeded();
  await expect(app.getByText(`<h1>Report</h1>${attack}`)).toBeVisible();
  await expect(app.getByText('<svg xmlns=', { exact: false })).toBeVisible();
  await app.getByRole('tab', { name: 'All metadata' }).click();
  await waitIdle(app);
  expect(await app.evaluate(() => 'attacked' in window || document.querySelector('[data-attack]') !== null)).toBe(false);
});

test('five hundred pictures do not hold the page up', async ({ app }, info) => {
  writeMediaRun(info.outputPath('runs'), { id: 'cccc3333', wrong: 0, pictures: 84, galleries: ['a', 'b', 'c', 'd', 'e', 'f'] });
  await importDrop(app, [info.outputPath('runs')]);
  await app.evaluate(() => {
    const held: number[] = [];
    (window as unknown as { held: number[] }).held = held;
    new PerformanceObserver((list) => held.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  await openMedia(app, 'run-20200101_000000-cccc3333');
  const slider = app.getByRole('slider', { name: 'Step of all media' });
  await slider.focus();
  for (const key of ['Home', 'End', 'Home', 'End']) {
    await app.keyboard.press(key);
    await waitIdle(app);
  }
  await app.screenshot({ path: info.outputPath('many.png') });
  // Far fewer than all are decoded, and addresses are given back.
  expect(await app.locator('main img').count()).toBeLessThan(400);
  const longest = await app.evaluate(() => Math.max(0, ...(window as unknown as { held: number[] }).held));
  info.annotations.push({ type: 'longest task', description: `${Math.round(longest)} ms` });
  expect(longest).toBeLessThan(2000);
});
