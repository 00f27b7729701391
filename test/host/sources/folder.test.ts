// Folders and files of this machine as sources: listed within bounds, links kept inside.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Issue } from '../../../src/core/base/issues';
import { defaultLimits, type Limits } from '../../../src/core/source/reader';
import { type SourceFile, walkDirs, walkFiles } from '../../../src/core/source/source';
import { pathSource } from '../../../src/host/sources/folder';

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-folder-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function write(path: string, text = path): string {
  const absolute = join(top, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
  return absolute;
}

async function scan(path = 'drop', limits: Partial<Limits> = {}, signal = new AbortController().signal) {
  const issues: Issue[] = [];
  const source = pathSource(join(top, path));
  const tree = await source.scan({ signal, limits: { ...defaultLimits, ...limits }, issue: (one) => void issues.push(one), progress: () => {} });
  return { tree, source, issues, codes: issues.map(({ code, file }) => [code, file]), files: [...walkFiles(tree.root)].map((file) => file.path) };
}

const read = async (file: SourceFile | undefined, offset = 0, length = 1 << 20) => Buffer.from((await file?.read(offset, length)) ?? []).toString();

test('every file below, sorted by name, hidden ones too, with paths from the folder', async () => {
  for (const path of ['drop/b/z', 'drop/b/a', 'drop/a', 'drop/.hidden/x', 'drop/B', 'drop/ü']) write(path);
  mkdirSync(join(top, 'drop/empty'));
  const { tree, files } = await scan();
  expect(files).toEqual(['B', 'a', 'ü', '.hidden/x', 'b/a', 'b/z']);
  expect([...walkDirs(tree.root)].map(({ path }) => path)).toEqual(['.', '.hidden', 'b', 'empty']);
  expect(tree.root).toMatchObject({ name: 'drop', parent: null });
  expect(tree.named).toBeNull();
});

test('files are read in slices, up to the size that was listed', async () => {
  const path = write('drop/a', 'hello');
  const { tree, source } = await scan();
  const file = tree.root.files.get('a');
  writeFileSync(path, 'hello, and more');
  expect(await read(file)).toBe('hello');
  expect(await read(file, 3, 1)).toBe('l');
  expect(await read(file, 9, 1)).toBe('');
  writeFileSync(path, 'he');
  expect(await read(file)).toBe('he');
  await source.close?.();
});

test('many files are open only for a while', async () => {
  for (let i = 0; i < 100; i++) write(`drop/${i}`, `number ${i}`);
  const { tree, source } = await scan();
  for (let round = 0; round < 2; round++) for (let i = 0; i < 100; i++) expect(await read(tree.root.files.get(String(i)))).toBe(`number ${i}`);
  await source.close?.();
});

test('a file that went away is told as missing', async () => {
  const path = write('drop/a');
  const { tree } = await scan();
  rmSync(path);
  expect(() => tree.root.files.get('a')?.read(0, 1)).toThrow(expect.objectContaining({ code: 'missing-file', file: 'a' }));
});

describe('links', () => {
  test('out of the folder are not followed, whether to a file, a folder or above', async () => {
    write('secret/key');
    write('drop/a');
    symlinkSync(join(top, 'secret'), join(top, 'drop/out'));
    symlinkSync('../secret/key', join(top, 'drop/file'));
    symlinkSync('..', join(top, 'drop/up'));
    const { files, codes } = await scan();
    expect(files).toEqual(['a']);
    expect(codes).toEqual(['file', 'out', 'up'].map((name) => ['outside-folder', name]));
  });

  test('to a folder whose name begins alike are out', async () => {
    write('drop-other/key');
    write('drop/a');
    symlinkSync('../drop-other', join(top, 'drop/near'));
    expect(await scan()).toMatchObject({ files: ['a'], codes: [['outside-folder', 'near']] });
  });

  test('inside: a file is shown, a folder stands at its own place only, and there are no circles', async () => {
    write('drop/runs/1/log');
    symlinkSync('runs/1/log', join(top, 'drop/latest.log'));
    symlinkSync('runs/1', join(top, 'drop/latest'));
    symlinkSync('../..', join(top, 'drop/runs/1/round'));
    const { tree, files, codes } = await scan();
    expect([files, codes]).toEqual([['latest.log', 'runs/1/log'], []]);
    expect(await read(tree.root.files.get('latest.log'))).toBe('drop/runs/1/log');
  });

  test('that lead nowhere are told', async () => {
    write('drop/a');
    symlinkSync('nothing', join(top, 'drop/dead'));
    expect(await scan()).toMatchObject({ files: ['a'], codes: [['missing-file', 'dead']] });
  });

  test('a link that was named is the folder itself', async () => {
    write('real/a');
    symlinkSync('real', join(top, 'drop'));
    expect((await scan()).files).toEqual(['a']);
  });
});

test('depth and number are bounded, and that is told', async () => {
  for (const path of ['drop/a/b/c/d', 'drop/x', 'drop/y', 'drop/z']) write(path);
  expect(await scan('drop', { depth: 2 })).toMatchObject({ files: ['x', 'y', 'z'], codes: [['too-large', 'a/b/c']] });
  const { files, codes } = await scan('drop', { entries: 3 });
  expect(files).toEqual(['x', 'y']);
  expect(codes).toEqual([['too-large', '.']]);
});

test('a named file comes alone, with what belongs to it by name', async () => {
  for (const name of ['mlflow.db', 'mlflow.db-wal', 'mlflow.db-shm', 'mlflow.dbx', 'other.csv']) write(`drop/${name}`);
  const { tree, files } = await scan('drop/mlflow.db');
  expect(files).toEqual(['mlflow.db', 'mlflow.db-shm', 'mlflow.db-wal']);
  expect(tree.named?.path).toBe('mlflow.db');
});

test('a path that is not there is told as missing', async () => {
  await expect(scan('nowhere')).rejects.toMatchObject({ code: 'missing-file' });
});

test('listing is cancelled in the middle', async () => {
  for (let i = 0; i < 300; i++) write(`drop/${i}/a`);
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  await expect(scan('drop', {}, stop.signal)).rejects.toThrow('enough');
});
