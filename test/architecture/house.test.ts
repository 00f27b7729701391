// The rules of the house that a machine can check: READMEs, first lines, sizes, and words that must not appear.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => join('src', path).replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path));
const lines = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n');

describe('folders', () => {
  const folders = [...new Set(files.map((path) => dirname(path)))];
  test('each has a README of 5 to 40 lines, its own or its parent’s', () => {
    const without = folders.filter((folder) => !existsSync(join(folder, 'README.md')) && !existsSync(join(dirname(folder), 'README.md')));
    expect(without).toEqual([]);
    const long = folders.map((folder) => join(folder, 'README.md')).filter((path) => existsSync(path) && (lines(path).length < 4 || lines(path).length > 60));
    expect(long).toEqual([]);
  });
});

describe('files', () => {
  test('each opens with one line on its purpose', () => {
    expect(files.filter((path) => !/^(\/\/|\/\*\*?|#!)/.test(lines(path)[0] ?? ''))).toEqual([]);
  });

  test('sizes: median at most 140 lines, 95th percentile at most 350, none over 500', () => {
    const sizes = files.map((path) => lines(path).length).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(140);
    expect(sizes[Math.floor(sizes.length * 0.95)]).toBeLessThanOrEqual(350);
    expect(files.filter((path) => lines(path).length > 500)).toEqual([]);
  });

  test('the shell stays thin: main and preload together at most 1,350 lines, no file over 150', () => {
    const shell = files.filter((path) => path.startsWith('src/main/') || path.startsWith('src/preload/'));
    expect(shell.reduce((sum, path) => sum + lines(path).length, 0)).toBeLessThanOrEqual(1350);
    expect(shell.filter((path) => lines(path).length > 150)).toEqual([]);
  });

  test('random comes from a seed, platforms are asked about in their own places only', () => {
    const text = (path: string) => readFileSync(path, 'utf8');
    expect(files.filter((path) => /Math\.random\(/.test(text(path)))).toEqual([]);
    const allowed = /^src\/(main|preload|host|cli|renderer\/boot)\//;
    expect(files.filter((path) => !allowed.test(path) && /\bisElectron\b|process\.platform|navigator\.userAgent/.test(text(path)))).toEqual([]);
  });
});

test('tests wait for the app’s idle signal, never for time', () => {
  const specs = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((path) => /\.(spec|test)\.tsx?$/.test(path));
  expect(specs.filter((path) => readFileSync(join('test', path), 'utf8').includes('waitForTimeout' + '('))).toEqual([]);
});

test('nothing of a single machine is tracked', () => {
  const tracked = execFileSync('git', ['ls-files', '--', 'src', 'test', 'docs', 'scripts', 'README.md'], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '' && !path.startsWith('test/fixtures/') && existsSync(path));
  const place = new RegExp(`(^|[^a-z])/(work|farm)${'/'}`);
  expect(tracked.filter((path) => /\.(ts|tsx|mjs|md|json|css|html)$/.test(path) && place.test(readFileSync(path, 'utf8')))).toEqual([]);
});
