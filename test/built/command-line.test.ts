// The built command line under plain Node: it starts, it starts at once, and it reads runs.
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './process';

test('it says its version', async () => {
  expect(await run('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' });
});

test('it lists runs as one JSON document on standard output and nothing else', async () => {
  const { code, out, err } = await run('list', '--json', resolve('test/fixtures/csv/train-log-per-run/input'));
  expect([code, err]).toEqual([0, '']);
  const document = JSON.parse(out) as { version: number; command: string; runs: { points: number }[] };
  expect(document).toMatchObject({ version: 1, command: 'list' });
  expect(document.runs.length).toBeGreaterThan(0);
  expect(document.runs.every((one) => one.points > 0)).toBe(true);
});

test('a database is read with the WebAssembly that was built in', async () => {
  const { code, out } = await run('list', '--json', resolve('test/fixtures/mlflow-sqlite'));
  expect(code).toBe(0);
  expect((JSON.parse(out) as { runs: unknown[] }).runs.length).toBeGreaterThan(0);
});

test('a misspelt verb is answered with the nearest right one', async () => {
  const { code, err } = await run('lst');
  expect(code).toBe(2);
  expect(err).toContain('list');
});
