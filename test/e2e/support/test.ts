// The `test` of all end-to-end specs: a served app to itself, and no error, refused style or stray request goes unseen.
import { test as base, expect, type Page } from '@playwright/test';
import { waitIdle } from './idle';
import { type Served, startServed } from './served';

interface Fixtures {
  /** What `serve` is started with; `test.use({ paths: [fixture('wandb/basic')] })`. */
  readonly paths: readonly string[];
  readonly served: Served;
  /** The page, open and idle. */
  readonly app: Page;
  /** Messages that a test expects and takes off this list; what is left fails it. */
  readonly trouble: string[];
}

export const test = base.extend<Fixtures>({
  paths: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first parameter.
  trouble: async ({}, use) => {
    const trouble: string[] = [];
    await use(trouble);
    expect(trouble, 'errors of the page, and requests to elsewhere').toEqual([]);
  },
  served: async ({ paths }, use) => {
    const served = await startServed(paths);
    await use(served);
    await served.stop();
    expect(served.errors()).toBe('');
  },
  app: async ({ page, served, trouble }, use) => {
    watch(page, served.origin, trouble);
    await page.goto(served.address);
    // The first page only sets the cookie and leads on.
    await page.waitForURL((url) => url.pathname === '/');
    await waitIdle(page);
    await use(page);
  },
});

function watch(page: Page, origin: string, trouble: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') trouble.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) trouble.push(`request to ${url.origin}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()} for ${response.url()}`);
  });
}

export { expect };
