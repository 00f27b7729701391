// The built command line as a process: start, pipes, signals.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

let top: string;
beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'diptych-process-'));
  await build({ configFile: 'vite.node.config.ts', logLevel: 'error', build: { outDir: join(top, 'out'), reportCompressedSize: false } });
  mkdirSync(join(top, 'runs'));
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${1 / (i + 1)}`).join('\n');
  for (let i = 0; i < 12; i++) writeFileSync(join(top, 'runs', `run-${i}.csv`), `step,loss\n${rows}\n`);
}, 60_000);
afterAll(() => rmSync(top, { recursive: true }));

const start = (...words: string[]): ChildProcess => spawn(process.execPath, [join(top, 'out', 'cli.js'), ...words], { cwd: top });

async function run(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(...words);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

test('the version is that of the package, and loads no verb', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('one document on standard output, nothing beside it', async () => {
  const { code, out, err } = await run('list', 'runs', '--json');
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({ version: 1, command: 'list', issues: [] });
});

test('exit codes are those of the process', async () => {
  expect((await run('inspekt')).code).toBe(2);
  expect((await run('inspect', 'nowhere', '--json')).code).toBe(3);
});

test('a reader that closes the pipe early is no error', async () => {
  const child = start('series', 'runs', '--run', 'run-0.csv', '--metric', 'loss', '--csv');
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  child.stdout?.destroy();
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(err).toBe('');
});

test('Ctrl-C ends it with 130 and leaves no file', async () => {
  const before = readdirSync(top);
  const child = start('export', 'runs', '-o', 'all.zip');
  // The half-written file shows that it is in the middle of its work.
  for (let tries = 0; tries < 2500 && !readdirSync(top).some((name) => name.endsWith('.part')); tries++) await new Promise((done) => setTimeout(done, 10));
  expect(readdirSync(top).length).toBeGreaterThan(before.length);
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(readdirSync(top)).toEqual(before);
});
