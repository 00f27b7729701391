// Logs of one's own: what nobody knows is told how to be read, from a drop and from a folder of the host, and becomes runs like any other.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { importDrop, importPanel, listedRuns, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { startServed } from './support/served';
import { storedRows } from './support/store';
import { expect, test } from './support/test';

interface RunRow {
  readonly run: {
    readonly format: string;
    readonly path: string;
    readonly name: string | null;
    readonly series: readonly { readonly name: string; readonly count: number }[];
  };
}

const nanogpt = (fall: number): string =>
  [
    'Initializing a new model from scratch',
    ...Array.from({ length: 20 }, (_, at) => `iter ${at}: loss ${(4 - at * fall).toFixed(4)}, time 52.10ms, mfu 12.00%`),
    `step 20: train loss ${(4 - 20 * fall).toFixed(4)}, val loss ${(4.1 - 20 * fall).toFixed(4)}`,
    '',
  ].join('\n');
const own = (fall: number): string => ['hello', ...Array.from({ length: 10 }, (_, at) => `<<${at}>> cost is ${4 - at * fall} today`), ''].join('\n');

let top: string;
test.beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-logs-'));
  for (const [folder, fall] of [
    ['fast', 0.1],
    ['slow', 0.05],
  ] as const) {
    mkdirSync(join(top, 'known', folder), { recursive: true });
    mkdirSync(join(top, 'own', folder), { recursive: true });
    writeFileSync(join(top, 'known', folder, 'out.log'), nanogpt(fall));
    writeFileSync(join(top, 'own', folder, 'out.log'), own(fall));
  }
});
test.afterAll(() => rmSync(top, { recursive: true, force: true }));

const wizard = (app: Page): Locator => app.getByRole('dialog', { name: /Tell Diptych how to read it/ });
const gives = (app: Page): Locator => wizard(app).getByRole('region', { name: 'What it gives' });

async function tell(app: Page): Promise<void> {
  await importPanel(app).getByRole('button', { name: 'Tell Diptych how to read it' }).click();
  await expect(gives(app)).toBeVisible();
  await waitIdle(app);
}

const summary = async (app: Page): Promise<string[]> =>
  (await storedRows<RunRow>(app, 'runs'))
    .map(({ run }) => `${run.format} ${run.path} ${run.series.map(({ name, count }) => `${name}:${count}`).join(' ')}`)
    .sort();

test('logs that look familiar are proposed ready: accept, and see the curves', async ({ app }) => {
  await importDrop(app, [join(top, 'known')]);
  await tell(app);
  await expect(gives(app).getByRole('status')).toHaveText('2 runs, 124 points');
  await expect(gives(app).getByRole('table', { name: 'First points of the first run' })).toContainText('3.9');
  await expect(gives(app)).toContainText('Initializing a new model from scratch');
  await wizard(app).getByRole('button', { name: 'Import 2 runs' }).click();
  await waitIdle(app);
  expect(await summary(app)).toEqual([
    'mapping fast loss:20 mfu:20 time_ms:20 train/loss:1 val/loss:1',
    'mapping slow loss:20 mfu:20 time_ms:20 train/loss:1 val/loss:1',
  ]);
  expect((await listedRuns(app)).length).toBe(2);
  await openTab(app, 'Curves');
  await expect(app.getByRole('heading', { name: 'loss', exact: true }).first()).toBeVisible();
});

test('a pattern of one’s own, seen at once, and saved as a file', async ({ app }) => {
  await importDrop(app, [join(top, 'own')]);
  await tell(app);
  await expect(gives(app).getByRole('status')).toHaveText('No runs are found by this.');
  await wizard(app).getByRole('button', { name: 'Add' }).click();
  const dialog = wizard(app);
  await dialog.getByRole('textbox', { name: 'Files', exact: true }).fill('*/out.log');
  await dialog.getByRole('textbox', { name: 'Pattern of rule 1' }).fill('^<<(?<step>\\d+)>> cost is (?<cost>\\S+');
  await waitIdle(app);
  await expect(dialog.getByRole('list', { name: 'What is wrong' })).toContainText('missing closing');
  await dialog.getByRole('textbox', { name: 'Pattern of rule 1' }).fill('^<<(?<step>\\d+)>> cost is (?<cost>\\S+)');
  await waitIdle(app);
  await expect(gives(app).getByRole('status')).toHaveText('2 runs, 20 points');
  // What a column is, is said beside it: left out, and a metric again.
  const role = dialog.getByRole('combobox', { name: 'What cost is' });
  await role.click();
  await app.getByRole('option', { name: 'Left out' }).click();
  await waitIdle(app);
  await expect(gives(app).getByRole('status')).toHaveText('No runs are found by this.');
  await role.click();
  await app.getByRole('option', { name: 'Metric' }).click();
  await waitIdle(app);
  await expect(gives(app).getByRole('status')).toHaveText('2 runs, 20 points');
  await expect(gives(app).getByText('hello').first()).toBeVisible();
  const saving = app.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save diptych.mapping.json' }).click();
  const saved = JSON.parse(readFileSync(await (await saving).path(), 'utf8')) as { mappings: unknown[] };
  expect(saved).toMatchObject({ version: 1, mappings: [{ files: ['*/out.log'], format: 'text' }] });
  await dialog.getByRole('button', { name: 'Import 2 runs' }).click();
  await waitIdle(app);
  expect(await summary(app)).toEqual(['mapping fast cost:10', 'mapping slow cost:10']);
});

test('a folder of the host is looked over where it lies, and read so again by itself', async ({ browser }) => {
  const first = await startServed([join(top, 'known')]);
  const page = await browser.newPage();
  try {
    await open(page, first.address);
    await tell(page);
    await expect(gives(page).getByRole('status')).toHaveText('2 runs, 124 points');
    await wizard(page).getByRole('button', { name: 'Import 2 runs' }).click();
    await waitIdle(page);
    expect((await summary(page)).length).toBe(2);
    // Named once more, it is read as it was told, and nothing is asked.
    spawnSync(process.execPath, ['out/cli.js', 'serve', '--port', new URL(first.origin).port, '--json', join(top, 'known')], {
      env: { ...process.env, DIPTYCH_HOME: first.home },
    });
    await expect(importPanel(page)).toContainText('2 unchanged');
  } finally {
    await page.close();
    await first.stop();
  }
});

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForURL((url) => url.pathname === '/');
  await waitIdle(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('the wizard has no serious fault that axe can find', async ({ app }) => {
      await importDrop(app, [join(top, 'known')]);
      await tell(app);
      const { violations } = await new AxeBuilder({ page: app }).include('[role=dialog]').analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await app.keyboard.press('Escape');
      await app.keyboard.press('Control+k');
      await app.keyboard.type('how to read a log');
      await app.keyboard.press('Enter');
      await expect(wizard(app)).toBeVisible();
    });
  });
}
