// Which tables a store consists of, and from which log on: edit by edit, as the MANIFEST tells them.

import { type Issue, issue } from '../../base/issues';
import { type SourceDir, SourceError, type SourceFile } from '../../source/source';
import { readExactly } from '../bytes';
import { ByteReader, compareBytes, internalBytes, sequenceAt } from './coding';
import { readRecords, type StoreContext } from './records';
import type { Tombstone } from './tombstones';

export interface LiveTable {
  readonly number: number;
  /** Its first and last key, with their internal ends. */
  readonly smallest: Uint8Array;
  readonly largest: Uint8Array;
}

const tag = {
  comparator: 1,
  logNumber: 2,
  nextFile: 3,
  lastSequence: 4,
  compactCursor: 5,
  deletedFile: 6,
  newFile: 7,
  previousLog: 9,
  oldestLog: 10,
  newFile2: 100,
  newFile3: 102,
  newFile4: 103,
  family: 200,
  familyAdded: 201,
  familyDropped: 202,
  mostFamilies: 203,
  atomicGroup: 300,
} as const;
/** Tags with this bit may be skipped by those who do not know them. */
const skippable = 1 << 13;
/** Ends the further fields of a new file; those with `needed` must be understood. */
const fieldsEnd = 1;
const needed = 1 << 6;

/** What the MANIFEST says of the default column family. */
export class Manifest {
  readonly tables = new Map<number, LiveTable>();
  /** Logs with a smaller number are done with. */
  logNumber = 0;
  /** How keys are ordered, where it is said. */
  comparator: string | null = null;

  /**
   * Takes one record of the MANIFEST in, or nothing of it.
   * @throws SyntaxError where it is no edit
   */
  apply(record: Uint8Array): void {
    const reader = new ByteReader(record);
    const added: LiveTable[] = [];
    const deleted: number[] = [];
    let comparator: string | null = null;
    let logNumber = 0;
    let family = 0;
    while (reader.left > 0) {
      const kind = reader.varint();
      switch (kind) {
        case tag.comparator:
          comparator = new TextDecoder().decode(reader.string());
          break;
        case tag.logNumber:
          logNumber = reader.varint();
          break;
        case tag.family:
          family = reader.varint();
          break;
        case tag.nextFile:
        case tag.lastSequence:
        case tag.previousLog:
        case tag.oldestLog:
        case tag.mostFamilies:
        case tag.atomicGroup:
          reader.varint();
          break;
        case tag.familyAdded:
          reader.string();
          break;
        case tag.familyDropped:
          break;
        case tag.compactCursor:
          reader.varint();
          reader.string();
          break;
        case tag.deletedFile:
          reader.varint();
          deleted.push(reader.varint());
          break;
        case tag.newFile:
        case tag.newFile2:
        case tag.newFile3:
        case tag.newFile4:
          added.push(newFile(reader, kind));
          break;
        default:
          if ((kind & skippable) === 0) throw new SyntaxError(`an edit of unknown kind ${kind}`);
          reader.string();
      }
    }
    if (family !== 0) return;
    this.comparator = comparator ?? this.comparator;
    this.logNumber = Math.max(this.logNumber, logNumber);
    for (const number of deleted) this.tables.delete(number);
    for (const table of added) this.tables.set(table.number, table);
  }
}

function newFile(reader: ByteReader, kind: number): LiveTable {
  reader.varint();
  const number = reader.varint();
  if (kind === tag.newFile3) reader.varint();
  reader.varint();
  const [smallest, largest] = [reader.string(), reader.string()];
  if (smallest.length < internalBytes || largest.length < internalBytes) throw new SyntaxError('a key without its internal end');
  if (kind !== tag.newFile) {
    reader.varint();
    reader.varint();
  }
  if (kind === tag.newFile4) {
    for (let field = reader.varint(); field !== fieldsEnd; field = reader.varint()) {
      if ((field & needed) !== 0) throw new SyntaxError(`a table with an unknown trait ${field}`);
      reader.string();
    }
  }
  return { number, smallest: smallest.slice(), largest: largest.slice() };
}

const named = /^(MANIFEST-\d{1,20})\s*$/;

/**
 * The MANIFEST that CURRENT names, else the newest. One that is damaged says nothing that can be relied on: then the whole folder counts,
 * where sequence numbers still tell new from old.
 * @returns null where there is none, or it is damaged
 */
export async function readManifest(dir: SourceDir, context: StoreContext, issues: Issue[]): Promise<Manifest | null> {
  const file = dir.files.get(await currentName(dir, context.signal)) ?? newestOf(dir);
  if (!file) {
    issues.push(issue('missing-file', 'The store has no MANIFEST; every table in the folder was read.', { file: dir.path }));
    return null;
  }
  const manifest = new Manifest();
  const whole = await readRecords(file, context, issues, (record) => manifest.apply(record));
  return whole ? manifest : null;
}

async function currentName(dir: SourceDir, signal: AbortSignal): Promise<string> {
  const current = dir.files.get('CURRENT');
  if (!current) return '';
  try {
    return named.exec(new TextDecoder().decode(await readExactly(current, 0, 64, signal)))?.[1] ?? '';
  } catch (error) {
    if (error instanceof SourceError) return '';
    throw error;
  }
}

const newestOf = (dir: SourceDir): SourceFile | undefined =>
  [...dir.files.values()].filter(({ name }) => named.test(name)).reduce<SourceFile | undefined>((a, b) => (a && numberIn(a) > numberIn(b) ? a : b), undefined);
const numberIn = ({ name }: SourceFile): number => Number(name.slice(name.lastIndexOf('-') + 1));

const newest = 2 ** 56 - 1;

/** The deleted ranges of a table, cut to its own keys: a compaction stores a range whole in each table that it crosses. */
export function withinTable(tombstones: readonly Tombstone[], { smallest, largest }: LiveTable): Tombstone[] {
  const first = smallest.subarray(0, smallest.length - internalBytes);
  const last = largest.subarray(0, largest.length - internalBytes);
  // The end of a range as last key stands for the key before it: then it has the highest sequence number there is.
  const open = sequenceAt(new DataView(largest.buffer, largest.byteOffset, largest.byteLength), largest.length) >= newest;
  const end = open ? last : Uint8Array.of(...last, 0);
  return tombstones.map(({ from, to, sequence }) => ({ from: later(from, first), to: later(to, end) === to ? end : to, sequence }));
}

const later = (a: Uint8Array, b: Uint8Array): Uint8Array => (compareBytes(a, b) >= 0 ? a : b);
