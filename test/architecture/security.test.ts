// docs/security.md tells the truth: every test that it names is there, all twenty items are, and what is installed is what was chosen.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');

describe('docs/security.md', () => {
  const named = [...new Set([...page.matchAll(/`(test\/[\w./-]+\.(?:test|spec)\.ts) › ([^`]+)`/g)].map(([, file, name]) => `${file} › ${name}`))];

  test('names tests', () => expect(named.length).toBeGreaterThan(40));

  test.each(named)('%s', (one) => {
    const [file, name] = one.split(' › ') as [string, string];
    const source = readFileSync(file, 'utf8');
    const quoted = [`'${name}'`, `\`${name}\``, `"${name}"`].some((text) => source.includes(text));
    expect(quoted, `${file} has a test of that name`).toBe(true);
    expect(source).not.toMatch(new RegExp(`\\.(?:skip|todo|fails)[^\\n]*${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  });

  test('has a row for each of the twenty items, each with a test or the place where it is held', () => {
    const rows = page.split('\n').filter((line) => /^\| \d+ \|/.test(line));
    expect(rows.map((row) => Number(row.split('|')[1]))).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    for (const row of rows) expect(row).toMatch(/` \|$|Held where the package is made/);
  });

  test('names files that are there', () => {
    for (const [, file] of page.matchAll(/`(src\/[\w./-]+\.ts)`/g)) expect(() => readFileSync(file as string), file).not.toThrow();
  });
});

test('versions are exact, what is installed has a digest, and no other package runs a script', () => {
  const { dependencies = {}, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+(-[\w.]+)?$|npm:/);
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { integrity?: string; resolved?: string; hasInstallScript?: boolean }>;
  };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.length).toBeGreaterThan(100);
  for (const [path, { integrity, resolved }] of installed) {
    expect(integrity, path).toMatch(/^sha512-/);
    expect(resolved ?? 'https://registry.npmjs.org/', path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
  const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''));
  for (const name of scripts) expect(page.split('Install scripts:')[1], `${name} runs a script when it is installed`).toContain(`\`${name}\``);
});
