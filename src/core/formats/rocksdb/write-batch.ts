// One record of a write-ahead log: a batch of changes that were made together, each with a sequence number of its own.

import { ByteReader, valueType } from './coding';
import type { LoggedEntry } from './cursor';
import type { Tombstone } from './tombstones';

export interface Batch {
  readonly entries: readonly LoggedEntry[];
  readonly tombstones: readonly Tombstone[];
  /** Kinds of change that are known and not read; rarely any. */
  readonly unsupported: readonly string[];
}

/** Tags of changes that name a column family have its number first. */
const inFamily: Readonly<Record<number, number>> = { 4: 0, 5: 1, 6: 2, 8: 7, 14: 15, 16: 17, 23: 22 };
/** What marks transactions: without keys, or with one name. */
const marks: Readonly<Record<number, 'bare' | 'named'>> = { 3: 'named', 9: 'bare', 10: 'named', 11: 'named', 12: 'named', 13: 'bare', 18: 'bare', 19: 'bare' };
const { deletion, value, merge, singleDeletion, rangeDeletion, blobIndex, wideColumns } = valueType;
const kept: ReadonlySet<number> = new Set([deletion, value, singleDeletion]);
const unread: Readonly<Record<number, string>> = { [merge]: 'merged values', [blobIndex]: 'values in blob files', [wideColumns]: 'wide columns' };

/**
 * The changes to the default column family.
 * @param bytes of the record; keys and values of the result lie in them
 * @throws SyntaxError where it is no batch
 */
export function parseBatch(bytes: Uint8Array): Batch {
  const reader = new ByteReader(bytes);
  let sequence = reader.fixed64();
  reader.fixed32();
  const entries: LoggedEntry[] = [];
  const tombstones: Tombstone[] = [];
  const unsupported = new Set<string>();
  while (reader.left > 0) {
    const tag = reader.byte();
    const mark = marks[tag];
    if (mark !== undefined) {
      if (mark === 'named') reader.string();
      continue;
    }
    const type = inFamily[tag] ?? tag;
    const family = type === tag ? 0 : reader.varint();
    const userKey = reader.string();
    const content = type === deletion || type === singleDeletion ? bytes.subarray(0, 0) : reader.string();
    if (!kept.has(type) && type !== rangeDeletion) {
      const name = unread[type];
      if (name === undefined) throw new SyntaxError(`a batch holds a change of unknown kind ${tag}`);
      unsupported.add(name);
    } else if (family === 0) {
      if (type === rangeDeletion) tombstones.push({ from: userKey, to: content, sequence });
      else entries.push({ userKey, sequence, type, value: content });
    }
    sequence++;
  }
  return { entries, tombstones, unsupported: [...unsupported] };
}
