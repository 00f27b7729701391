// Parquet tables: exact decimals and integers, and damage that must not become huge arrays.
import fc from 'fast-check';
import type { SchemaElement } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { openParquet } from '../../../src/core/formats/parquet';
import { checkPages } from '../../../src/core/formats/parquet-pages';
import { converters } from '../../../src/core/formats/parquet-values';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedFile } from '../../../src/core/source/scripted';
import { filesOf, fixtureCases } from '../../support/fixtures';

const fixture = fixtureCases.find(({ id }) => id === 'neptune-export/codecs')!;
const parts = Object.entries(filesOf(fixture)).filter(([path]) => path.endsWith('.parquet'));
const context = { limits: defaultLimits, signal: new AbortController().signal, progress: () => {} };
const open = (bytes: Uint8Array) => openParquet(scriptedFile('part.parquet', bytes), context);

const decimal = converters([{ name: 'step', type: 'FIXED_LEN_BYTE_ARRAY', type_length: 8, converted_type: 'DECIMAL', scale: 6 } as SchemaElement]).get('step')!;

function stored(unscaled: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, unscaled);
  return bytes;
}

describe('decimals', () => {
  test('are numbers that give all their digits back, or else those digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }), (unscaled) => {
        const cell = decimal(stored(unscaled));
        const text = typeof cell === 'number' ? cell.toFixed(6) : String(cell);
        const [whole, part = ''] = text.replace('-', '').split('.') as [string, string?];
        expect(BigInt(whole + part.padEnd(6, '0')) * (text.startsWith('-') ? -1n : 1n)).toBe(unscaled);
      }),
    );
  });

  test.each([
    [1_100_000n, 1.1],
    [300_000n, 0.3],
    [999_999_999_999_000_000n, 999_999_999_999],
    [123_456_789_012_345_678n, '123456789012.345678'],
  ])('%s millionths are %s', (unscaled, value) => {
    expect(decimal(stored(unscaled))).toBe(value);
  });
});

describe('a table', () => {
  test.each(parts)('%s gives every column of every group', async (_, bytes) => {
    const table = await open(bytes);
    for (let group = 0; group < table.groups; group++)
      for (const name of [...table.columns, 'no_such_column']) expect(await table.column(group, name)).toHaveLength(table.rows(group));
  });

  test('without its footer, or with a wrong one, is told', async () => {
    const [, bytes] = parts[0]!;
    await expect(open(bytes.subarray(0, bytes.length - 1))).rejects.toThrow(SyntaxError);
    await expect(open(new Uint8Array(3))).rejects.toThrow(SyntaxError);
    const long = bytes.slice();
    new DataView(long.buffer).setUint32(long.length - 8, 0x7fffffff, true);
    await expect(open(long)).rejects.toThrow(SyntaxError);
  });

  test('a page that claims two thousand million values, or to unpack to a gigabyte, is refused before it is unpacked', () => {
    // Thrift's compact protocol: page type 0, unpacked size, packed size, then the header of a data page with its count.
    const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
    const page = (unpacked: number, count: number) =>
      Uint8Array.from([
        0x15,
        0,
        0x15,
        ...varint(unpacked * 2),
        0x15,
        ...varint(8),
        0x2c,
        0x15,
        ...varint(count * 2),
        0x15,
        0,
        0x15,
        6,
        0x15,
        6,
        0,
        0,
        1,
        2,
        3,
        4,
      ]);
    const chunk = { codec: 'UNCOMPRESSED', type: 'INT64', definition: 0, repetition: 0 };
    const check = (bytes: Uint8Array<ArrayBuffer>, levels = {}) => checkPages(bytes, 10, defaultLimits, { ...chunk, ...levels });
    expect(() => check(page(4, 10))).not.toThrow();
    expect(() => check(page(4, 2_000_000_000))).toThrow(/more than 10 values/);
    expect(() => check(page(1_000_000_000, 10))).toThrow(/unpacks to/);
    expect(() => check(page(4, 5))).toThrow(/5 of 10/);
    expect(() => check(page(4, 10), { definition: 1 })).toThrow(/longer than their page/);
  });

  test('a run that repeats a value more often than there are values is refused', () => {
    const levels = (...run: number[]) =>
      Uint8Array.from([0x15, 0, 0x15, 16, 0x15, 2 * (4 + run.length), 0x2c, 0x15, 20, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0, run.length, 0, 0, 0, ...run]);
    const check = (bytes: Uint8Array<ArrayBuffer>) =>
      checkPages(bytes, 10, defaultLimits, { codec: 'UNCOMPRESSED', type: 'INT64', definition: 1, repetition: 0 });
    expect(() => check(levels(20, 1))).not.toThrow();
    expect(() => check(levels(0xfe, 0xff, 0xff, 0xff, 0x0f, 1))).toThrow(/repeats a value/);
    expect(() => check(levels(0, 1))).toThrow(/empty/);
  });
});
