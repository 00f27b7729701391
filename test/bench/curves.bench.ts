// Many long curves in one panel, in headless Chromium without a GPU: script of a frame while moving, time to settle, hover, longest task.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../src/host/pdf/find-browser';
import type { Measured } from './curves/page';

/** Milliseconds that 100 curves × 10,000 points may take. */
const targets = { moving: 45, settled: 200, hover: 12, longestTask: 150 } as const;

const folder = mkdtempSync(join(tmpdir(), 'diptych-curves-'));
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
let page: Page;
let stop: () => Promise<void>;

beforeAll(async () => {
  await build({
    root: resolve('test/bench/curves'),
    configFile: false,
    logLevel: 'error',
    build: { target: 'es2022', outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 5000 },
    worker: { format: 'es' },
  });
  const server = createServer((request, response) => {
    const path = request.url === '/' ? 'index.html' : (request.url ?? '').replace(/^\/|\?.*$/g, '');
    try {
      const bytes = readFileSync(join(folder, path));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  const found = await findBrowser();
  if (!found) throw new Error('No Chromium was found: set DIPTYCH_CHROMIUM.');
  const browser = await chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.env } as Record<string, string>,
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  stop = async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}, 120_000);

afterAll(() => stop?.());

const measured = (curves: number, points: number): Promise<Measured> =>
  page.evaluate(
    ([c, p]) => (window as unknown as { measure(curves: number, points: number): Promise<Measured> }).measure(c as number, p as number),
    [curves, points],
  );

function tell(what: string, { firstMs, moving, settledMs, hover, longestTask, drawn }: Measured): void {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  console.log(
    [
      `${what}: first picture ${ms(firstMs)}, ${drawn.toLocaleString('en')} points drawn`,
      `  script of a frame while moving: median ${ms(moving.median)}, 95 % ${ms(moving.p95)}, worst ${ms(moving.worst)} of ${moving.frames}`,
      `  settled: ${settledMs.map(ms).join(', ')}`,
      `  hover: median ${ms(hover.median)}, 95 % ${ms(hover.p95)}; longest task ${ms(longestTask)}`,
    ].join('\n'),
  );
}

test('100 curves of 10,000 points stay fluent', async () => {
  await measured(100, 10_000);
  const result = await measured(100, 10_000);
  tell('100 × 10,000', result);
  expect(result.moving.median).toBeLessThanOrEqual(targets.moving);
  expect(Math.min(...result.settledMs)).toBeLessThanOrEqual(targets.settled);
  expect(result.hover.median).toBeLessThanOrEqual(targets.hover);
  expect(result.longestTask).toBeLessThanOrEqual(targets.longestTask);
});

test('300 curves, and 100 curves of 100,000 points, for the record', async () => {
  tell('300 × 10,000', await measured(300, 10_000));
  tell('100 × 100,000', await measured(100, 100_000));
});
