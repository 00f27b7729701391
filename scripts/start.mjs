// `npm start`: installs and builds what is missing, then opens Diptych by the best front door that this machine has.
// No dependencies and no syntax younger than 2018: it must run far enough on an old Node to say which Node is needed.
// biome-ignore-all lint/style/useNodejsImportProtocol: an old Node would stop at `node:` before it could say what is needed.
import { spawn, spawnSync } from 'child_process';
import fs from 'fs';
import path from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const usage = `npm start [-- [--browser] [--port N] PATH…]   opens Diptych, with what lies at PATH
npm start -- --check [PATH…]                  does the main job without a screen and prints what it found
`;

async function main() {
  const version = process.versions.node;
  if (!nodeIsNewEnough(version)) {
    throw new Error(`Diptych needs Node 20.19 or newer; this is ${version}. Get it at https://nodejs.org and start again.`);
  }
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  install();
  const builder = await import(pathToFileURL(path.join(root, 'scripts', 'build.mjs')).href);
  await builder.build({ only: options.check ? 'node' : 'all' });
  if (options.check) return run(process.execPath, [path.join(root, 'scripts', 'tour.mjs'), ...options.paths]);
  const electron = options.browser ? null : findElectron();
  if (electron) return run(electron, [root, ...options.paths]);
  const port = options.port === null ? [] : ['--port', options.port];
  return run(process.execPath, [path.join(root, 'out', 'cli.js'), 'serve', '--open', ...port, ...options.paths]);
}

function readOptions(args) {
  const found = { browser: false, check: false, help: false, port: null, paths: [] };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--browser') found.browser = true;
    else if (args[i] === '--check') found.check = true;
    else if (args[i] === '--help' || args[i] === '-h') found.help = true;
    else if (args[i] === '--port') {
      found.port = args[++i] || '';
      found.browser = true;
    } else if (args[i] !== '--') found.paths.push(path.resolve(args[i]));
  }
  return found;
}

function nodeIsNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** Runs `npm ci` when what is installed is not what the lock file names. */
function install() {
  if (installedMatches()) return;
  say('Installing what Diptych is built from (once, about a minute) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result =
    npm && /\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) throw new Error(`Installing failed. Look at the lines above; \`npm ci\` in ${root} does the same again.`);
}

/** The packages on disk, as npm noted them itself, against the lock file. What npm may leave out on this platform may be absent. */
function installedMatches() {
  try {
    const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(fs.readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.keys(wanted).every((name) => {
      if (name === '' || wanted[name].link) return true;
      if (!present[name]) return Boolean(wanted[name].optional || wanted[name].peer);
      return present[name].version === wanted[name].version;
    });
  } catch (_error) {
    return false;
  }
}

/** The desktop's binary, or null. Its own installer is let try once: without a network that must not cost a minute at every start. */
function findElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null;
  const folder = path.join(root, 'node_modules', 'electron');
  const present = electronIn(folder);
  if (present) return present;
  const version = readText(path.join(folder, 'package.json'), (text) => JSON.parse(text).version);
  const failed = path.join(root, '.cache', 'electron-unavailable');
  if (version === null || readText(failed) === version) return null;
  say(`Fetching the desktop shell (Electron ${version}, once) …`);
  spawnSync(process.execPath, [path.join(folder, 'install.js')], { cwd: folder, stdio: 'ignore', timeout: 60000, killSignal: 'SIGKILL' });
  const fetched = electronIn(folder);
  if (!fetched) {
    fs.mkdirSync(path.dirname(failed), { recursive: true });
    fs.writeFileSync(failed, version);
    say('The desktop shell cannot be had here, so Diptych opens in the browser. (Delete .cache to try again.)');
  }
  return fetched;
}

/** The package names its binary in `path.txt`; only a file that is really there counts. Asking the package itself would start a download. */
function electronIn(folder) {
  const name = readText(path.join(folder, 'path.txt'));
  if (name === null) return null;
  const file = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH || path.join(folder, 'dist'), name.trim());
  return fs.existsSync(file) ? file : null;
}

function readText(file, pick = (text) => text) {
  try {
    return pick(fs.readFileSync(file, 'utf8'));
  } catch (_error) {
    return null;
  }
}

/** Runs a program in the foreground; gives its exit code. */
function run(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    // Ctrl-C reaches the child by itself; this process only waits for it.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', (error) => {
      say(`${command} could not be started: ${error.message}`);
      done(1);
    });
    child.on('close', (code, signal) => done(code === null ? (signal === 'SIGINT' ? 130 : 1) : code));
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    say(error.message);
    process.exitCode = 1;
  },
);
