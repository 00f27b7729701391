// Small stores that RocksDB wrote, and what RocksDB reads from them: test/core/formats/rocksdb says how they were made.

import { readdirSync, readFileSync } from 'node:fs';
import type { Issue } from '../../src/core/base/issues';
import { maskedCrc32c } from '../../src/core/formats/crc';
import { RocksStore } from '../../src/core/formats/rocksdb/store';
import { defaultLimits, type Limits } from '../../src/core/source/reader';
import { type ScriptedFiles, scriptedTree } from '../../src/core/source/scripted';
import { frame } from './wandb-log';

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

/** The entries of a store from its files, and what was told. */
export async function readStore(
  files: ScriptedFiles,
  {
    from = new Uint8Array(0),
    to = new Uint8Array(16).fill(255),
    limits = {},
  }: { readonly from?: Uint8Array; readonly to?: Uint8Array; readonly limits?: Partial<Limits> } = {},
): Promise<{ readonly entries: readonly [string, string][]; readonly issues: readonly Issue[] }> {
  const context = { signal: new AbortController().signal, limits: { ...defaultLimits, ...limits }, progress() {} };
  const store = await RocksStore.open(scriptedTree(files).root, context);
  const entries: [string, string][] = [];
  for await (const _ of store.scan(from, to, { entry: (key, value) => void entries.push([hex(key), hex(value)]) }));
  return { entries, issues: store.issues };
}

/** One change as a client makes it. */
export type Change =
  | { readonly kind: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly kind: 'delete'; readonly key: Uint8Array }
  | { readonly kind: 'delete-range'; readonly key: Uint8Array; readonly to: Uint8Array };

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]);
const text = (bytes: Uint8Array): number[] => [...varint(bytes.length), ...bytes];

/** A batch as RocksDB's log holds it. @param sequence of its first change */
export function batchOf(sequence: number, changes: readonly Change[]): Uint8Array {
  const body = changes.flatMap((change) => {
    if (change.kind === 'put') return [1, ...text(change.key), ...text(change.value)];
    return change.kind === 'delete' ? [0, ...text(change.key)] : [15, ...text(change.key), ...text(change.to)];
  });
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  view.setBigUint64(0, BigInt(sequence), true);
  view.setUint32(8, changes.length, true);
  return Uint8Array.of(...head, ...body);
}

const masked = (body: Uint8Array): number => maskedCrc32c(new DataView(body.buffer, body.byteOffset, body.byteLength), 0, body.length);

/** A write-ahead log. */
export const logOf = (batches: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => frame(batches, new Uint8Array(0), masked);

/** A data block: keys leave out what they share with the key before, anew at every k-th. */
export function blockOf(entries: readonly (readonly [Uint8Array, Uint8Array])[], every: number): Uint8Array {
  const bytes: number[] = [];
  const restarts: number[] = [];
  let before: Uint8Array = new Uint8Array(0);
  for (const [at, [key, value]] of entries.entries()) {
    let shared = 0;
    if (at % every === 0) restarts.push(bytes.length);
    else while (shared < key.length && shared < before.length && key[shared] === before[shared]) shared++;
    bytes.push(...varint(shared), ...varint(key.length - shared), ...varint(value.length), ...key.subarray(shared), ...value);
    before = key;
  }
  const words = new Uint8Array(Uint32Array.from([...restarts, restarts.length]).buffer);
  return Uint8Array.of(...bytes, ...words);
}

/** A block as it is stored, with its trailer. @param kind how it says that it is packed */
export function storedBlock(block: Uint8Array, kind = 0): Uint8Array {
  const sum = masked(Uint8Array.of(...block, kind));
  return Uint8Array.of(...block, kind, sum & 255, (sum >>> 8) & 255, (sum >>> 16) & 255, sum >>> 24);
}
