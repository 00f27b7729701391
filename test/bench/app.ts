// The built product as a user has it: `serve`, and a headless Chromium without a GPU whose profile is kept from one start to the next.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../src/host/pdf/find-browser';
import { startServed } from '../e2e/support/served';

export interface Opened {
  readonly page: Page;
  /** From the start of loading the page until the table showed a value of a run; null where there was none to show. */
  readonly tableMs: () => Promise<number | null>;
  close(): Promise<void>;
}

export interface Installed {
  /** Starts both. What was stored before is there again. */
  open(paths?: readonly string[]): Promise<Opened>;
  /** Bytes of the browser's database on disk. */
  storedBytes(): number;
  remove(): void;
}

/** A page's own notes on itself, from its first moment. */
interface Watched {
  tableMs: number | null;
  readonly longTasks: number[];
}
declare global {
  var benchWatched: Watched;
}

/** @throws Error where no Chromium is found */
export async function install(): Promise<Installed> {
  const found = await findBrowser();
  if (!found) throw new Error('No Chromium was found: set DIPTYCH_CHROMIUM.');
  const profile = mkdtempSync(join(tmpdir(), 'diptych-bench-'));
  const port = await freePort();
  return {
    async open(paths = []) {
      const served = await startServed(paths, port);
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: found.path,
        env: { ...process.env, ...found.env } as Record<string, string>,
        args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        viewport: { width: 1440, height: 900 },
      });
      await context.addInitScript(watch);
      const page = await context.newPage();
      await page.goto(served.address);
      await page.waitForURL((url) => url.pathname === '/');
      return {
        page,
        tableMs: () => page.evaluate(() => benchWatched.tableMs),
        async close() {
          await context.close();
          await served.stop();
        },
      };
    },
    storedBytes: () => bytesIn(join(profile, 'Default/IndexedDB')),
    remove: () => rmSync(profile, { recursive: true, force: true }),
  };
}

function watch(): void {
  const watched: Watched = { tableMs: null, longTasks: [] };
  globalThis.benchWatched = watched;
  new PerformanceObserver((list) => watched.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  const look = (): void => {
    if (document.querySelector('[aria-label="Table of runs"] [role=gridcell]')) watched.tableMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Long tasks (50 ms and more) since this was asked last, in milliseconds. */
export const takeLongTasks = (page: Page): Promise<number[]> => page.evaluate(() => benchWatched.longTasks.splice(0));

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
      .on('error', fail)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port is free'))));
      });
  });
}

function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.reduce((sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0), 0);
}
