// The parts of a RocksDB reader, held to drawn input: batches and logs against a plain map, blocks against what was put in, ranges against a loop.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockCursor, UnsupportedBlock, unpackBlock } from '../../../src/core/formats/rocksdb/block';
import { compareBytes } from '../../../src/core/formats/rocksdb/coding';
import { Manifest } from '../../../src/core/formats/rocksdb/manifest';
import { dataBlocks } from '../../../src/core/formats/rocksdb/table';
import { TombstoneSweep } from '../../../src/core/formats/rocksdb/tombstones';
import { parseBatch } from '../../../src/core/formats/rocksdb/write-batch';
import { defaultLimits } from '../../../src/core/source/reader';
import { batchOf, blockOf, type Change, hex, logOf, readStore, storedBlock } from '../../support/rocksdb';

/** Few letters, so that keys share beginnings and ranges cover something. */
const key = fc.array(fc.constantFrom(0, 97, 98, 254, 255), { minLength: 1, maxLength: 5 }).map((bytes) => Uint8Array.from(bytes));
const value = fc.uint8Array({ maxLength: 300 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, value }),
  fc.record({ kind: fc.constant('delete' as const), key }),
  fc.record({ kind: fc.constant('delete-range' as const), key, to: key }),
);
const batches = fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 60 });

/** What a store holds after changes, by doing them. */
function after(changes: readonly Change[]): [string, string][] {
  const held = new Map<string, string>();
  for (const made of changes) {
    if (made.kind === 'put') held.set(hex(made.key), hex(made.value));
    else if (made.kind === 'delete') held.delete(hex(made.key));
    else for (const known of [...held.keys()]) if (known >= hex(made.key) && known < hex(made.to)) held.delete(known);
  }
  return [...held].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The log of batches, in one file or two. */
function storeOf(made: readonly (readonly Change[])[], cut: number): Record<string, Uint8Array> {
  let sequence = 1;
  const records = made.map((changes) => {
    const record = batchOf(sequence, changes);
    sequence += changes.length;
    return record;
  });
  return { '000004.log': logOf(records.slice(0, cut)), '000007.log': logOf(records.slice(cut)) };
}

test('logs give what their changes make', async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.nat({ max: 60 }), async (made, cut) => {
      const { entries } = await readStore(storeOf(made, cut));
      expect(entries).toEqual(after(made.flat()));
    }),
    { numRuns: 150 },
  );
});

test('bytes that are no batch are refused, never misread past their end', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 80 }),
        batches.map((made) => batchOf(1, made.flat())),
      ),
      fc.nat(),
      fc.nat({ max: 255 }),
      (bytes, at, byte) => {
        const changed = bytes.slice();
        if (changed.length > 0) changed[at % changed.length] = byte;
        try {
          const { entries, tombstones } = parseBatch(changed);
          const held = [...entries.flatMap((entry) => [entry.userKey, entry.value]), ...tombstones.flatMap(({ from, to }) => [from, to])];
          expect(held.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(changed.length);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      },
    ),
  );
});

const internal = (userKey: Uint8Array, sequence: number, type: number): Uint8Array =>
  Uint8Array.of(...userKey, type, sequence & 255, sequence >> 8, 0, 0, 0, 0, 0);
const entriesOfBlock = fc.array(fc.tuple(key, fc.nat({ max: 65_535 }), value), { maxLength: 40 });

test('blocks give their entries, however often their keys begin anew', () => {
  fc.assert(
    fc.property(entriesOfBlock, fc.integer({ min: 1, max: 20 }), (made, every) => {
      const stored = storedBlock(
        blockOf(
          made.map(([userKey, sequence, held]) => [internal(userKey, sequence, 1), held] as const),
          every,
        ),
      );
      const cursor = new BlockCursor().open(unpackBlock(stored, defaultLimits));
      const read: unknown[] = [];
      while (cursor.next()) read.push([hex(cursor.userKey), cursor.sequence, cursor.type, hex(cursor.value)]);
      expect(read).toEqual(made.map(([userKey, sequence, held]) => [hex(userKey), sequence, 1, hex(held)]));
    }),
  );
});

test('a stored block with one byte changed is refused', () => {
  fc.assert(
    fc.property(entriesOfBlock, fc.nat(), fc.integer({ min: 1, max: 255 }), (made, at, by) => {
      const stored = storedBlock(
        blockOf(
          made.map(([userKey, sequence, held]) => [internal(userKey, sequence, 1), held] as const),
          16,
        ),
      );
      stored[at % stored.length]! ^= by;
      expect(() => unpackBlock(stored, defaultLimits)).toThrow(SyntaxError);
    }),
  );
});

test('entries and indexes of any bytes end, or are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), fc.boolean(), (bytes, userKeys, deltas) => {
      const walks = [
        () => {
          const cursor = new BlockCursor().open(bytes);
          let steps = 0;
          while (cursor.next()) expect(steps++).toBeLessThan(bytes.length);
        },
        () => expect(dataBlocks(bytes, userKeys, deltas).length).toBeLessThan(Math.max(1, bytes.length)),
        () => new Manifest().apply(bytes),
      ];
      for (const walk of walks) {
        try {
          walk();
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('a block that says it unpacks to terabytes, or is packed in a way nobody reads, is refused before anything is unpacked', () => {
  const endless = Uint8Array.of(255, 255, 255, 255, 255, 127, 0);
  for (const kind of [1, 2, 4, 5, 7]) expect(() => unpackBlock(storedBlock(endless, kind), defaultLimits), String(kind)).toThrow('too many bytes');
  for (const kind of [3, 6, 99]) expect(() => unpackBlock(storedBlock(Uint8Array.of(1, 0), kind), defaultLimits), String(kind)).toThrow(UnsupportedBlock);
});

test('ranges that were deleted cover what a loop over all of them says', () => {
  const range = fc.record({ from: key, to: key, sequence: fc.nat({ max: 30 }) });
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), fc.array(fc.tuple(key, fc.nat({ max: 30 })), { maxLength: 60 }), (ranges, asked) => {
      const sweep = new TombstoneSweep(ranges);
      for (const [userKey, sequence] of asked.toSorted(([a], [b]) => compareBytes(a, b))) {
        const covered = ranges.some(({ from, to, ...range }) => compareBytes(from, userKey) <= 0 && compareBytes(userKey, to) < 0 && range.sequence > sequence);
        expect(sweep.covers(userKey, sequence)).toBe(covered);
      }
    }),
  );
});
