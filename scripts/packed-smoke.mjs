// `node scripts/packed-smoke.mjs [PROGRAM]`: starts the packed program (in release/) on the samples and waits until their runs are on screen.
// With its fuses set it cannot be driven as Electron; its page still answers Chromium's own protocol.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const samples = join(root, 'resources/samples/lr-sweep');
const names = ['lr-0.003', 'lr-0.03', 'lr-0.1', 'lr-0.3', 'lr-30'];
const places = {
  linux: 'release/linux-unpacked/diptych',
  win32: 'release/win-unpacked/Diptych.exe',
  darwin: 'release/mac-universal/Diptych.app/Contents/MacOS/Diptych',
};
const patience = 90_000;

const program = process.argv[2] ?? join(root, places[process.platform] ?? places.linux);
const home = mkdtempSync(join(tmpdir(), 'diptych-packed-'));
const child = spawn(program, ['--remote-debugging-port=0', samples], { env: { ...process.env, DIPTYCH_HOME: home }, stdio: ['ignore', 'inherit', 'pipe'] });
try {
  const browser = await chromium.connectOverCDP(await addressOf(child));
  const context = browser.contexts()[0];
  const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: patience }));
  await page.waitForSelector('html[data-idle="true"]', { state: 'attached', timeout: patience });
  for (const name of names) await page.getByText(name, { exact: true }).first().waitFor({ timeout: patience });
  console.log(`${program} shows ${names.join(', ')}.`);
  await browser.close();
} finally {
  child.kill();
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Where Chromium says that it listens. */
function addressOf(started) {
  return new Promise((done, fail) => {
    let said = '';
    const late = setTimeout(() => fail(new Error(`the program did not say where it listens:\n${said}`)), patience);
    started.once('error', fail);
    started.once('exit', (code) => fail(new Error(`the program ended with ${code}:\n${said}`)));
    started.stderr.on('data', (chunk) => {
      said += String(chunk);
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (!address) return;
      clearTimeout(late);
      done(address);
    });
  });
}
