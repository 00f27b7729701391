import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { servedPaths } from '../../../src/cli/mcp/served';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-served-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
for (const folder of ['runs/a', 'runs-of-others', 'secret']) mkdirSync(join(scratch, folder), { recursive: true });
writeFileSync(join(scratch, 'secret', 'key'), 'x');
symlinkSync(join(scratch, 'secret'), join(scratch, 'runs', 'link'));
symlinkSync(join(scratch, 'runs', 'a'), join(scratch, 'runs', 'inner'));
const served = servedPaths(['runs'], scratch);
const at = (...parts: string[]) => join(scratch, ...parts);

test('without a path it is all that is served', () => {
  expect(served.resolve(undefined)).toEqual([at('runs')]);
});

test.each([
  ['a', 'runs/a'],
  ['.', 'runs'],
  ['a/../a', 'runs/a'],
  ['inner', 'runs/a'],
])('%s is below', (path, expected) => {
  expect(served.resolve(path)).toEqual([at(expected)]);
});

test('a whole path is below', () => {
  expect(served.resolve(at('runs', 'a'))).toEqual([at('runs', 'a')]);
});

test.each([
  ['..'],
  ['../secret'],
  ['a/../../secret/key'],
  ['link'],
  ['link/key'],
  ['/'],
  ['/etc/passwd'],
  [at('runs-of-others')],
  [at('secret', 'no-such')],
  ['../no-such'],
  ['a\0b'],
])('%j is refused', (path) => {
  expect(() => served.resolve(path)).toThrow(/outside|nothing at/);
});

test('outside, what is there and what is not are refused in the same words', () => {
  const refused = (path: string): string => {
    try {
      return served.resolve(path).join();
    } catch (error) {
      return (error as Error).message.replaceAll(path, 'PATH');
    }
  };
  expect(refused(at('secret', 'key'))).toBe(refused(at('secret', 'no-such')));
});

test('files beside are read only below', () => {
  expect([at('runs', 'a'), at('runs'), at('secret', 'key'), at('runs', 'link', 'key'), scratch].map(served.mayRead)).toEqual([true, true, false, false, false]);
});

test('a folder that is not there is told at once', () => {
  expect(() => servedPaths(['no-such'], scratch)).toThrow('no-such is not there');
});

test('below a bucket that is served, by what follows or whole, and never beside it', () => {
  const bucket = servedPaths(['s3://runs/exp/', 'runs'], scratch);
  expect(bucket.roots).toEqual(['s3://runs/exp', at('runs')]);
  expect(bucket.resolve('s3://runs/exp/a')).toEqual(['s3://runs/exp/a']);
  expect(bucket.resolve('b')).toEqual(['s3://runs/exp/b']);
  expect(bucket.resolve('a')).toEqual([at('runs/a')]);
  for (const path of ['s3://runs/expo', 's3://runs', 's3://other/exp/a', 's3://runs/exp/../secret', '../x', 'gs://runs/exp', '/etc/passwd'])
    expect(() => bucket.resolve(path)).toThrow(/outside|cannot be asked for|nothing at|not read as a folder/);
  expect(() => servedPaths(['gs://runs'], scratch)).toThrow('not read as a folder');
});
