// The page of `diptych serve` in a real browser, for tests that start a tracker's server too.
import { chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { findBrowser } from '../../src/host/pdf/find-browser';
import { waitIdle } from '../e2e/support/idle';
import { startServed } from '../e2e/support/served';

/** Opens the page, hands it over, and ends the browser and the host, which must have said nothing to its error stream. */
export async function inPage(height: number, use: (page: Page) => Promise<void>): Promise<void> {
  const found = await findBrowser();
  if (!found) throw new Error('no browser was found');
  const served = await startServed();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, ...found.env } as Record<string, string>,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height } });
    await page.goto(served.address);
    // The first page only sets the cookie and leads on.
    await page.waitForURL((url) => url.pathname === '/');
    await waitIdle(page);
    await use(page);
    expect(served.errors()).toBe('');
  } finally {
    await browser.close();
    await served.stop();
  }
}
