// Builds out/ when its sources changed: the Node side (command line, host, worker) and the desktop side (main, preload, page).
// Used as a module by bin/diptych.js, start.mjs and test.mjs, and as `npm run build [-- --only node] [--force]`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const nodeFolders = ['core', 'charts', 'wire', 'host', 'cli'].map((name) => `src/${name}`);
const common = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'scripts/build.mjs'];

/** What is built, from what, and by which command. Of `sweep`, what an earlier build left is removed. */
const parts = {
  node: {
    inputs: [...common, ...nodeFolders, 'vite.node.config.ts'],
    command: ['vite/bin/vite.js', 'build', '-c', 'vite.node.config.ts'],
    outputs: ['out/cli.js', 'out/host.js', 'out/ingest.worker.js', 'out/browser.js'],
    sweep: 'out/chunks',
  },
  desktop: {
    inputs: [...common, 'src', 'resources', 'electron.vite.config.ts'],
    command: ['electron-vite/bin/electron-vite.js', 'build'],
    outputs: ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
  },
};

/**
 * Brings out/ up to date.
 * @param {{ only?: 'node' | 'all', quiet?: boolean, force?: boolean }} options `quiet` prints nothing unless the build fails
 * @returns {Promise<readonly string[]>} the parts that had to be built
 * @throws Error with the build's output when it fails
 */
export async function build({ only = 'all', quiet = false, force = false } = {}) {
  const wanted = only === 'node' ? ['node'] : ['node', 'desktop'];
  const stale = () => wanted.filter((name) => force || !isCurrent(name));
  if (stale().length === 0) return [];
  const release = await lock(quiet);
  try {
    const built = stale();
    for (const name of built) await buildPart(name, quiet);
    return built;
  } finally {
    release();
  }
}

async function buildPart(name, quiet) {
  const part = parts[name];
  const digest = digestOf(part.inputs);
  const began = Date.now();
  if (!quiet) process.stderr.write(`Building (${name}) …\n`);
  rmSync(stampPath(name), { force: true });
  await run(part.command);
  if (part.sweep) sweep(join(root, part.sweep), began);
  writeFileSync(stampPath(name), digest);
  if (!quiet) process.stderr.write(`Built (${name}) in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

/** Runs one of the installed tools; its output is kept back and shown only on failure, so that standard output stays the caller's. */
function run([tool, ...args]) {
  const path = join(root, 'node_modules', tool);
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [path, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0
        ? done()
        : fail(new Error(`${tool} ${args.join(' ')} failed (exit ${code})\n${stripVTControlCharacters(Buffer.concat(output).toString('utf8'))}`)),
    );
  });
}

const stampPath = (name) => join(root, 'out', `.stamp-${name}`);

function isCurrent(name) {
  const part = parts[name];
  try {
    for (const output of part.outputs) statSync(join(root, output));
    return readFileSync(stampPath(name), 'utf8') === digestOf(part.inputs);
  } catch {
    return false;
  }
}

/** SHA-256 over names and contents of files and folders, without what cannot change the outcome. */
function digestOf(inputs) {
  const hash = createHash('sha256');
  const add = (path) => {
    let stat;
    try {
      stat = statSync(join(root, path));
    } catch {
      return;
    }
    if (stat.isDirectory()) for (const entry of readdirSync(join(root, path)).sort()) add(`${path}/${entry}`);
    else if (!path.endsWith('.md'))
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0');
  };
  for (const input of inputs) add(input);
  return hash.digest('hex');
}

/** Removes chunks of earlier builds, which nothing refers to any more. */
function sweep(folder, began) {
  let entries = [];
  try {
    entries = readdirSync(folder);
  } catch {
    return;
  }
  for (const entry of entries) if (statSync(join(folder, entry)).mtimeMs < began - 1000) rmSync(join(folder, entry), { force: true });
}

/** One build at a time per checkout: waits while another living process builds. */
async function lock(quiet) {
  mkdirSync(join(root, 'out'), { recursive: true });
  const path = join(root, 'out/.lock');
  for (let told = false; ; ) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(path)) {
      try {
        unlinkSync(path);
      } catch {
        // Another waiter was quicker.
      }
      continue;
    }
    if (!told && !quiet) process.stderr.write('Waiting for another build to end …\n');
    told = true;
    await new Promise((done) => setTimeout(done, 200));
  }
}

function isAbandoned(path) {
  let pid = 0;
  try {
    pid = Number(readFileSync(path, 'utf8'));
    // Between creating and writing the file it is empty for a moment.
    if (pid === 0) return Date.now() - statSync(path).mtimeMs > 5000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const only = process.argv.includes('--only') && process.argv[process.argv.indexOf('--only') + 1] === 'node' ? 'node' : 'all';
  build({ only, force: process.argv.includes('--force') }).then(
    (built) => built.length === 0 && process.stderr.write('Nothing to build: out/ is up to date.\n'),
    (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
