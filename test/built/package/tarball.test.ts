// What `npm pack` makes, installed into an empty folder without a network: it works as the checkout does.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environment, run } from '../process';
import { faultsOf, filesBelow, thisMachine } from './contents';
import { runTool } from './run-tool';
import { sizesOf, table, tooLarge } from './sizes';

const scratch = mkdtempSync(join(tmpdir(), 'diptych-tarball-'));
const empty = join(scratch, 'empty folder');
const installed = join(empty, 'node_modules/diptych');
const runs = resolve('test/fixtures/csv/train-log-per-run/input');
const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
let tarball = '';
let server: ChildProcess | null = null;

/** npm as it was started, or the one of the path. */
const npm = (args: readonly string[], cwd?: string): Promise<string> =>
  process.env.npm_execpath ? runTool(process.execPath, [process.env.npm_execpath, ...args], cwd) : runTool('npm', args, cwd);
/** The installed command, from a folder that has nothing else. */
const diptych = (...args: string[]): Promise<string> => runTool(process.execPath, [join(installed, 'bin/diptych.js'), ...args], empty, environment);

beforeAll(async () => {
  await npm(['pack', '--pack-destination', scratch]);
  const [name] = readdirSync(scratch).filter((entry) => entry.endsWith('.tgz'));
  tarball = join(scratch, name as string);
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), '{ "private": true }');
  await npm(['install', tarball, '--ignore-scripts', '--offline', '--no-audit', '--no-fund'], empty);
}, 120_000);
afterAll(() => {
  server?.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

test('it needs no other package', () => {
  expect(readdirSync(join(empty, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['diptych']);
});

test('it holds the program, samples and licences, and nothing else', () => {
  const files = filesBelow(installed);
  expect(faultsOf(files, ['bin', 'out', 'resources', 'package.json', 'LICENSE', 'README.md'], thisMachine)).toEqual([]);
  expect(files.map((file) => file.path)).toEqual(expect.arrayContaining(['bin/diptych.js', 'out/cli.js', 'out/host.js', 'LICENSE']));
});

test('the licences of what is bundled are in it, and of nothing that is not', () => {
  const notices = readFileSync(join(installed, 'out/THIRD_PARTY_NOTICES.md'), 'utf8');
  for (const name of ['react', 'echarts', 'dexie', 'sql.js', 'valibot', 'ws']) expect(notices).toContain(`\n## ${name} `);
  expect(notices).not.toMatch(/^## (electron|vite|typescript|@electron\/|core-js|@playwright)/m);
});

test('it stays within its size', () => {
  const sizes = { ...sizesOf(filesBelow(installed)), 'npm tarball': statSync(tarball).size / 1000 };
  console.log(`npm tarball\n${table(sizes)}`);
  expect(tooLarge(sizes)).toEqual([]);
});

test('npx finds its command', async () => {
  expect((await npm(['exec', '--offline', '--', 'diptych', '--version'], empty)).trim()).toBe(version);
});

test('it inspects runs to the same document as the checkout', async () => {
  const { code, out } = await run('inspect', '--json', runs);
  expect(code).toBe(0);
  expect(await diptych('inspect', '--json', runs)).toBe(out);
});

test('it reads a database with its own WebAssembly', async () => {
  const { runs: found } = JSON.parse(await diptych('list', '--json', resolve('test/fixtures/mlflow-sqlite'))) as { runs: unknown[] };
  expect(found.length).toBeGreaterThan(0);
});

test('it writes the same report as the checkout, byte for byte', async () => {
  const date = ['--date', '2026-01-31T12:00:00Z'];
  const here = join(scratch, 'here.html');
  await diptych('report', runs, '-o', 'x.html', ...date);
  expect((await run('report', runs, '-o', here, ...date)).code).toBe(0);
  const html = readFileSync(join(empty, 'x.html'), 'utf8');
  expect(html).toContain('<svg');
  expect(html).toBe(readFileSync(here, 'utf8'));
});

test('it serves the page with all that the page asks for at its start', async () => {
  server = spawn(process.execPath, [join(installed, 'bin/diptych.js'), 'serve', '--port', '0', '--json', runs], {
    cwd: empty,
    env: environment as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const child = server;
  const line = await new Promise<string>((done, fail) => {
    child.stdout?.once('data', (chunk) => done(String(chunk)));
    child.once('exit', (code) => fail(new Error(`serve ended with ${code}`)));
  });
  const { address } = JSON.parse(line) as { address: string };
  const entered = await fetch(address, { redirect: 'manual' });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] as string;
  const get = (path: string) => fetch(new URL(path, address), { headers: { cookie } });
  const page = await (await get('/')).text();
  expect(page).toContain('<title>Diptych</title>');
  const assets = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => `/${path}`);
  expect(assets.length).toBeGreaterThan(3);
  for (const path of assets) {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get('content-type')).toMatch(path.endsWith('.css') ? 'text/css' : 'text/javascript');
    expect((await answer.arrayBuffer()).byteLength).toBe(statSync(join(installed, 'out/renderer', path)).size);
  }
});
