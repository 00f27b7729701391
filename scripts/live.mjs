// `npm run test:live`: what only the tools of others can judge. Every folder of test/live with a requirements.txt gets a Python environment
// of its own, made once under the user's cache. Where Python, pip or a package cannot be had, that folder is skipped with a reason.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

const root = fileURLToPath(new URL('..', import.meta.url));
const lane = join(root, 'test/live');
const cache = envPaths('diptych', { suffix: 'tests' }).cache;
/** Of one environment, and of all: a slow package index must not eat up what the tests need. */
const installMs = 240_000;
const installAllMs = 600_000;
const began = Date.now();

const system = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']).status === 0);
const pythonIn = (home) => join(home, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** @returns {{ python: string } | { why: string }} an interpreter with the packages of a folder's requirements.txt */
function findPython(folder) {
  if (!system) return { why: 'Python 3.10 or later with venv and pip is not installed' };
  const requirements = join(lane, folder, 'requirements.txt');
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const home = join(cache, `live-${folder}-${digest}`);
  if (existsSync(join(home, 'ready'))) return { python: pythonIn(home) };
  const left = Math.min(installMs, installAllMs - (Date.now() - began));
  if (left <= 0) return { why: 'installing the packages of the others took too long' };
  console.log(`Installing ${readFileSync(requirements, 'utf8').trim().replaceAll('\n', ', ')} …`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  if (spawnSync(system, ['-m', 'venv', home]).status !== 0) return { why: 'a Python environment could not be made' };
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  if (spawnSync(pythonIn(home), install, { timeout: left, stdio: 'ignore' }).status !== 0) {
    rmSync(home, { recursive: true, force: true });
    return { why: `pip could not install the packages of test/live/${folder}/requirements.txt` };
  }
  mkdirSync(join(home, 'ready.part'));
  renameSync(join(home, 'ready.part'), join(home, 'ready'));
  return { python: pythonIn(home) };
}

function main() {
  const folders = readdirSync(lane).filter((name) => existsSync(join(lane, name, 'requirements.txt')));
  const found = Object.fromEntries(folders.map((folder) => [folder, findPython(folder)]));
  if (folders.every((folder) => 'why' in found[folder])) {
    console.log(`live: skipped, ${found[folders[0]].why}`);
    return;
  }
  for (const folder of folders) if ('why' in found[folder]) console.log(`live: ${folder} is skipped, ${found[folder].why}`);
  const file = join(tmpdir(), `diptych-live-${process.pid}.json`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', 'live', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DIPTYCH_LIVE: JSON.stringify(found) },
  });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
  rmSync(file, { force: true });
  const failed = Math.max(counts.numFailedTests, status === 0 ? 0 : 1);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`live: ${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests} skipped`);
}

main();
