// Starts the desktop program as a user would, with a home of its own; the page is driven by script, since old Chromiums know no newer way.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { waitIdle } from '../../e2e/support/idle';

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
}

interface Fixtures {
  readonly home: string;
  /** Starts the program with what is named on its command line. */
  readonly start: (...paths: readonly string[]) => Promise<Desktop>;
  /** Starts it once more beside the first. @returns its exit code */
  readonly startSecond: (...paths: readonly string[]) => Promise<number | null>;
}

const wordsFor = (paths: readonly string[]): string[] => [process.env.DIPTYCH_TEST_APP ?? '', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...paths];
const executablePath = process.env.DIPTYCH_TEST_ELECTRON ?? '';

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first parameter.
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'diptych-desktop-'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
  start: async ({ home }, use) => {
    const started: ElectronApplication[] = [];
    const trouble: string[] = [];
    await use(async (...paths) => {
      const app = await _electron.launch({ executablePath, args: wordsFor(paths), env: environment(home) });
      started.push(app);
      const page = await app.firstWindow();
      page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
      page.on('request', (request) => {
        if (!/^(app:\/\/diptych\/|blob:app:\/\/diptych\/|data:)/.test(request.url())) trouble.push(`request to ${request.url()}`);
      });
      await page.waitForURL('app://diptych/**');
      await waitIdle(page);
      return { app, page };
    });
    for (const app of started) await app.close().catch(() => {});
    expect(trouble, 'errors of the page, and requests to elsewhere').toEqual([]);
  },
  startSecond: async ({ home }, use) => {
    const children: ChildProcess[] = [];
    await use((...paths) => {
      const child = spawn(executablePath, wordsFor(paths), { env: environment(home), stdio: 'ignore' });
      children.push(child);
      return new Promise((ended) => child.once('exit', ended));
    });
    for (const child of children) child.kill();
  },
});

const environment = (home: string): Record<string, string> =>
  ({ ...process.env, DIPTYCH_HOME: home, DIPTYCH_TEST_NODE: process.execPath }) as Record<string, string>;

/** Clicks what has a role or tag and exactly this text, and waits until the app has done its work. */
export async function click(page: Page, selector: string, text: string): Promise<void> {
  await expect.poll(() => find(page, selector, text, false), { message: `${selector} '${text}'` }).toBe(true);
  await find(page, selector, text, true);
  await waitIdle(page);
}

const find = (page: Page, selector: string, text: string, press: boolean): Promise<boolean> =>
  page.evaluate(
    ([what, words, act]) => {
      const found = [...document.querySelectorAll<HTMLElement>(what)].find((one) => one.textContent?.trim() === words && !one.hasAttribute('disabled'));
      if (act) found?.click();
      return found !== undefined;
    },
    [selector, text, press] as const,
  );

/** What the page shows as text. */
export const shownText = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

export { expect };
