// From the start of the program to a window that can be used, with 200 runs stored, beside an Electron that shows an empty page; and the same for the page in a browser.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildForOld } from '../desktop/support/build-old';
import { storedRuns } from '../e2e/support/stored-run';
import { install } from './app';
import { cached, writeWandb } from './generate';

/** Seconds to a usable window, on a machine that is not busy. */
const mostSeconds = 2;
/** The same as a multiple of what an empty window takes, at any load. */
const mostTimes = 4;
const runs = 200;
const rounds = 5;

type Found = { readonly path: string; readonly old: boolean } | { readonly why: string };
const found = JSON.parse(execFileSync(process.execPath, ['scripts/electron.mjs'], { encoding: 'utf8' })) as Found;
const folder = cached('start-200', (to) => writeWandb(to, { runs, keys: 20, params: 20, steps: 100, seed: 1 }));
const scratch = mkdtempSync(join(tmpdir(), 'diptych-start-'));
let display: ReturnType<typeof spawn> | null = null;

beforeAll(async () => {
  if (process.platform !== 'linux' || process.env.DISPLAY) return;
  display = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1000x24'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise<string>((done) => display?.stdout?.once('data', (chunk) => done(String(chunk).trim())));
  process.env.DISPLAY = `:${number}`;
});
afterAll(() => {
  display?.kill();
  rmSync(scratch, { recursive: true, force: true });
});

/** When the page had nothing left to do, by the clock on the wall; asked in the page, so that the way to the answer does not count. */
const whenIdle = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    while (document.documentElement.dataset.idle !== 'true') await frame();
    return Date.now();
  });

/** @returns milliseconds from the start to the page's word that it is idle, and what the page itself took of it */
async function startOnce(app: string, home: string, paths: readonly string[] = []): Promise<{ readonly ms: number; readonly pageMs: number }> {
  if ('why' in found) throw new Error(found.why);
  const began = Date.now();
  const args = [app, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...paths];
  const program: ElectronApplication = await electron.launch({
    executablePath: found.path,
    args,
    env: { ...process.env, DIPTYCH_HOME: home, DIPTYCH_TEST_NODE: process.execPath } as Record<string, string>,
  });
  const page = await program.firstWindow();
  const idle = await whenIdle(page);
  const from = await page.evaluate(() => performance.timeOrigin);
  if (paths.length > 0) {
    while ((await storedRuns(page)).length < runs) await new Promise((next) => setTimeout(next, 200));
    await whenIdle(page);
  }
  await program.close();
  return { ms: idle - began, pageMs: idle - from };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const load = (): number => loadavg()[0] ?? 0;
const isQuiet = (): boolean => load() <= cpus().length;

test.skipIf('why' in found)('the desktop’s window with 200 runs, beside an empty Electron window', async () => {
  const empty = join(scratch, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), '{"name":"empty","main":"main.cjs"}');
  const page = '<html data-idle=true><body>empty';
  writeFileSync(
    join(empty, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron'); app.setPath('userData', process.env.DIPTYCH_HOME);
     app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadURL('data:text/html,${page}'));`,
  );
  const app = 'old' in found && found.old ? await buildForOld(resolve('.cache/desktop/bench')) : resolve('.');
  const home = join(scratch, 'home');
  const other = join(scratch, 'other');
  mkdirSync(other);
  await startOnce(app, home, [folder]);
  const took = { diptych: [] as number[], page: [] as number[], empty: [] as number[] };
  // By turns, so that both meet the same load.
  for (let round = 0; round < rounds; round++) {
    took.empty.push((await startOnce(empty, other)).ms);
    const { ms, pageMs } = await startOnce(app, home);
    took.diptych.push(ms);
    took.page.push(pageMs);
  }
  const [diptych, nothing] = [median(took.diptych), median(took.empty)];
  console.log(
    `desktop with ${runs} runs: ${seconds(diptych)} (page ${seconds(median(took.page))}), empty window ${seconds(nothing)}: ${(diptych / nothing).toFixed(1)} ×; load ${load().toFixed(1)}`,
  );
  expect(diptych / nothing).toBeLessThanOrEqual(mostTimes);
  if (isQuiet()) expect(diptych / 1000).toBeLessThanOrEqual(mostSeconds);
});

test('the page with 200 runs in a browser, beside an empty page', async () => {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<html data-idle=true><body>empty'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const installed = await install();
  try {
    const filling = await installed.open([folder]);
    while ((await storedRuns(filling.page)).length < runs) await new Promise((next) => setTimeout(next, 200));
    await whenIdle(filling.page);
    await filling.close();
    const opened = await installed.open();
    const origin = new URL(opened.page.url()).origin;
    const go = async (to: string): Promise<number> => {
      await opened.page.goto('about:blank');
      await opened.page.goto(to);
      const idle = await whenIdle(opened.page);
      return idle - (await opened.page.evaluate(() => performance.timeOrigin));
    };
    const took = { diptych: [] as number[], empty: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      took.empty.push(await go(address));
      took.diptych.push(await go(`${origin}/`));
    }
    await opened.close();
    const [diptych, nothing] = [median(took.diptych), median(took.empty)];
    console.log(
      `page with ${runs} runs: idle ${seconds(diptych)} after navigation, empty page ${seconds(nothing)}: ${(diptych / nothing).toFixed(1)} ×; load ${load().toFixed(1)}`,
    );
    if (isQuiet()) expect(diptych / 1000).toBeLessThanOrEqual(mostSeconds);
  } finally {
    installed.remove();
    server.close();
  }
});
