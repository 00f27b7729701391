// `npm run test:live`: what only the tools of others can judge, such as RO-Crates by roc-validator. Makes a Python environment of pinned
// packages under the user's cache, once. Where Python or pip is missing, or the packages cannot be had, the lane is skipped with a reason.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

const root = fileURLToPath(new URL('..', import.meta.url));
const requirements = join(root, 'test/live/requirements.txt');
const installMs = 180_000;

/** @returns {{ python: string } | { why: string }} an interpreter with the packages of test/live/requirements.txt */
function findPython() {
  const system = ['python3', 'python'].find(
    (name) => spawnSync(name, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']).status === 0,
  );
  if (!system) return { why: 'Python 3.10 or later with venv and pip is not installed' };
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const cache = envPaths('diptych', { suffix: 'tests' }).cache;
  const home = join(cache, `live-${digest}`);
  const pythonIn = (folder) => join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(join(home, 'ready'))) return { python: pythonIn(home) };
  console.log('Installing the packages of test/live/requirements.txt …');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  if (spawnSync(system, ['-m', 'venv', home]).status !== 0) return { why: 'a Python environment could not be made' };
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  if (spawnSync(pythonIn(home), install, { timeout: installMs, stdio: ['ignore', 'inherit', 'ignore'] }).status !== 0) {
    rmSync(home, { recursive: true, force: true });
    return { why: 'pip could not install the packages of test/live/requirements.txt' };
  }
  mkdirSync(join(home, 'ready.part'));
  renameSync(join(home, 'ready.part'), join(home, 'ready'));
  return { python: pythonIn(home) };
}

function main() {
  const found = findPython();
  if ('why' in found) {
    console.log(`live: skipped, ${found.why}`);
    return;
  }
  const file = join(tmpdir(), `diptych-live-${process.pid}.json`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', 'live', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DIPTYCH_TEST_PYTHON: found.python },
  });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
  rmSync(file, { force: true });
  const failed = Math.max(counts.numFailedTests, status === 0 ? 0 : 1);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`live: ${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests} skipped`);
}

main();
