// Logs in LevelDB framing: records over blocks, padding, damage in the middle, and a file cut at any byte.
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { LevelDbLog, type LogDamage, type LogFraming } from '../../../src/core/formats/leveldb-log';
import { defaultLimits, type Limits } from '../../../src/core/source/reader';
import { type Script, scriptedFile } from '../../../src/core/source/scripted';
import { seededRandom } from '../../support/read';
import { frame, logHeader } from '../../support/wandb-log';

interface WasLog {
  readonly records: readonly string[];
  readonly damage: LogDamage;
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

async function readLog(
  bytes: Uint8Array,
  script: Script = {},
  limits: Partial<Limits> = {},
  framing: LogFraming = { headerBytes: logHeader.length },
): Promise<WasLog> {
  const records: string[] = [];
  const sink = { record: (from: Uint8Array, _: DataView, start: number, end: number) => void records.push(textOf(from.subarray(start, end))) };
  const context = { signal: new AbortController().signal, limits: { ...defaultLimits, ...limits }, progress() {} };
  const log = new LevelDbLog(scriptedFile('run-x.wandb', bytes, script), context, sink, framing);
  while (await log.next());
  return { records, damage: log.damage };
}

/** Records of the lengths given, each of one letter. */
const recordsOf = (...lengths: readonly number[]): Uint8Array[] => lengths.map((length, at) => new Uint8Array(length).fill(97 + (at % 26)));
const whole: LogDamage = { bad: 0, firstBad: -1, tooLarge: 0, firstTooLarge: -1, truncatedAt: -1 };
const block = 32_768;

test('the golden bytes of two records', async () => {
  const bytes = Uint8Array.from(Buffer.from('3a572642e1be0079f66f330f00010801aa010a0a080a06302e32362e3093ac6b070500010802920100', 'hex'));
  const { records, damage } = await readLog(bytes);
  expect(records.map((text) => Buffer.from(text, 'latin1').toString('hex'))).toEqual(['0801aa010a0a080a06302e32362e30', '0802920100']);
  expect(damage).toEqual(whole);
});

describe('records of every size around a block', () => {
  // 7 bytes of file header and 7 of chunk header: what is left of the first block varies from nothing to a few bytes.
  const sizes = [0, 1, block - 22, block - 21, block - 20, block - 15, block - 14, block - 13, block - 7, block, 2 * block - 14, 3 * block + 5];
  test.each(sizes)('%i bytes, then small ones', async (size) => {
    const records = recordsOf(size, 3, 0, 70_000, 5);
    const expected = records.map(textOf);
    expect(await readLog(frame(records))).toEqual({ records: expected, damage: whole });
    expect(await readLog(frame(records), { piece: 1000 })).toEqual({ records: expected, damage: whole });
  });
});

test('a file larger than one slice', async () => {
  const random = seededRandom(7);
  const records = Array.from({ length: 400 }, () => new Uint8Array(Math.floor(random() * 30_000)).fill(Math.floor(random() * 256)));
  const read = await readLog(frame(records));
  expect(read.damage).toEqual(whole);
  expect(read.records).toEqual(records.map(textOf));
});

test('cut at each byte of the last record: the others are there, and the cut is told', async () => {
  const before = frame(recordsOf(10, 40_000));
  const bytes = frame(recordsOf(10, 40_000, 30));
  for (let end = before.length; end < bytes.length; end++) {
    const { records, damage } = await readLog(bytes.subarray(0, end));
    expect(records.map(({ length }) => length)).toEqual([10, 40_000]);
    expect(damage, `cut at ${end}`).toEqual(end === before.length ? whole : { ...whole, truncatedAt: before.length });
  }
});

test('ends on the border of a block with half a record, as killed writers leave it', async () => {
  const bytes = frame(recordsOf(100, 50_000)).subarray(0, block);
  expect(await readLog(bytes)).toEqual({ records: ['a'.repeat(100)], damage: { ...whole, truncatedAt: 7 + 7 + 100 } });
});

test('a damaged chunk costs the rest of its block, and reading goes on', async () => {
  const records = Array.from({ length: 12 }, (_, at) => new Uint8Array(10_000).fill(97 + at));
  const bytes = frame(records);
  bytes[7 + 10_007 + 500]! ^= 1;
  const { records: read, damage } = await readLog(bytes);
  // Records 1 to 3 begin in the first block; the fourth goes over its end and is lost with it.
  expect(read.map((text) => text[0])).toEqual([...'aefghijkl']);
  expect(damage).toEqual({ ...whole, bad: 1, firstBad: 7 + 10_007 });
});

test('zeros in the middle are a loss, zeros at the end are an end', async () => {
  const records = Array.from({ length: 12 }, (_, at) => new Uint8Array(10_000).fill(97 + at));
  const holed = frame(records);
  holed.fill(0, block, 2 * block);
  const middle = await readLog(holed);
  expect(middle.records.map((text) => text[0])).toEqual([...'abchijkl']);
  expect(middle.damage).toMatchObject({ bad: 1, truncatedAt: -1 });
  const ended = frame(records);
  ended.fill(0, 2 * block);
  const end = await readLog(ended);
  expect(end.records.map((text) => text[0])).toEqual([...'abcdef']);
  expect(end.damage.truncatedAt).toBeGreaterThan(0);
  expect(end.damage.bad).toBe(0);
});

test('a record beyond the limit is left out and told, the next ones are read', async () => {
  const { records, damage } = await readLog(frame(recordsOf(5, 100_000, 6)), {}, { recordBytes: 50_000 });
  expect(records).toEqual(['aaaaa', 'cccccc']);
  expect(damage).toEqual({ ...whole, tooLarge: 1, firstTooLarge: 7 + 12 });
});

test('a file that turns out shorter than listed', async () => {
  const bytes = frame(recordsOf(10, 10, 10));
  const { records, damage } = await readLog(bytes, { endsAt: 30 });
  expect(records).toEqual(['a'.repeat(10)]);
  expect(damage.truncatedAt).toBe(24);
});

test('only a header, or less', async () => {
  for (const length of [0, 3, 7]) expect(await readLog(logHeader.subarray(0, length))).toEqual({ records: [], damage: whole });
});

describe('chunks with the number of their log, as RocksDB writes them over old logs', () => {
  const numbered = (record: Uint8Array, number: number): number[] => {
    const body = Uint8Array.of(5, number, 0, 0, 0, ...record);
    const sum = crc32(body);
    return [sum & 255, (sum >>> 8) & 255, (sum >>> 16) & 255, sum >>> 24, record.length & 255, record.length >>> 8, ...body];
  };
  const [a, b, c] = recordsOf(5, 32_768 - 11 - 5 - 11 - 9, 7) as [Uint8Array, Uint8Array, Uint8Array];
  const framing = { headerBytes: 0, number: 7 };

  test('end where the old log shows, which is no damage', async () => {
    const bytes = Uint8Array.from([...numbered(a, 7), ...numbered(c, 7), ...numbered(c, 6), 1, 2, 3]);
    expect(await readLog(bytes, {}, {}, framing)).toEqual({ records: ['a'.repeat(5), 'c'.repeat(7)], damage: whole });
  });

  test('are padded where fewer bytes are left than such a chunk needs', async () => {
    const bytes = Uint8Array.from([...numbered(a, 7), ...numbered(b, 7), ...new Uint8Array(9), ...numbered(c, 7)]);
    expect(await readLog(bytes, {}, {}, framing)).toEqual({ records: [a, b, c].map(textOf), damage: whole });
  });
});
