// What people say of the checklist: attested in the tab, shown as attested in the matrix and in the PDF, kept over a reload, undone.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { fixture } from './support/fixture';
import { checkRuns, importDrop, openRun, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { pdfPages } from './support/pdf';
import { expect, test } from './support/test';

const run = 'lr=0.01';
const note = 'Stratified by digit with split seed 3 of scikit-learn 1.5';

test.beforeEach(async ({ app }) => {
  await importDrop(app, [fixture('mlflow-file/sweep-2.14')]);
  await checkRuns(app, [run]);
  await openTab(app, 'Reproducibility');
});

const cell = (app: Page, item: string) => app.getByRole('button', { name: new RegExp(`^${item}, ${run}:`) });

async function attest(app: Page, item: string): Promise<void> {
  await cell(app, item).click();
  await app.getByRole('button', { name: 'Attest…' }).click();
  const form = app.getByRole('form', { name: `Attest ${item}` });
  const name = form.getByRole('textbox', { name: 'Your name' });
  if ((await name.inputValue()) === '') await name.fill('Kim Lee');
  await form.getByRole('textbox', { name: 'What you know, and how' }).fill(note);
  await form.getByRole('button', { name: `Attest ${item}` }).click();
  await waitIdle(app);
}

test('an attested gap shows as attested in matrix and PDF, survives a reload, and is undone', async ({ app }) => {
  await expect(cell(app, 'R07')).toHaveAccessibleName(`R07, ${run}: unknown`);
  await attest(app, 'R07');
  await expect(cell(app, 'R07')).toHaveAccessibleName(`R07, ${run}: unknown, attested by Kim Lee`);
  await expect(app.getByRole('list', { name: 'Scores' })).toContainText('on a person’s word');

  await app.reload();
  await waitIdle(app);
  await expect(cell(app, 'R07')).toHaveAccessibleName(`R07, ${run}: unknown, attested by Kim Lee`);

  await openTab(app, 'Report');
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save PDF', exact: true }).click();
  const pages = await pdfPages(await (await download).path());
  const text = pages.join('\n').replace(/\s+/g, ' ');
  expect(text).toContain('Attested by a person');
  expect(text).toContain('unknown, attested');
  expect(text).toContain('Kim Lee');
  expect(text).toContain('scikit-learn 1.5');

  await openTab(app, 'Reproducibility');
  // The name is remembered; a second statement is undone, then brought back.
  await attest(app, 'R08');
  await app.keyboard.press('ControlOrMeta+z');
  await expect(cell(app, 'R08')).toHaveAccessibleName(`R08, ${run}: unknown`);
  await app.keyboard.press('ControlOrMeta+Shift+z');
  await expect(cell(app, 'R08')).toHaveAccessibleName(`R08, ${run}: unknown, attested by Kim Lee`);
  await cell(app, 'R07').click();
  await app.getByRole('button', { name: 'Take back' }).click();
  await expect(cell(app, 'R07')).toHaveAccessibleName(`R07, ${run}: unknown`);
});

test('statements go out as the project file and come in again', async ({ app }) => {
  await attest(app, 'R07');
  await cell(app, 'R16').click();
  await app.getByRole('button', { name: 'Waive…' }).click();
  await app.getByRole('textbox', { name: 'Why it may be left aside' }).fill('A demonstration');
  await app.getByLabel('Until').fill('2099-12-31');
  await app.getByRole('button', { name: 'Waive R16' }).click();
  await expect(cell(app, 'R16')).toHaveAccessibleName(`R16, ${run}: unknown, waived`);

  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save project file' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('diptych.project.json');
  const path = await saved.path();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    version: 1,
    attestations: [{ item: 'R07', by: 'Kim Lee', note }],
    waivers: [{ rule: 'R16', reason: 'A demonstration', until: '2099-12-31' }],
  });

  for (let step = 0; step < 2; step++) await app.keyboard.press('ControlOrMeta+z');
  await expect(cell(app, 'R16')).toHaveAccessibleName(`R16, ${run}: unknown`);
  const chooser = app.waitForEvent('filechooser');
  await app.getByRole('button', { name: 'Open project file' }).click();
  await (await chooser).setFiles(path);
  await expect(cell(app, 'R16')).toHaveAccessibleName(`R16, ${run}: unknown, waived`);
  await expect(cell(app, 'R07')).toHaveAccessibleName(`R07, ${run}: unknown, attested by Kim Lee`);
});

test('the run page says how to make it again', async ({ app }) => {
  await openRun(app, run);
  await app.getByRole('tab', { name: /^Reproduce/ }).click();
  await expect(app.getByRole('region', { name: 'Get the code' })).toContainText('git -C code checkout --detach');
  await expect(app.getByRole('region', { name: 'Get the data and verify it' })).toContainText('digits-train (training), digest 90bb36e6');
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save as Markdown' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('# Reproduce lr=0.01');
});
