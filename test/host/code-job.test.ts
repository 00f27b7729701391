// What the host hands the page of a project: texts of code and settings, names of the rest, bounded, and no path of the machine.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { setupLimits } from '../../src/core/setup/project/files';
import { type PackedFile, unpackCode } from '../../src/core/setup/project/pack';
import { readCode } from '../../src/host/code-job';
import type { ImportEvent } from '../../src/wire/imports';

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'diptych-code-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function read(paths: readonly string[], signal = new AbortController().signal) {
  const files: PackedFile[] = [];
  const events: Exclude<ImportEvent, { kind: 'batch' }>[] = [];
  let batches = 0;
  await readCode(
    { paths, limits: {} },
    {
      signal,
      send: async (bytes) => {
        batches++;
        files.push(...unpackCode(bytes));
      },
      tell: (event) => void events.push(event),
    },
  );
  return { files, events, batches };
}

const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

test('code and settings come with their texts, the rest by name and size', async () => {
  const root = folder({
    'train.py': 'print("größer")\n',
    'conf/train.yaml': 'lr: 0.1\n',
    'look.ipynb': '{}',
    'weights.pt': new Uint8Array([0, 1, 2]),
    '.git/HEAD': 'ref: refs/heads/trunk\n',
    '.git/config': 'secret of this machine\n',
  });
  const { files, events } = await read([root]);
  const found = Object.fromEntries(files.map(({ path, size, bytes }) => [path, { size, text: bytes && textOf(bytes) }]));
  expect(found['train.py']).toEqual({ size: 18, text: 'print("größer")\n' });
  expect(found['conf/train.yaml']?.text).toBe('lr: 0.1\n');
  expect(found['look.ipynb']?.text).toBe('{}');
  expect(found['weights.pt']).toEqual({ size: 3, text: null });
  // One name tells that here is the root of a repository; what is in it is nobody's business.
  expect(found['.git/HEAD']?.text).toBeNull();
  expect(JSON.stringify(found)).not.toContain('secret');
  expect(JSON.stringify(found)).not.toContain(root);
  expect(events.at(-1)).toMatchObject({ kind: 'done', runs: 0 });
});

test('several sources keep apart, and much of it comes in several batches', async () => {
  const line = `x = "${'a'.repeat(1000)}"\n`;
  const one = folder(Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`m${at}.py`, line.repeat(1500)])));
  const other = folder({ 'm0.py': 'y = 2\n' });
  const { files, batches } = await read([one, other]);
  expect(batches).toBeGreaterThan(2);
  expect(files.filter(({ path }) => path === 'm0.py').map(({ root }) => root)).toEqual([0, 1]);
  expect(files.flatMap(({ root, bytes }) => (root === 1 && bytes ? [textOf(bytes)] : []))).toEqual(['y = 2\n']);
});

test('bytes come as they are: a patch must find the mark, the line ends and the odd bytes of the file', async () => {
  const odd = { 'mark.py': Uint8Array.of(0xef, 0xbb, 0xbf, 0x78, 0x0d, 0x0a), 'bad.py': Uint8Array.of(0x23, 0xff, 0x0a), 'empty.py': new Uint8Array() };
  const { files } = await read([folder(odd)]);
  expect(Object.fromEntries(files.map(({ path, bytes }) => [path, bytes && Uint8Array.from(bytes)]))).toEqual(odd);
});

test('a file beyond the bound is a name', async () => {
  const { files } = await read([folder({ 'big.py': `# ${'a'.repeat(setupLimits.fileBytes)}\n`, 'train.py': 'x = 1\n' })]);
  expect(files.find(({ path }) => path === 'big.py')?.bytes).toBeNull();
  expect(files.flatMap(({ path, bytes }) => (path === 'train.py' && bytes ? [textOf(bytes)] : []))).toEqual(['x = 1\n']);
});

test('a cancel ends it with the reason', async () => {
  const controller = new AbortController();
  controller.abort(new Error('cancelled'));
  await expect(read([folder({ 'train.py': 'x = 1\n' })], controller.signal)).rejects.toThrow('cancelled');
});
