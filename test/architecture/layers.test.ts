// Refuses every import that the tables in layers.ts do not allow.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { debts, layers, packageOwners } from './layers';

const root = resolve('src');
const folders = Object.keys(layers).sort((a, b) => b.length - a.length);

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => path.replaceAll('\\', '/'));

const folderOf = (path: string): string | undefined => folders.find((folder) => path.startsWith(`${folder}/`));

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const found = text.matchAll(
    /(?:^|\s)(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\s)import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  );
  return [...found].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

test('every source file lies in a folder of the table', () => {
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.filter((path) => folderOf(path) === undefined)).toEqual([]);
});

test('folders import only what the table allows', () => {
  const refused: string[] = [];
  for (const path of sources) {
    const from = folderOf(path);
    if (!from) continue;
    for (const target of importsOf(path)) {
      if (!target.startsWith('.')) continue;
      const to =
        folderOf(`${relative(root, resolve(root, dirname(path), target)).replaceAll('\\', '/')}/`) ??
        folderOf(relative(root, resolve(root, dirname(path), target)).replaceAll('\\', '/'));
      const allowed = to !== undefined && (to === from || layers[from]?.includes(to) || debts.some((debt) => debt.from === path && debt.to === to));
      if (!allowed) refused.push(`${path} → ${target}`);
    }
  }
  expect(refused).toEqual([]);
});

test('packages are imported only by their owners', () => {
  const refused: string[] = [];
  for (const path of sources) {
    const from = folderOf(path) ?? '';
    for (const target of importsOf(path)) {
      if (target.startsWith('.')) continue;
      const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] as string);
      const node = target.startsWith('node:');
      if (node && !['host', 'cli', 'main'].includes(from)) refused.push(`${path} → ${target}`);
      if (packageOwners[name] && !packageOwners[name].includes(from)) refused.push(`${path} → ${target}`);
    }
  }
  expect(refused).toEqual([]);
});

test('electron is imported by one file, except for its types', () => {
  const importers = sources.filter((path) => /^\s*import (?!type)[^;]*from 'electron'/m.test(readFileSync(join(root, path), 'utf8')));
  expect(importers.filter((path) => path !== 'main/index.ts' && !path.startsWith('preload/'))).toEqual([]);
});

test('no debt stands without need', () => {
  expect(debts.filter((debt) => !importsOf(debt.from).length)).toEqual([]);
});
