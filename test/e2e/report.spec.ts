// The report: a real PDF from the button, with its text, and a page of HTML that needs nothing and runs nothing.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { allRuns, answerFor } from './support/answers';
import { fixture } from './support/fixture';
import { checkRuns, importDrop, messages, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { pdfPages } from './support/pdf';
import { expect, test } from './support/test';

const names = ['lr=0.01', 'lr=0.1', 'lr=0.5'];

test.beforeEach(async ({ app }) => {
  // Every change is printed anew.
  test.slow();
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
  for (const [at, page] of pages.entries()) expect.soft(page, `page ${at + 1}`).toMatch(new RegExp(`\\b${at + 1} (of|/) ${pages.length}(?!\\d)`));
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

const side = (app: Page): Locator => app.getByRole('complementary', { name: 'Report settings' });
const pages = (app: Page): Locator => app.getByRole('region', { name: /^Pages of/ }).getByRole('img');
const sections = (app: Page): Promise<string[]> =>
  side(app)
    .getByRole('list', { name: 'Sections' })
    .getByRole('checkbox', { checked: true })
    .evaluateAll((boxes) => boxes.map((box) => box.closest('label')?.textContent ?? ''));

/** Share of dark pixels of a page on screen. */
const inked = (page: Locator): Promise<number> =>
  page.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) if ((data[i] as number) < 128 && (data[i + 3] as number) > 0) dark += 1;
    return dark / (data.length / 4);
  });

test('the preview is the pages that are saved, and follows what is changed', async ({ app }) => {
  await expect(pages(app).first()).toBeVisible();
  const shown = await pages(app).count();
  const { path } = await saved(app, 'Save PDF');
  expect((await pdfPages(path)).length).toBe(shown);
  await expect.poll(() => inked(pages(app).first())).toBeGreaterThan(0.005);
  const box = async (): Promise<number> => {
    const { width, height } = (await pages(app).first().boundingBox()) ?? { width: 0, height: 1 };
    return width / height;
  };
  expect(await box()).toBeLessThan(1);

  await side(app).getByRole('combobox', { name: 'Orientation' }).click();
  await app.getByRole('option', { name: 'Landscape' }).click();
  await waitIdle(app);
  await expect.poll(box).toBeGreaterThan(1);
  await app.keyboard.press('ControlOrMeta+z');
  await waitIdle(app);
  await expect.poll(box).toBeLessThan(1);

  await app.getByRole('button', { name: 'Draft', exact: true }).click();
  await expect(app.getByRole('region', { name: 'Preview' })).toContainText('Hyperparameters that differ');
  const axe = await new AxeBuilder({ page: app }).include('aside[aria-label="Report settings"]').analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([]);
});

test('sections are moved by drag and by keys, and noted; the note is printed as it is meant', async ({ app }) => {
  const before = await sections(app);
  await side(app).getByRole('checkbox', { name: 'Metrics', exact: true }).focus();
  await app.keyboard.press('Alt+ArrowUp');
  const moved = await sections(app);
  const at = before.indexOf('Metrics');
  expect(moved).toEqual(before.toSpliced(at, 1).toSpliced(at - 1, 0, 'Metrics'));
  // The list must not scroll under the pointer.
  await side(app).getByText('Runs', { exact: true }).hover();
  await side(app)
    .getByText('Metrics', { exact: true })
    .dragTo(side(app).getByText('Runs', { exact: true }));
  expect((await sections(app))[0]).toBe('Metrics');
  await app.keyboard.press('ControlOrMeta+z');
  expect(await sections(app)).toEqual(moved);

  await app.getByRole('button', { name: 'Add a note on Runs' }).click();
  await app.getByRole('textbox', { name: 'Note on Runs' }).fill('Only **the rate** <img src=x onerror=alert(1)>\n\n- [a](javascript:alert(1))');
  await app.getByRole('textbox', { name: 'Authors' }).fill('Kim Lee, Ann Bo');
  await waitIdle(app);
  const html = readFileSync((await saved(app, '.html')).path, 'utf8');
  expect(html).toContain('<p>Only <strong>the rate</strong> &lt;img src=x onerror=alert(1)&gt;</p>');
  expect(html).not.toMatch(/<[^>]*(?:href|onerror)=/);
  expect(html.match(/<meta name="author"/g)?.length).toBe(2);
});

test('a template is kept, used again, handed on as a file, and deleted with a way back', async ({ app }) => {
  const pick = async (name: string): Promise<void> => {
    await app.getByRole('button', { name: 'Templates' }).click();
    await app.getByRole('menuitem', { name, exact: true }).click();
    await waitIdle(app);
  };
  await app.getByRole('textbox', { name: 'Title' }).fill('Weekly numbers');
  await side(app).getByRole('checkbox', { name: 'Provenance', exact: true }).click();
  await pick('Save as template…');
  await app.getByRole('textbox', { name: 'Name of the template' }).fill('Weekly');
  await app.getByRole('button', { name: 'Save', exact: true }).click();
  await waitIdle(app);
  const arranged = await sections(app);

  await app.getByRole('textbox', { name: 'Title' }).fill('Other');
  await side(app).getByRole('checkbox', { name: 'Provenance', exact: true }).click();
  await app.reload();
  await waitIdle(app);
  await pick('Weekly');
  await expect(app.getByRole('textbox', { name: 'Title' })).toHaveValue('Weekly numbers');
  expect(await sections(app)).toEqual(arranged);

  const download = app.waitForEvent('download');
  await pick('Save as a template file');
  const file = await (await download).path();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'diptych-report-template', name: 'Weekly', title: 'Weekly numbers' });

  await pick('Delete Weekly');
  await messages(app).getByRole('button', { name: 'Undo' }).click();
  await pick('Delete Weekly');
  const chooser = app.waitForEvent('filechooser');
  await pick('Open a template file…');
  await (await chooser).setFiles({ name: 't.json', mimeType: 'application/json', buffer: readFileSync(file) });
  await waitIdle(app);
  await expect(app.getByRole('textbox', { name: 'Title' })).toHaveValue('Weekly numbers');
});

test('the view of the Curves tab is taken over, and a chart is saved as a figure', async ({ app }) => {
  await openTab(app, 'Curves');
  await app.getByRole('button', { name: 'log y' }).click();
  await app.getByRole('button', { name: 'Use in the report' }).click();
  await app.getByRole('button', { name: 'log y' }).click();
  await app.getByRole('textbox', { name: 'Search panels' }).fill('val/loss');
  await app.getByRole('button', { name: 'More for val/loss' }).click();
  await app.getByRole('menuitem', { name: 'Save as a figure…' }).click();
  await app.getByRole('textbox', { name: 'Width in cm' }).fill('12');
  await waitIdle(app);
  const dialog = app.getByRole('dialog', { name: 'val/loss as a figure' });
  const svg = readFileSync((await saved(app, 'SVG')).path, 'utf8');
  expect(svg).toMatch(/^<svg [^>]*width="12cm"/);
  for (const run of names) expect(svg).toContain(`>${run}</text>`);
  const [page, ...more] = await pdfPages((await saved(app, 'PDF')).path);
  expect(more).toEqual([]);
  expect(page).toContain('val/loss');
  const png = readFileSync((await saved(app, 'PNG')).path);
  expect([png.readUInt32BE(16), png.subarray(1, 4).toString()]).toEqual([2 * Math.round((12 / 2.54) * 96), 'PNG']);
  const bundle = unzipSync(readFileSync((await saved(app, 'pgfplots and CSV')).path));
  expect(strFromU8(bundle['val-loss.tex'] as Uint8Array)).toContain('\\begin{axis}');
  await app.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await openTab(app, 'Report');
  const report = JSON.parse(readFileSync((await saved(app, '.json')).path, 'utf8')) as {
    sections: { blocks: { kind: string; spec?: { y: { scale: string } } }[] }[];
  };
  const charts = report.sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'chart'));
  expect(new Set(charts.map(({ spec }) => spec?.y.scale))).toEqual(new Set(['log']));
  await app.getByRole('button', { name: 'Follow the Curves tab again' }).click();
  await waitIdle(app);
  expect(readFileSync((await saved(app, '.json')).path, 'utf8')).toContain('"scale":"linear"');
});

test('the runs of a report as a bundle that is opened again', async ({ app }) => {
  const { name, path } = await saved(app, '.zip');
  expect(name).toMatch(/\.zip$/);
  expect(Object.keys(unzipSync(readFileSync(path))).filter((file) => file.endsWith('.pack'))).toHaveLength(3);
});
