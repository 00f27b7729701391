// The report: a real PDF from the button, with its text, and a page of HTML that needs nothing and runs nothing.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { allRuns, answerFor } from './support/answers';
import { fixture } from './support/fixture';
import { checkRuns, importDrop, messages, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { pdfPages } from './support/pdf';
import { expect, test } from './support/test';

const names = ['lr=0.01', 'lr=0.1', 'lr=0.5'];

test.beforeEach(async ({ app }) => {
  await importDrop(app, [fixture('mlflow-file/sweep-2.14')]);
  await checkRuns(app, names);
  await openTab(app, 'Report');
});

/** Presses a button and takes the file that comes of it. */
async function saved(app: Page, button: string): Promise<{ readonly name: string; readonly path: string }> {
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: button, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), path: await file.path() };
}

test('the PDF has the title, the runs, their params and metrics, and numbered pages', async ({ app }) => {
  await app.getByRole('textbox', { name: 'Title' }).fill('Learning rates of the digits model');
  await waitIdle(app);
  const { name, path } = await saved(app, 'Save PDF');
  await expect(messages(app)).toContainText('The PDF is saved.');
  expect(name).toMatch(/\.pdf$/);
  const pages = await pdfPages(path);
  expect(pages.length).toBeGreaterThan(1);
  const text = pages.join('\n');
  expect(pages[0]).toContain('Learning rates of the digits model');
  const mlflow = allRuns('mlflow-file/sweep-2.14');
  const [best] = answerFor(mlflow, '0dc60c6908b24744b383f593fadedd10').series.filter((series) => series.name === 'val/loss');
  for (const word of [...names, 'optimizer.lr', 'train/loss', 'val/loss', Number(best?.values?.at(-1)).toPrecision(5)]) expect.soft(text, word).toContain(word);
  for (const [at, page] of pages.entries()) expect.soft(page, `page ${at + 1}`).toMatch(new RegExp(`\\b${at + 1} (of|/) ${pages.length}\\b`));
});

test('the HTML stands alone: no script, nothing from elsewhere', async ({ app, context }) => {
  const { name, path } = await saved(app, '.html');
  expect(name).toMatch(/\.html$/);
  const html = readFileSync(path, 'utf8');
  expect(html).not.toMatch(/<script|\son\w+=|javascript:/i);
  expect(html).not.toMatch(/(src|href)="(?!#|data:)/i);
  expect(html).not.toMatch(/@import|url\((?!#|["']?data:|["']?#)/i);
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.setContent(html);
  for (const run of names) await expect(page.locator('body')).toContainText(run);
  expect(requests).toEqual([]);
});
