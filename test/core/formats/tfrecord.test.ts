// Checksums and framing of TFRecord files: the published vectors, and every way in which a file can be damaged.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c, maskedCrc32c } from '../../../src/core/formats/crc';
import { looksLikeRecord, type RecordDamage, RecordReader } from '../../../src/core/formats/tfrecord';
import { scriptedFile } from '../../../src/core/source/scripted';
import { fileOf, record } from '../../support/event-file';

const utf8 = new TextEncoder();
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const crcOf = (bytes: Uint8Array) => crc32c(viewOf(bytes), 0, bytes.length) >>> 0;
const hex = (text: string) => Uint8Array.from(text.split(' '), (byte) => Number.parseInt(byte, 16));

test('CRC-32C of the published vectors', () => {
  expect(crcOf(utf8.encode('123456789'))).toBe(0xe3069283);
  expect(crcOf(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crcOf(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crcOf(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
  expect(crcOf(new Uint8Array(0))).toBe(0);
});

test('CRC-32C of parts, at any offset, is that of the whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      const view = viewOf(bytes);
      const middle = Math.min(cut, bytes.length);
      expect(crc32c(view, middle, bytes.length, crc32c(view, 0, middle))).toBe(crc32c(view, 0, bytes.length));
    }),
  );
});

const versionRecord = hex('18 00 00 00 00 00 00 00 a3 7f 4b 22 09 00 00 80 38 99 d6 d7 41 1a 0d 62 72 61 69 6e 2e 45 76 65 6e 74 3a 32 12 4b 36 ab');

test('the masked checksums of a record that TensorFlow wrote', () => {
  const view = viewOf(versionRecord);
  expect(maskedCrc32c(view, 0, 8)).toBe(view.getInt32(8, true));
  expect(maskedCrc32c(view, 12, 36)).toBe(view.getInt32(36, true));
  expect(looksLikeRecord(versionRecord)).toBe(true);
  expect(looksLikeRecord(versionRecord.subarray(0, 11))).toBe(false);
  expect(looksLikeRecord(utf8.encode('step,loss\n0,1.5\n'))).toBe(false);
});

interface Walked {
  readonly payloads: readonly string[];
  readonly damage: RecordDamage;
}

async function walk(bytes: Uint8Array, script: Parameters<typeof scriptedFile>[2] = {}, recordBytes = 1 << 26): Promise<Walked> {
  const payloads: string[] = [];
  const context = { signal: new AbortController().signal, limits: { fileBytes: 1e9, recordBytes }, progress: () => {} };
  const sink = { record: (all: Uint8Array, _: DataView, start: number, end: number) => void payloads.push(new TextDecoder().decode(all.subarray(start, end))) };
  const reader = new RecordReader(scriptedFile('x', bytes, script), context, sink);
  while (await reader.next());
  return { payloads, damage: reader.damage };
}

const words = ['alpha', '', 'beta beta beta beta', 'γ'];
const parts = words.map((word) => record(utf8.encode(word)));
const whole = fileOf(...parts);
const ends = parts.map((_, at) => fileOf(...parts.slice(0, at + 1)).length);

test('a whole file, in pieces of any size', async () => {
  for (const piece of [1, 7, 12, 13, 1000]) expect((await walk(whole, { piece })).payloads).toEqual(words);
  expect((await walk(whole)).damage).toEqual({ badPayloads: 0, firstBadPayload: -1, tooLarge: 0, firstTooLarge: -1, end: null });
});

test('cut at every byte: the records before the cut, and the offset of the one that was cut', async () => {
  for (let cut = 0; cut <= whole.length; cut++) {
    const complete = ends.filter((end) => end <= cut).length;
    const start = ends[complete - 1] ?? 0;
    const { payloads, damage } = await walk(whole.subarray(0, cut));
    expect(payloads).toEqual(words.slice(0, complete));
    expect(damage.end).toEqual(cut === start ? null : { kind: 'truncated', at: start });
  }
});

test('a file that ends earlier than it was listed', async () => {
  expect(await walk(whole, { endsAt: 20 })).toEqual({ payloads: [], damage: expect.objectContaining({ end: { kind: 'truncated', at: 0 } }) });
});

test('any single byte changed: at most its record is lost, or all from there on, and it is told', async () => {
  for (let at = 0; at < whole.length; at++) {
    const bytes = whole.slice();
    bytes[at] = bytes[at]! ^ 0x41;
    const hit = ends.filter((end) => end <= at).length;
    const start = ends[hit - 1] ?? 0;
    const { payloads, damage } = await walk(bytes);
    if (at - start < 12) {
      expect(payloads).toEqual(words.slice(0, hit));
      expect(damage.end).toEqual({ kind: 'bad-length', at: start });
    } else {
      expect(payloads).toEqual(words.filter((_, i) => i !== hit));
      expect(damage).toMatchObject({ badPayloads: 1, firstBadPayload: start, end: null });
    }
  }
});

test('zeros up to the end are a truncation, the torn record before them included', async () => {
  const start = ends[1]!;
  expect((await walk(fileOf(whole, new Uint8Array(100)))).damage.end).toEqual({ kind: 'truncated', at: whole.length });
  for (let kept = 0; kept < parts[2]!.length - 4; kept++) {
    const bytes = fileOf(whole.subarray(0, start + kept), new Uint8Array(200));
    const { payloads, damage } = await walk(bytes);
    expect(payloads).toEqual(words.slice(0, 2));
    expect(damage).toMatchObject({ badPayloads: 0, end: { kind: 'truncated', at: start } });
  }
});

test('a record beyond the limit is skipped, a large one below it is read', async () => {
  const large = utf8.encode('x'.repeat(5_000_000));
  const bytes = fileOf(parts[0]!, record(large), parts[2]!);
  expect((await walk(bytes)).payloads.map(({ length }) => length)).toEqual([5, 5_000_000, 19]);
  const { payloads, damage } = await walk(bytes, {}, 1_000_000);
  expect(payloads).toEqual([words[0], words[2]]);
  expect(damage).toMatchObject({ tooLarge: 1, firstTooLarge: parts[0]!.length, end: null });
});

test('a length beyond the file and beyond 2^53 is a truncation, not a request for memory', async () => {
  const bytes = fileOf(parts[0]!, new Uint8Array(40));
  const view = viewOf(bytes);
  view.setBigUint64(parts[0]!.length, 0xffff_ffff_ffff_fff0n, true);
  view.setInt32(parts[0]!.length + 8, maskedCrc32c(view, parts[0]!.length, parts[0]!.length + 8), true);
  expect(await walk(bytes)).toMatchObject({ payloads: ['alpha'], damage: { end: { kind: 'truncated', at: parts[0]!.length } } });
});
