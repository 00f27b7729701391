// `npm run test:desktop`: the desktop shell in a real Electron. Where the package's own binary is missing, an Electron 9 from the Python
// package index stands in (Linux x64). What it needs and cannot find skips the lane with a reason; it never changes the system.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { findElectron, screen } from './electron.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache/desktop');
async function main() {
  const front = screen();
  const electron = front === null ? { why: 'there is no screen and xvfb-run is not installed' } : findElectron();
  if ('why' in electron) {
    console.log(`desktop: skipped, ${electron.why}`);
    return;
  }
  await build();
  const home = join(tmpdir(), `diptych-desktop-${process.pid}`);
  const file = join(cache, 'results.json');
  rmSync(file, { force: true });
  const [command, ...args] = [
    ...front,
    process.execPath,
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    '--config',
    'test/desktop/playwright.config.ts',
    '--reporter=list,json',
    ...process.argv.slice(2),
  ];
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      DIPTYCH_HOME: home,
      DIPTYCH_TEST_ELECTRON: electron.path,
      DIPTYCH_TEST_ELECTRON_OLD: electron.old ? '1' : '',
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    },
  });
  rmSync(home, { recursive: true, force: true });
  const { expected, unexpected, flaky, skipped } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).stats
    : { expected: 0, unexpected: 1, flaky: 0, skipped: 0 };
  const failed = Math.max(unexpected + flaky, status === 0 ? 0 : 1);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`desktop: ${expected} passed, ${failed} failed, ${skipped} skipped`);
}

await main();
