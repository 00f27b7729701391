// Finds the data blocks of a table whose own list of them is lost: cut off, most often, because it stands at the end.

import type { SourceFile } from '../../source/source';
import { readExactly } from '../bytes';
import { crc32c, maskCrc } from '../crc';
import { BlockCursor, type BlockLimits, trailerBytes, UnsupportedBlock, unpackBlock } from './block';
import { compareBytes, valueType } from './coding';
import type { DataBlock } from './table';

/** Of a larger table, so much is looked at: each byte costs a step of its own, and nothing else is done meanwhile. */
const mostBytes = 16 * 1024 * 1024;
const lastPacking = 7;
/** Not before any key. */
const lastKey = new Uint8Array(64).fill(255);
const known: ReadonlySet<number> = new Set([valueType.deletion, valueType.value, valueType.singleDeletion]);

/**
 * The blocks that stand one behind the other from the beginning of a table. Where one ends is found by its check sum: the first place where
 * the stored sum is that of everything before it. One pass over the bytes.
 * @throws SourceError
 */
export async function salvageBlocks(file: SourceFile, limits: BlockLimits, signal: AbortSignal): Promise<DataBlock[]> {
  const bytes = await readExactly(file, 0, Math.min(file.size, mostBytes), signal);
  const view = new DataView(bytes.buffer);
  const found: DataBlock[] = [];
  let before: Uint8Array = new Uint8Array(0);
  for (let offset = 0; offset < bytes.length; ) {
    const size = sizeAt(view, offset);
    const last = size < 0 ? null : lastKeyOf(bytes.subarray(offset, offset + size + trailerBytes), before, limits);
    if (!last) break;
    before = last;
    found.push({ offset, size, upTo: lastKey });
    offset += size + trailerBytes;
  }
  return found;
}

/** The size of the block that begins at `offset`; -1 where none ends within the bytes. */
function sizeAt(view: DataView, offset: number): number {
  let crc = 0;
  for (let at = offset; at + trailerBytes <= view.byteLength; at++) {
    crc = crc32c(view, at, at + 1, crc);
    if (view.getUint8(at) <= lastPacking && view.getInt32(at + 1, true) === maskCrc(crc)) return at - offset;
  }
  return -1;
}

/** The last key of a data block whose keys follow `before`; null where it is no data block: the table's own lists follow the data. */
function lastKeyOf(stored: Uint8Array, before: Uint8Array, limits: BlockLimits): Uint8Array | null {
  try {
    const cursor = new BlockCursor().open(unpackBlock(stored, limits));
    let last: Uint8Array = before;
    while (cursor.next()) {
      if (!known.has(cursor.type) || compareBytes(cursor.userKey, last) < 0) return null;
      last = cursor.userKey.slice();
    }
    return last === before ? null : last;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UnsupportedBlock) return null;
    throw error;
  }
}
