// Health: a sick run is found, marked at the right step, told with advice in its own framework's words, and written into the report.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { importDrop, importPanel, openRun, openTab, runList } from './support/frame';
import { waitIdle } from './support/idle';
import { pdfPages } from './support/pdf';
import { expect, test } from './support/test';

interface ToldFinding {
  readonly rule: string;
  readonly severity: string;
  readonly summary: string;
  readonly advice: string;
  readonly marks: readonly { readonly series: string; readonly from: number }[];
}

/** What the command line says of the same runs. */
function told(path: string): readonly { readonly id: string; readonly name: string; readonly findings: readonly ToldFinding[] }[] {
  const text = execFileSync(process.execPath, [resolve('out/cli.js'), 'health', path, '--json'], { encoding: 'utf8' });
  const { runs } = JSON.parse(text) as { runs: readonly { id: string; name?: string; findings: readonly ToldFinding[] }[] };
  return runs.map((run) => ({ name: '', ...run }));
}

const sweep = 'resources/samples/lr-sweep';
const part = (app: Page, name: string): Locator => app.getByRole('navigation', { name: 'Parts of Health' }).getByRole('button', { name });
const detail = (app: Page, rule: string): Locator => app.getByRole('complementary', { name: `Finding ${rule}` });

async function open(app: Page, path: string): Promise<void> {
  await importDrop(app, [path]);
  await importPanel(app).getByRole('button', { name: 'Close' }).click();
  await openTab(app, 'Health');
}

test.describe('a run that diverged', () => {
  const sick = told(sweep)
    .flatMap(({ id, findings }) => findings.map((finding) => ({ id, ...finding })))
    .find(({ rule }) => rule === 'A-01');
  if (!sick) throw new Error('The sample has no sick run');

  test.beforeEach(async ({ app }) => open(app, sweep));

  test('is found with the words, the advice and the framework that the command line gives', async ({ app }) => {
    const first = app.getByRole('listbox', { name: 'Findings' }).getByRole('option').first();
    await expect(first).toContainText(sick.summary);
    await first.click();
    await expect(detail(app, 'A-01')).toContainText(sick.summary);
    const [words = '', code = ''] = sick.advice.split('\n\n');
    await expect(detail(app, 'A-01')).toContainText(words);
    await expect(detail(app, 'A-01').locator('pre')).toHaveText(code);
    expect(code).toContain('torch.');
  });

  test('is marked at its step on any axis, and the mark opens the finding', async ({ app }) => {
    const mark = sick.marks.find(({ series }) => series === 'train/loss');
    await app.getByRole('option').first().click();
    await detail(app, 'A-01').getByRole('button', { name: 'Show on the curve' }).click();
    const screen = app.getByRole('region', { name: 'train/loss, full screen' });
    await expect(screen).toBeVisible();
    const flag = screen.locator(`[data-finding="${sick.id}/A-01/0"]`);
    await expect(flag).toHaveAccessibleName(/A-01, critical: /);
    const stepUnder = async (): Promise<string> => {
      await waitIdle(app);
      const box = await flag.boundingBox();
      const chart = await screen.getByRole('group', { name: /^train\/loss: / }).boundingBox();
      if (!box || !chart) throw new Error('no mark');
      // The flag hangs to the left of its line near the right edge.
      const left = box.x + box.width > chart.x + 0.7 * chart.width ? box.x + box.width : box.x;
      await app.mouse.move(left, chart.y + chart.height * 0.6);
      const text = await app.getByRole('status', { name: 'Values at the cursor' }).textContent();
      await app.mouse.move(0, 0);
      return text ?? '';
    };
    // Nothing but the sick run: the cursor reads its points.
    expect(await stepUnder()).toMatch(new RegExp(`^step ${mark?.from}\\D`));
    await flag.click();
    await expect(app).toHaveURL(new RegExp(`#/health/finding/${sick.id}/A-01/0$`));
    await expect(detail(app, 'A-01')).toContainText(sick.summary);
    await app.reload();
    await waitIdle(app);
    await expect(detail(app, 'A-01')).toContainText(sick.summary);
  });

  test('has a badge in the list that leads to its findings alone', async ({ app }) => {
    await openTab(app, 'Table');
    const badge = runList(app).getByRole('button', { name: /^Health of .*: 1 critical$/ });
    await expect(badge).toHaveCount(1);
    await badge.click();
    await waitIdle(app);
    await expect(app.getByRole('status', { name: 'Summary' })).toContainText('1 run');
    await expect(app.getByRole('option').first()).toContainText('A-01');
    await app.getByRole('button', { name: 'Show all chosen runs' }).click();
    await expect(app.getByRole('status', { name: 'Summary' })).toContainText(`${told(sweep).length} runs`);
  });

  test('stands in the printed report', async ({ app }) => {
    await openTab(app, 'Report');
    const download = app.waitForEvent('download');
    await app.getByRole('button', { name: 'Save PDF', exact: true }).click();
    const text = (await pdfPages(await (await download).path())).join('\n').replace(/\s+/g, ' ');
    for (const words of ['Training health', 'A-01', 'critical', 'Not assessed']) expect.soft(text, words).toContain(words);
    expect(text).toContain(sick.summary.split(';')[0]?.replace(/\s+/g, ' '));
  });

  test('is walked, filtered and closed by keys', async ({ app }) => {
    await app.getByRole('listbox', { name: 'Findings' }).focus();
    await app.keyboard.press('ArrowDown');
    await expect(detail(app, 'A-01')).toBeVisible();
    await app.keyboard.press('ArrowDown');
    await expect(detail(app, 'A-01')).toBeHidden();
    await app.keyboard.press('Escape');
    await expect(app.getByRole('option', { selected: true })).toHaveCount(0);
    await app.getByRole('button', { name: /^note, / }).click();
    await expect(app.getByRole('option')).toHaveCount(1);
    await app.getByRole('textbox', { name: 'Search findings' }).fill('nothing like it');
    await app.getByRole('button', { name: /^Show all \d+ findings$/ }).click();
    expect(await app.getByRole('option').count()).toBeGreaterThan(1);
  });
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('no part has a serious fault that axe can find', async ({ app }) => {
      await open(app, sweep);
      const faults = async (): Promise<readonly string[]> => {
        await waitIdle(app);
        const { violations } = await new AxeBuilder({ page: app }).include('main').analyze();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      };
      await app.getByRole('option').first().click();
      expect.soft(await faults(), 'Runs').toEqual([]);
      for (const name of ['Across runs', 'Missing metrics', 'Practices', 'Not assessed']) {
        await part(app, name).click();
        expect.soft(await faults(), name).toEqual([]);
      }
      await openTab(app, 'Curves');
      expect.soft(await faults(), 'Curves').toEqual([]);
    });
  });

/** A Hugging Face run whose loss is not a number from the middle on. */
function writeTrainerRun(folder: string): string {
  const history = Array.from(
    { length: 60 },
    (_, at) => `{"epoch": ${at / 20}, "grad_norm": 1.5, "learning_rate": 5e-05, "loss": ${at < 30 ? 3 - at / 20 : 'NaN'}, "step": ${(at + 1) * 10}}`,
  );
  const place = join(folder, 'trainer', 'checkpoint-600');
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'trainer_state.json'),
    `{"best_metric": null, "epoch": 3.0, "global_step": 600, "is_local_process_zero": true, "is_world_process_zero": true, "log_history": [${history.join(',\n')}], "logging_steps": 10, "max_steps": 600, "num_train_epochs": 3}`,
  );
  return join(folder, 'trainer');
}

test('advice speaks the language of the run’s own framework', async ({ app }, info) => {
  await open(app, writeTrainerRun(info.outputPath()));
  await app.getByRole('option', { name: /A-01/ }).click();
  await expect(detail(app, 'A-01').locator('pre')).toContainText(/Trainer|TrainingArguments/);
});

test('a person’s word on a metric holds for table and health, survives a reload, and is undone', async ({ app }, info) => {
  const place = join(info.outputPath(), 'one');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'log.csv'), `step,quux\n${Array.from({ length: 40 }, (_, step) => `${step},${step < 20 ? 2 - step / 20 : 'nan'}`).join('\n')}\n`);
  await open(app, join(info.outputPath(), 'one'));
  const name = (await runList(app).getByRole('link').first().textContent()) ?? '';
  await openRun(app, name);
  await app.getByRole('tab', { name: 'Metrics' }).click();
  const role = app.getByRole('button', { name: /^Role of quux/ });
  await expect(role).toHaveAccessibleName(/^Role of quux: –/);
  await role.click();
  const dialog = app.getByRole('dialog', { name: 'What is quux?' });
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await app.getByRole('option', { name: 'loss', exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Split' }).click();
  await app.getByRole('option', { name: 'Training' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(role).toHaveAccessibleName(/^Role of quux: loss/);
  // One step for the split, one for the role.
  await app.keyboard.press('Control+z');
  await app.keyboard.press('Control+z');
  await expect(role).toHaveAccessibleName(/^Role of quux: –/);
  await app.keyboard.press('Control+Shift+z');
  await app.keyboard.press('Control+Shift+z');
  await expect(role).toHaveAccessibleName(/^Role of quux: loss/);
  await waitIdle(app);
  await app.reload();
  await waitIdle(app);
  await expect(role).toHaveAccessibleName(/^Role of quux: loss/);
  await app.getByRole('button', { name: 'Back to the views' }).click();
  await openTab(app, 'Health');
  await expect(app.getByRole('option', { name: /A-01/ })).toContainText('the training loss stays that way');
});

test('findings across runs are searched by words', async ({ app }) => {
  await importDrop(app, [`${process.cwd()}/resources/samples/two-trackers`]);
  await openTab(app, 'Health');
  await app.getByText('Across runs').first().click();
  const list = app.getByRole('region', { name: 'Findings across runs' });
  await expect(list.getByRole('button', { name: /X-01/ })).toHaveCount(2);
  const search = app.getByRole('textbox', { name: 'Search findings across runs' });
  await search.fill('zzz');
  await expect(list.getByText('None of 2 holds these words.')).toBeVisible();
  await expect(list.getByRole('button', { name: /X-01/ })).toHaveCount(0);
  await search.fill('x-01');
  await expect(list.getByRole('button', { name: /X-01/ })).toHaveCount(2);
});
