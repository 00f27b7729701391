// A run that is still being written: followed, its new points come into the chart, and what was arranged stays.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { fileOf, scalar, version } from '../support/event-file';
import { waitIdle } from './support/idle';
import { storedRows } from './support/store';
import { test as base, expect } from './support/test';

const rows = 60;
const eventFile = join('board', 'events.out.tfevents.1700000000.host');
const csvFile = join('table', 'metrics.csv');

/** Two runs: event files and a table, one point of `loss` a step. */
function writeRuns(folder: string): string {
  for (const name of ['board', 'table']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, eventFile), fileOf(version(), ...Array.from({ length: rows }, (_, step) => scalar('loss', 2 / (step + 1), { step }))));
  writeFileSync(join(folder, csvFile), `step,loss\n${Array.from({ length: rows }, (_, step) => `${step},${1 / (step + 1)}\n`).join('')}`);
  return folder;
}

const test = base.extend<{ readonly folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first parameter.
  folder: async ({}, use, info) => use(writeRuns(join(info.outputPath(), 'runs'))),
  paths: async ({ folder }, use) => use([folder]),
});

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Sources' });
const badge = (page: Page): Locator => page.getByRole('region', { name: 'loss', exact: true }).getByRole('button', { name: /^Points drawn/ });
const runRows = async (page: Page) =>
  (await storedRows<{ readonly id: string; readonly run: { readonly path: string } }>(page, 'runs')).map(({ id, run }) => `${run.path} ${id}`).sort();

async function openSources(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add runs' }).click();
  await page.getByRole('menuitem', { name: 'Refresh and follow…' }).click();
  await expect(dialog(page)).toBeVisible();
}

async function pointsShown(page: Page, count: number, since: number): Promise<number> {
  await expect(badge(page)).toHaveAccessibleName(new RegExp(`\\(${count} points logged\\)`));
  await waitIdle(page);
  return Date.now() - since;
}

test('new points come into the chart; zoom, runs and their looks stay', async ({ app, folder }) => {
  await openSources(app);
  await expect(dialog(app).getByText('Unchanged since it was read')).toBeVisible();
  await dialog(app).getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(dialog(app).getByText(/^Following: no change yet/)).toBeVisible();
  await app.keyboard.press('Escape');
  await app.keyboard.press('2');
  await expect(badge(app)).toHaveAccessibleName(new RegExp(`${2 * rows}`));
  const box = await app.getByRole('group', { name: /^loss: / }).boundingBox();
  if (!box) throw new Error('no chart');
  await app.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await app.mouse.down();
  await app.mouse.move(box.x + box.width - 30, box.y + box.height / 2 + 2, { steps: 4 });
  await app.mouse.up();
  await expect(app.getByRole('button', { name: 'Reset zoom' })).toBeVisible();
  await waitIdle(app);
  const before = await runRows(app);

  const times: number[] = [];
  for (let more = 0; more < 3; more++) {
    let began = Date.now();
    appendFileSync(join(folder, csvFile), `${rows + more},0.01\n`);
    times.push(await pointsShown(app, 2 * rows + 2 * more + 1, began));
    began = Date.now();
    appendFileSync(join(folder, eventFile), fileOf(scalar('loss', 0.02, { step: rows + more })));
    times.push(await pointsShown(app, 2 * rows + 2 * more + 2, began));
  }
  console.log(`from the writer to the chart: ${times.join(', ')} ms`);
  await expect(app.getByRole('button', { name: 'Reset zoom' })).toBeVisible();
  expect(await runRows(app)).toEqual(before);
  await expect(app.getByRole('img', { name: 'Growing: it is being followed' })).toHaveCount(2);

  await app.getByRole('button', { name: 'Following 1 source' }).click();
  await dialog(app).getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(dialog(app).getByText(/^Unchanged/)).toBeVisible();
  await expect(app.getByRole('img', { name: 'Growing: it is being followed' })).toHaveCount(0);
});

test('a refresh reads what changed and nothing else; a run that has grown stays one run', async ({ app, folder }) => {
  await expect(app.getByText('2 runs added')).toBeVisible();
  await waitIdle(app);
  appendFileSync(join(folder, csvFile), `${rows},0.01\n`);
  await openSources(app);
  await expect(dialog(app).getByText('Growing: it was written a moment ago')).toBeVisible();
  await dialog(app).getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(dialog(app).getByText('Unchanged since it was read')).toBeVisible();
  await waitIdle(app);
  const stored = await storedRows<{ readonly run: { readonly path: string; readonly series: readonly { readonly count: number }[] } }>(app, 'runs');
  expect(stored.map(({ run }) => `${run.path} ${run.series[0]?.count}`).sort()).toEqual([`board ${rows}`, `table ${rows + 1}`]);
  await dialog(app).getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(app.getByText('Nothing has changed')).toBeVisible();
});
