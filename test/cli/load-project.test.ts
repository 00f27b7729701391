// Which project file a command heeds, and what it refuses.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseVerbArgs } from '../../src/cli/arguments';
import { loadProject, projectOptions } from '../../src/cli/load-project';
import type { CliContext } from '../../src/cli/verb';

let top: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-project-'));
  const owner = (name: string) => JSON.stringify({ version: 1, required_tags: [name] });
  for (const [path, text] of Object.entries({
    'stray/diptych.project.json': owner('stray'),
    'stray/repo/.git/HEAD': 'ref: refs/heads/main\n',
    'stray/repo/deep/er/runs/metrics.csv': 'step,loss\n0,1\n',
    'repo/.git': 'gitdir: elsewhere\n',
    'repo/diptych.project.json': owner('repo'),
    'repo/deep/er/runs/metrics.csv': 'step,loss\n0,1\n',
    'plain/diptych.project.json': owner('plain'),
    'plain/runs/one/metrics.csv': 'step,loss\n0,1\n',
    'newer.json': '{"version": 7}',
    'slips.json': '{"version": 1, "waivers": [{"rule": "G-01"}]}',
  })) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
});
afterAll(() => rmSync(top, { recursive: true }));

const meta = { id: 'practices', summary: '', usage: '', options: projectOptions };
const load = (...words: string[]) => {
  const args = parseVerbArgs(meta, words);
  return loadProject(args, { cwd: top } as CliContext, args.positionals);
};

test.each([
  ['a file deep in a repository', 'repo/deep/er/runs/metrics.csv', ['repo']],
  ['the folder itself', 'plain', ['plain']],
  ['one folder up outside of a repository', 'plain/runs', ['plain']],
  ['no further up there', 'plain/runs/one', []],
  ['nothing above a repository', 'stray/repo/deep', []],
  ['a PATH that is not there', 'nowhere/at/all', []],
])('%s', (_, path, tags) => {
  expect(load(path).project.requiredTags).toEqual(tags);
});

test('a named file goes before one that lies there; slips are told', () => {
  const { project, file, issues } = load('plain', '--project', 'slips.json');
  expect(project.requiredTags).toEqual([]);
  expect(file).toBe(join(top, 'slips.json'));
  expect(issues.map(({ where }) => where)).toEqual(['waivers[0].reason']);
});

test.each([
  ['a newer version', ['plain', '--project', 'newer.json'], /version 7; versions up to 1/],
  ['a missing file', ['plain', '--project', 'none.json'], /cannot be read/],
  ['a folder', ['plain', '--project', 'plain'], /cannot be read/],
  ['two projects', ['plain', 'repo'], /different projects/],
])('refuses %s', (_, words, message) => {
  expect(() => load(...words)).toThrow(message);
});
