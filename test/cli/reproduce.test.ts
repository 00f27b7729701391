// `diptych reproduce`: the sheet as JSON, Markdown and text, and the crate with files whose digests are true.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cli } from './context';

const home = mkdtempSync(join(tmpdir(), 'diptych-reproduce-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const path = 'test/fixtures/wandb/sweep-lr';

interface Line {
  readonly kind: string;
  readonly text: string;
  readonly command?: string;
  readonly evidence: readonly object[];
}

test('JSON: five sections of lines with evidence, gaps, and sentences', async () => {
  const { out, code } = await cli(['reproduce', path, '--run', 'lr-0.03', '--json']);
  expect(code).toBe(0);
  const { command, runs } = JSON.parse(out) as {
    command: string;
    runs: { sections: { id: string; lines: Line[] }[]; gaps: string[]; methods: string; compute: string }[];
  };
  expect(command).toBe('reproduce');
  expect(runs).toHaveLength(1);
  const [run] = runs;
  expect(run?.sections.map(({ id }) => id)).toEqual(['code', 'environment', 'data', 'start', 'result']);
  const lines = run?.sections.flatMap((section) => section.lines) ?? [];
  expect(lines.filter(({ kind }) => kind === 'recorded').map((line) => line.command)).toEqual([
    'python train.py --case sweep --id swp1lrbz --lr 0.03 --sleep 0.02',
  ]);
  expect(lines.filter(({ kind }) => kind === 'gap').map(({ text }) => text)).toEqual(run?.gaps);
  expect(run?.methods).toContain('20f39d062ea4');
  expect(run?.compute).toContain('This run took');
});

test('all runs unless one is named; text and Markdown come out the same twice', async () => {
  const { out } = await cli(['reproduce', path, '--json']);
  expect((JSON.parse(out) as { runs: object[] }).runs).toHaveLength(5);
  for (const form of [[], ['--md']]) {
    const [first, second] = [await cli(['reproduce', path, '--run', 'lr-0.1', ...form]), await cli(['reproduce', path, '--run', 'lr-0.1', ...form])];
    expect(first.out).toBe(second.out);
    expect(first.out).toContain('# python train.py');
    expect(first.out).not.toMatch(/^python train\.py/m);
  }
});

test('a crate holds what it lists, and each size and digest is that of the file', async () => {
  const folder = join(home, 'crate');
  const { code, err } = await cli([
    'reproduce',
    path,
    '--run',
    'lr-0.03',
    '--ro-crate',
    folder,
    '--date',
    '2026-01-31',
    '--license',
    'https://spdx.org/licenses/MIT',
  ]);
  expect(code, err).toBe(0);
  const graph = (JSON.parse(readFileSync(join(folder, 'ro-crate-metadata.json'), 'utf8')) as { '@graph': Record<string, unknown>[] })['@graph'];
  const files = graph.filter((one) => one['@type'] === 'File');
  expect(files.map((one) => one.name)).toEqual([
    'run.json',
    'reproduce.md',
    'run/files/code/train.py',
    'run/files/diff.patch',
    'run/files/output.log',
    'run/files/requirements.txt',
  ]);
  for (const file of files) {
    const bytes = readFileSync(join(folder, decodeURIComponent(String(file['@id']))));
    expect(file.contentSize).toBe(String(bytes.length));
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
  const ids = graph.map((one) => one['@id']);
  expect(new Set(ids).size).toBe(ids.length);
  expect(graph.find((one) => one['@id'] === '#run')).toMatchObject({
    '@type': 'CreateAction',
    actionStatus: 'http://schema.org/CompletedActionStatus',
    startTime: expect.stringMatching(/\+00:00$/),
  });
  expect(graph.find((one) => one.name === 'optimizer.lr')).toMatchObject({ '@type': 'PropertyValue', value: 0.03 });
  const again = join(home, 'again');
  await cli(['reproduce', path, '--run', 'lr-0.03', '--ro-crate', again, '--date', '2026-01-31', '--license', 'https://spdx.org/licenses/MIT']);
  expect(readFileSync(join(again, 'ro-crate-metadata.json'))).toEqual(readFileSync(join(folder, 'ro-crate-metadata.json')));
});

test('a folder with something in it is left alone, and nothing half-made stays', async () => {
  const folder = join(home, 'full');
  mkdirSync(folder);
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  const { code, err } = await cli(['reproduce', path, '--run', 'lr-0.03', '--ro-crate', folder]);
  expect(code).toBe(2);
  expect(err).toContain('not empty');
  expect(readdirSync(folder)).toEqual(['mine.txt']);
  expect(readdirSync(home).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('wrong usage says what is wanted', async () => {
  expect(await cli(['reproduce', path, '--json', '--md'])).toMatchObject({ code: 2 });
  expect((await cli(['reproduce', path, '--ro-crate', join(home, 'x')])).err).toContain('--run is missing');
  expect(existsSync(join(home, 'x'))).toBe(false);
  expect(await cli(['reproduce', path, '--run', 'lr-0.03', '--date', 'soon'])).toMatchObject({ code: 2 });
  expect(await cli(['reproduce', 'docs'])).toMatchObject({ code: 3 });
});
