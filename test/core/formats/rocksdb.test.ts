// RocksDB stores: read as RocksDB reads them, with the loss of what is damaged only, and without a throw whatever the bytes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockCursor, unpackBlock } from '../../../src/core/formats/rocksdb/block';
import { openTable } from '../../../src/core/formats/rocksdb/table';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedFile } from '../../../src/core/source/scripted';
import { hex, readStore, storeSamples } from '../../support/rocksdb';

const unread: Readonly<Record<string, string>> = {
  bzip2: 'The table has blocks packed with bzip2, which cannot be read.',
  'version-6': 'The table cannot be read: tables of version 6.',
  xxh3: 'The table cannot be read: tables with XXH3 check sums.',
};
const readable = storeSamples.filter(({ name }) => !(name in unread));
const sampleOf = (name: string) => storeSamples.find((sample) => sample.name === name)!;
const unhex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
const { signal } = new AbortController();

describe.each(readable)('$name', ({ files, entries }) => {
  test('is read as RocksDB reads it', async () => {
    expect(await readStore(files)).toEqual({ entries, issues: [] });
  });

  test('is the same when its bytes come in small pieces', async () => {
    const slow = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, scriptedFile(name, bytes, { piece: 37 })]));
    expect(await readStore(slow)).toEqual({ entries, issues: [] });
  });

  test('gives any range of its keys', async () => {
    const keys = entries.map(([key]) => key);
    const bound = fc.oneof(fc.constantFrom(...keys), fc.uint8Array({ maxLength: 3 }).map(hex));
    await fc.assert(
      fc.asyncProperty(bound, bound, async (from, to) => {
        const read = await readStore(files, { from: unhex(from), to: unhex(to) });
        expect(read.entries).toEqual(entries.filter(([key]) => key >= from && key < to));
      }),
      { numRuns: 25 },
    );
  });
});

test.each(Object.entries(unread))('%s is told, not guessed', async (name, message) => {
  const { entries, issues } = await readStore(sampleOf(name).files);
  expect(entries).toEqual([]);
  expect([...new Set(issues.map((found) => `${found.code}: ${found.message}`))]).toEqual([`unsupported: ${message}`]);
});

describe('damage', () => {
  const tables = readable.flatMap(({ name, files, entries }) =>
    Object.keys(files)
      .filter((file) => file.endsWith('.sst'))
      .map((file) => ({ name, file, files, entries })),
  );

  test.each(tables)('a block of $file in $name costs that block only', async ({ file, files, entries }) => {
    const bytes = files[file]!;
    const { blocks } = await openTable(scriptedFile(file, bytes), defaultLimits, signal);
    for (const { offset, size } of blocks) {
      const lost = new Set<string>();
      const cursor = new BlockCursor().open(unpackBlock(bytes.subarray(offset, offset + size + 5), defaultLimits));
      while (cursor.next()) lost.add(hex(cursor.userKey));
      const damaged = bytes.slice();
      damaged[offset + (size >> 1)]! ^= 0x10;
      const read = await readStore({ ...files, [file]: damaged });
      // An older value of a key may come to light; no other key changes.
      expect(read.entries.filter(([key]) => !lost.has(key))).toEqual(entries.filter(([key]) => !lost.has(key)));
      expect(read.issues.map(({ code, where }) => [code, where])).toEqual([['bad-record', `byte ${offset}`]]);
    }
  });

  test('a table that was cut gives the blocks that are whole', async () => {
    for (const name of ['index-deltas', 'levels', 'lz4', 'two-level-index', 'plain']) {
      const { files } = sampleOf(name);
      const file = Object.keys(files).find((path) => path.endsWith('.sst'))!;
      const bytes = files[file]!;
      const alone = { [file]: bytes };
      const { blocks } = await openTable(scriptedFile(file, bytes), defaultLimits, signal);
      for (const [at, { offset, size }] of blocks.entries()) {
        const end = offset + size + 5;
        for (const cut of [end, end + 3, bytes.length - 1]) {
          const read = await readStore({ [file]: bytes.subarray(0, cut) });
          const told = cut === bytes.length - 1 ? blocks.length : at + 1;
          expect(read.issues.at(-1)).toMatchObject({ code: 'bad-record', message: expect.stringContaining(`${told} block`) });
        }
      }
      // Deleted ranges are lost with the list, so more may come to light, but nothing that was there is missing.
      const whole = await readStore(alone);
      const cut = await readStore({ [file]: bytes.subarray(0, bytes.length - 1) });
      expect(cut.entries).toEqual(expect.arrayContaining([...whole.entries]));
    }
  });

  test('a MANIFEST that is damaged or gone makes every table count', async () => {
    for (const { files, entries } of readable) {
      const manifest = Object.keys(files).find((name) => name.startsWith('MANIFEST'))!;
      const damaged = files[manifest]!.slice();
      damaged[damaged.length - 3]! ^= 1;
      const { [manifest]: _, ...without } = files;
      for (const some of [{ ...files, [manifest]: damaged }, without]) {
        const read = await readStore(some);
        expect(read.entries).toEqual(entries);
        expect(read.issues).toHaveLength(1);
      }
    }
  });

  test('a log cut at any byte gives what was written before, and is told', async () => {
    const { files } = sampleOf('log');
    const log = files['000005.log']!;
    let before: readonly string[] = [];
    let silent = 0;
    for (let end = 0; end <= log.length; end++) {
      const { entries, issues } = await readStore({ ...files, '000005.log': log.subarray(0, end) });
      const lines = entries.map((entry) => entry.join(' '));
      expect(issues.every(({ code }) => code === 'truncated')).toBe(true);
      if (issues.length === 0) silent++;
      // Until the next record is whole, nothing changes.
      else expect(lines).toEqual(before);
      before = lines;
    }
    expect(silent).toBe(61);
  });

  test('whatever happens to the bytes: no throw, keys in order, and only values that were written', async () => {
    const damage = fc.record({
      sample: fc.constantFrom(...readable),
      file: fc.nat(),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      kind: fc.constantFrom('flip', 'cut', 'noise', 'zero', 'double'),
      noise: fc.uint8Array({ minLength: 1, maxLength: 24 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ sample, file, at, kind, noise }) => {
        const names = Object.keys(sample.files).filter((name) => sample.files[name]!.length > 0);
        const name = names[file % names.length]!;
        const bytes = sample.files[name]!.slice();
        const place = Math.floor(at * (bytes.length - 1));
        if (kind === 'flip') bytes[place]! ^= 1 + (noise[0]! % 255);
        if (kind === 'noise') bytes.set(noise.subarray(0, bytes.length - place), place);
        if (kind === 'zero') bytes.fill(0, place, place + 100);
        const changed =
          kind === 'cut' ? bytes.subarray(0, place) : kind === 'double' ? Uint8Array.of(...bytes.subarray(0, place), ...bytes.subarray(place >> 1)) : bytes;
        const { entries } = await readStore({ ...sample.files, [name]: changed });
        const keys = entries.map(([key]) => key);
        expect(keys).toEqual([...new Set(keys)].sort());
        for (const [, value] of entries) expect(Buffer.from(value, 'hex').toString('latin1')).toMatch(/^(\d:.*|tail.*|)$/s);
      }),
      { numRuns: 300 },
    );
  });
});
