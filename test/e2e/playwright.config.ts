// End-to-end tests in a real Chromium, against the built host: the browser is the one that the product would print with.
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../src/host/pdf/find-browser';

const browser = await findBrowser();
if (!browser) throw new Error('No Chrome, Chromium or Edge was found: name one with DIPTYCH_CHROMIUM.');

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: browser.path, env: { ...process.env, ...browser.env } as Record<string, string> },
  },
});
