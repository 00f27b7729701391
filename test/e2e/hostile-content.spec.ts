// Content made to attack whoever shows it: every view, media and both reports draw it as plain text; nothing runs, asks, leads away or hides.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { checkRuns, importDrop, openTab, runList, tabNames } from './support/frame';
import { hostileContent, runNames, type TextName, texts } from './support/hostile-content';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

/** What a page must not hold, in any of its shadow roots; empty when all is well. */
function trouble(page: Page, own: string): Promise<string[]> {
  return page.evaluate((origin) => {
    const found: string[] = [];
    const isOwn = (value: string): boolean => {
      const { href } = new URL(value, document.baseURI);
      return href.startsWith(origin) || href.startsWith('blob:') || href.startsWith('data:image/') || href === 'data:,' || value.startsWith('#');
    };
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        const say = (what: string) => found.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
        if (element.hasAttribute('data-attack')) say('markup of a run');
        if (element.matches('iframe, object, embed, base, frame, form[action], meta[http-equiv=refresh], foreignObject')) say('what is never drawn');
        if (element instanceof HTMLScriptElement && !element.src.startsWith(origin)) say('script');
        for (const { name, value } of element.attributes) {
          if (name.startsWith('on')) say('handler');
          if (['href', 'src', 'action', 'xlink:href', 'poster', 'data'].includes(name) && !isOwn(value)) say('address');
          if (name === 'srcset') say('address');
          if (name === 'style' && /url\(|position:\s*fixed.*display:\s*none/s.test(value)) say('style');
        }
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    visit(document);
    if ('attacked' in window) found.push('a script of a run ran');
    if (getComputedStyle(document.body).display === 'none') found.push('a style of a run was taken');
    if (document.documentElement.scrollWidth > window.innerWidth + 1) found.push(`wider than the window: ${document.documentElement.scrollWidth}`);
    return found;
  }, own);
}

const origin = (page: Page): string => new URL(page.url()).origin;
const expectPlain = async (page: Page, where: string): Promise<void> => expect(await trouble(page, `${origin(page)}/`), where).toEqual([]);

/** Lets a save by its control be read. */
async function saved(page: Page, save: () => Promise<void>): Promise<{ readonly path: string; readonly text: string; readonly name: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), save()]);
  const path = await download.path();
  return { path, text: readFileSync(path, 'utf8'), name: download.suggestedFilename() };
}

test.beforeEach(({ page }) => {
  page.on('dialog', (dialog) => {
    throw new Error(`A dialog opened: ${dialog.message()}`);
  });
  page.on('popup', (popup) => {
    throw new Error(`A window opened: ${popup.url()}`);
  });
});

const shown = (name: TextName): string => texts[name];

test('every tab draws it as plain text', async ({ app }, info) => {
  test.slow();
  await importDrop(app, [hostileContent(info.outputPath('base'))]);
  for (const name of runNames.filter((one) => one !== 'long')) await expect(runList(app).getByRole('link', { name: shown(name), exact: true })).toHaveCount(1);
  await checkRuns(app, runNames.filter((one) => one !== 'long').map(shown));
  for (const tab of tabNames) {
    await openTab(app, tab);
    await expectPlain(app, tab);
    await app.screenshot({ path: info.outputPath(`tab-${tab}.png`) });
  }
  // Lines and points tell who they are under the pointer.
  await openTab(app, 'Curves');
  for (const canvas of (await app.locator('section canvas').all()).slice(0, 3)) {
    await canvas.hover();
    await waitIdle(app);
    await expectPlain(app, 'a tooltip');
  }
});

test('the page of every run draws it as plain text', async ({ app }, info) => {
  test.slow();
  await importDrop(app, [hostileContent(info.outputPath('base'))]);
  const links = runList(app).getByRole('link');
  expect(await links.count()).toBe(runNames.length + 1);
  for (const [at, link] of (await links.all()).entries()) {
    await link.click();
    await app.getByRole('tablist', { name: 'About this run' }).waitFor();
    await waitIdle(app);
    for (const section of await app.getByRole('tablist', { name: 'About this run' }).getByRole('tab').all()) {
      await section.click();
      await waitIdle(app);
      await expectPlain(app, `${at} ${await section.textContent()}`);
      if (at < 2 || at === runNames.length)
        await app.screenshot({ path: info.outputPath(`run-${at}-${(await section.textContent())?.replace(/\W+/g, '')}.png`) });
    }
  }
});

test('what is saved draws it as plain text too', async ({ app, context }, info) => {
  test.slow();
  await importDrop(app, [hostileContent(info.outputPath('base'))]);
  const names = runNames.filter((one) => one !== 'long');
  await checkRuns(app, names.map(shown));
  await openTab(app, 'Report');

  const html = await saved(app, () => app.getByRole('button', { name: '.html', exact: true }).click());
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => asked.push(message.text()));
  page.on('dialog', (dialog) => asked.push(dialog.message()));
  const address = pathToFileURL(info.outputPath('report.html')).href;
  const { copyFileSync } = await import('node:fs');
  copyFileSync(html.path, info.outputPath('report.html'));
  await page.goto(address);
  await page.screenshot({ path: info.outputPath('report.png'), fullPage: true });
  expect(await trouble(page, 'file://no-script/')).toEqual([]);
  expect(asked).toEqual([address]);
  const text = await page.locator('body').innerText();
  for (const name of ['markup', 'link', 'picture', 'style', 'formula'] as const) expect(text).toContain(texts[name]);
  // Not even a page that lost its policy would do anything.
  const bare = html.text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  expect(bare).not.toBe(html.text);
  await page.setContent(bare);
  expect(await trouble(page, 'file://no-script/')).toEqual([]);
  expect(asked).toEqual([address]);
  await page.close();

  const markdown = await saved(app, () => app.getByRole('button', { name: '.md', exact: true }).click());
  // No markup, link, picture or autolink of a run's begins in it.
  expect(markdown.text).not.toMatch(/<(?!br>)[a-z!/]|(?<!\\)\]\(|(?<!\\)!\[/i);
  expect(markdown.text).toContain('\\[press\\](javascript:window.attacked=1)');

  const csv = await saved(app, () => app.getByRole('button', { name: '.csv', exact: true }).click());
  expect(runnable(csv.text)).toEqual([]);
  await openTab(app, 'Table');
  const table = await saved(app, async () => {
    await app.getByRole('button', { name: 'Export and more' }).click();
    await app.getByRole('menuitem', { name: /all runs, all columns/ }).click();
  });
  expect(table.name).toBe('runs.csv');
  expect(runnable(table.text)).toEqual([]);
  expect(table.text).toContain(`'${texts.formula}`);
});

/** Fields of a CSV file that a spreadsheet would run. */
function runnable(text: string): readonly string[] {
  const fields = [...text.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
  expect(fields.length).toBeGreaterThan(100);
  return fields.filter((field) => /^[=+\-@\t\r\n]/.test(field) && Number.isNaN(Number(field)));
}
