// Small stores that RocksDB wrote, and what RocksDB reads from them: test/core/formats/rocksdb says how they were made.

import { readdirSync, readFileSync } from 'node:fs';
import { RocksStore } from '../../src/core/formats/rocksdb/store';
import { defaultLimits, type Limits } from '../../src/core/source/reader';
import { scriptedTree } from '../../src/core/source/scripted';
import type { SourceTree } from '../../src/core/source/source';

const root = 'test/core/formats/rocksdb';

export interface StoreSample {
  readonly name: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Key and value in hexadecimal digits, in the order of keys. */
  readonly entries: readonly (readonly [string, string])[];
}

export const storeSamples: readonly StoreSample[] = readdirSync(root)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((file) => {
    const { files, entries } = JSON.parse(readFileSync(`${root}/${file}`, 'utf8')) as { files: Record<string, string>; entries: [string, string][] };
    const bytes = Object.entries(files).map(([name, text]): [string, Uint8Array] => [name, new Uint8Array(Buffer.from(text, 'base64'))]);
    return { name: file.replace('.json', ''), files: Object.fromEntries(bytes), entries };
  });

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The entries of a store, and what was told. */
export async function readStore(
  tree: SourceTree,
  { from = new Uint8Array(0), to = Uint8Array.of(255, 255), limits = {} }: { from?: Uint8Array; to?: Uint8Array; limits?: Partial<Limits> } = {},
) {
  const context = { signal: new AbortController().signal, limits: { ...defaultLimits, ...limits }, progress() {} };
  const store = await RocksStore.open(tree.root, context);
  const entries: [string, string][] = [];
  for await (const _ of store.scan(from, to, { entry: (key, value) => void entries.push([hex(key), hex(value)]) }));
  return { entries, issues: store.issues };
}

export const treeOfStore = (files: Readonly<Record<string, Uint8Array>>): SourceTree => scriptedTree(files);
