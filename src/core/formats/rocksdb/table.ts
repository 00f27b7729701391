// The outline of a block-based table: footer, properties, where its data blocks lie, and the ranges of keys that it deletes.

import type { SourceFile } from '../../source/source';
import { readExactly } from '../bytes';
import { BlockCursor, type BlockHandle, type BlockLimits, entriesEnd, trailerBytes, unpackBlock } from './block';
import { ByteReader, internalBytes, valueType } from './coding';
import type { Tombstone } from './tombstones';

/** A format that is known and not read; the message says which. */
export class UnsupportedTable extends Error {
  override readonly name = 'UnsupportedTable';
}

/** A data block, and a key that is not before any of its own: the last one, or one between it and the next block. */
export interface DataBlock extends BlockHandle {
  readonly upTo: Uint8Array;
}

export interface Table {
  readonly blocks: readonly DataBlock[];
  readonly tombstones: readonly Tombstone[];
  /** What of the table's own lists was damaged; null where all is well. */
  readonly lost: string | null;
}

const footerBytes = 53;
/** The last eight bytes, as two little-endian words. */
const magic = { block: [0x85f4cff7, 0x88e241b7], old: [0x8b80fb57, 0xdb477524], plain: [0x4f3418eb, 0x7a8f13f4], cuckoo: [0x3a8cb7c9, 0x926789d0] };
const versions = { first: 2, last: 5 };
/** Binary search and hash search list the data blocks; a two-level index lists blocks that do; the next kind has keys among its values. */
const indexKinds = { twoLevel: 2 } as const;
const checksumCrc32c = 1;
const checksums: Readonly<Record<number, string>> = { 0: 'no check sums', 2: 'xxHash check sums', 3: 'xxHash64 check sums', 4: 'XXH3 check sums' };

/**
 * Reads the outline of a table.
 * @throws SyntaxError where it is damaged so that no block can be found, {@link UnsupportedTable}, UnsupportedBlock, SourceError
 */
export async function openTable(file: SourceFile, limits: BlockLimits, signal: AbortSignal): Promise<Table> {
  const read = async ({ offset, size }: BlockHandle): Promise<Uint8Array> => {
    if (size > limits.recordBytes || offset + size + trailerBytes > file.size) throw new SyntaxError('a block lies beyond the end of the file');
    return unpackBlock(await readExactly(file, offset, size + trailerBytes, signal), limits);
  };
  const { metaindex, index } = footerOf(await readExactly(file, Math.max(0, file.size - footerBytes), footerBytes, signal));
  const lists = handlesByName(await read(metaindex));
  const properties = lists.get('rocksdb.properties');
  const { kind, userKeys, deltas } = indexShape(properties ? valuesByName(await read(properties)) : new Map());
  if (kind > indexKinds.twoLevel) throw new UnsupportedTable(`an index of kind ${kind}`);
  if (lists.has('rocksdb.compression_dict')) throw new UnsupportedTable('blocks packed with a dictionary');
  let blocks = dataBlocks(await read(index), userKeys, deltas);
  if (kind === indexKinds.twoLevel) {
    const parts = blocks;
    blocks = [];
    for (const part of parts) blocks.push(...dataBlocks(await read(part), userKeys, deltas));
  }
  const ranges = lists.get('rocksdb.range_del');
  if (!ranges) return { blocks, tombstones: [], lost: null };
  try {
    return { blocks, tombstones: tombstonesOf(await read(ranges)), lost: null };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { blocks, tombstones: [], lost: 'what it says of deleted keys' };
  }
}

function footerOf(bytes: Uint8Array): { readonly metaindex: BlockHandle; readonly index: BlockHandle } {
  if (bytes.length < footerBytes) throw new SyntaxError('the file is shorter than its footer');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends = ([low, high]: readonly number[]): boolean => view.getUint32(footerBytes - 8, true) === low && view.getUint32(footerBytes - 4, true) === high;
  if (ends(magic.old)) throw new UnsupportedTable('tables of version 0');
  if (ends(magic.plain) || ends(magic.cuckoo)) throw new UnsupportedTable('tables that are not made of blocks');
  if (!ends(magic.block)) throw new SyntaxError('the file does not end as a table does');
  const version = view.getUint32(footerBytes - 12, true);
  if (version < versions.first || version > versions.last) throw new UnsupportedTable(`tables of version ${version}`);
  const checksum = bytes[0] as number;
  if (checksum !== checksumCrc32c) throw new UnsupportedTable(`tables with ${checksums[checksum] ?? `check sums of kind ${checksum}`}`);
  const reader = new ByteReader(bytes, 1, footerBytes - 12);
  return { metaindex: handleOf(reader), index: handleOf(reader) };
}

const handleOf = (reader: ByteReader): BlockHandle => ({ offset: reader.varint(), size: reader.varint() });

const latin = new TextDecoder('latin1');

/** Entries of a block whose keys are names without an internal end. */
function valuesByName(block: Uint8Array): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const reader = new ByteReader(block, 0, entriesEnd(block));
  let name = '';
  while (reader.left > 0) {
    const shared = reader.varint();
    const rest = reader.varint();
    const length = reader.varint();
    name = name.slice(0, shared) + latin.decode(reader.take(rest));
    found.set(name, reader.take(length));
  }
  return found;
}

const handlesByName = (block: Uint8Array): Map<string, BlockHandle> =>
  new Map([...valuesByName(block)].map(([name, value]): [string, BlockHandle] => [name, handleOf(new ByteReader(value))]));

/** Without properties, which every writer of these versions stores, the shape is that of the oldest. */
function indexShape(properties: ReadonlyMap<string, Uint8Array>): { readonly kind: number; readonly userKeys: boolean; readonly deltas: boolean } {
  const flag = (name: string): boolean => {
    const value = properties.get(name);
    return value !== undefined && new ByteReader(value).varint() > 0;
  };
  const kind = properties.get('rocksdb.block.based.table.index.type');
  return {
    kind: kind ? new ByteReader(kind).fixed32() : 0,
    userKeys: flag('rocksdb.index.key.is.user.key'),
    deltas: flag('rocksdb.index.value.is.delta.encoded'),
  };
}

/**
 * The data blocks that an index lists.
 * @param userKeys keys have no internal end
 * @param deltas values have no length before them, and one behind a shared key says only how much its size differs from the one before
 */
export function dataBlocks(block: Uint8Array, userKeys: boolean, deltas: boolean): DataBlock[] {
  const found: DataBlock[] = [];
  const reader = new ByteReader(block, 0, entriesEnd(block));
  let key = new Uint8Array(0);
  let before: BlockHandle = { offset: 0, size: 0 };
  while (reader.left > 0) {
    const shared = reader.varint();
    const rest = reader.varint();
    const length = deltas ? 0 : reader.varint();
    const part = reader.take(rest);
    if (shared > key.length) throw new SyntaxError('the entries of an index do not fit it');
    const whole = new Uint8Array(shared + rest);
    whole.set(key.subarray(0, shared));
    whole.set(part, shared);
    key = whole;
    if (!deltas) before = handleOf(new ByteReader(reader.take(length)));
    else if (shared === 0) before = handleOf(reader);
    else before = { offset: before.offset + before.size + trailerBytes, size: before.size + reader.zigzag() };
    if (before.size < 0) throw new SyntaxError('the entries of an index do not fit it');
    found.push({ ...before, upTo: userKeys ? key : key.subarray(0, Math.max(0, key.length - internalBytes)) });
  }
  return found;
}

function tombstonesOf(block: Uint8Array): Tombstone[] {
  const found: Tombstone[] = [];
  const cursor = new BlockCursor().open(block);
  while (cursor.next()) {
    if (cursor.type === valueType.rangeDeletion) found.push({ from: cursor.userKey.slice(), to: cursor.value, sequence: cursor.sequence });
  }
  return found;
}
