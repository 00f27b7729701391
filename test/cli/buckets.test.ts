// Verbs take the address of a bucket where they take a PATH, and say what to do about other addresses.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filesBelow } from '../host/buckets/service';
import { standIn } from '../host/buckets/stand-in';
import { cli } from './context';

// Outside of the repository, as a bucket is.
const home = mkdtempSync(join(tmpdir(), 'diptych-bucket-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const folder = join(home, 'sweep');
cpSync('test/fixtures/mlflow-file/sweep-2.14/input', folder, { recursive: true });
const stored = () => standIn(Object.fromEntries(Object.entries(filesBelow(folder)).map(([path, bytes]) => [`team/sweep/${path}`, bytes])));

test.each([
  ['inspect'],
  ['list'],
  ['health'],
  ['groups', '--metric', 'val/loss', '--direction', 'min'],
  ['effects', '--metric', 'val/loss', '--direction', 'min'],
  ['practices', '--date', '2026-11-02'],
  ['check'],
  ['map'],
])('%s says of a bucket what it says of the folder', async (verb, ...more) => {
  const { env } = await stored();
  const far = await cli([verb, 's3://runs/team/sweep', ...more, '--json'], { env });
  const near = await cli([verb, folder, ...more, '--json']);
  expect(far.code, far.err).toBe(near.code);
  expect(far.out.replaceAll('s3://runs/team/sweep', folder)).toBe(near.out);
});

test('a table in a bucket is a table, and a run is named by the address and its id', async () => {
  const rows = Array.from({ length: 12 }, (_, at) => `${at % 3},${0.1 * (at % 3) + at / 100}`).join('\n');
  const { env } = await standIn({ 'sweeps/table.csv': `lr,loss\n${rows}\n` });
  const { code, out } = await cli(['effects', 's3://runs/sweeps/table.csv', '--metric', 'loss', '--direction', 'min', '--json'], { env });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ command: 'effects' });
  const sweep = await stored();
  const listed = JSON.parse((await cli(['list', 's3://runs/team/sweep', '--json'], { env: sweep.env })).out) as { runs: { id: string }[] };
  const [a, b] = listed.runs.map(({ id }) => `s3://runs/team/sweep#${id}`);
  const diff = await cli(['diff', a as string, b as string, '--json'], { env: sweep.env });
  expect(diff.code, diff.err).toBe(0);
});

test('what cannot be had is told by its code, with the exit code of a folder that is not there', async () => {
  const { env } = await stored();
  const { code, out } = await cli(['inspect', 's3://runs/absent', '--json'], { env });
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ runs: [], issues: [{ code: 'missing-file', message: 'There is nothing at s3://runs/absent.' }] });
  const wrong = await cli(['inspect', 's3://runs/team', '--json'], { env: { ...env, AWS_SECRET_ACCESS_KEY: 'another-secret-key' } });
  expect(wrong.code).toBe(3);
  expect(JSON.parse(wrong.out)).toMatchObject({ issues: [{ code: 'unauthorised' }] });
  expect(wrong.out).not.toContain('another-secret-key');
});

test.each([
  ['inspect', 'gs://runs/x', 'gcloud storage rsync'],
  ['inspect', 'ssh://gpu/home/me/runs', 'ssh -L 4747:127.0.0.1:4747 HOST'],
  ['list', 'https://tracker.example.org', 'diptych connect URL'],
  ['connect', 's3://runs', 'diptych inspect s3://runs'],
])('%s %s: a way on', async (verb, address, words) => {
  const { code, err } = await cli([verb, address, ...(verb === 'connect' ? ['--list'] : [])]);
  expect(code).toBe(2);
  expect(err).toContain(words);
});

test('series --follow prints what an object in a bucket holds', async () => {
  const { env } = await stored();
  const listed = JSON.parse((await cli(['inspect', 's3://runs/team/sweep', '--json'], { env })).out) as {
    runs: { id: string; status: string; series: { name: string; count: number }[] }[];
  };
  const run = listed.runs.find(({ status, series }) => status === 'finished' && series.length > 0);
  const [series] = run?.series ?? [];
  const { code, out } = await cli(['series', 's3://runs/team/sweep', '--run', run?.id as string, '--metric', series?.name as string, '--follow'], { env });
  expect(code).toBe(0);
  expect(out.trim().split('\n').length).toBe(series?.count);
});
