// Gzip in pieces: whole, cut, garbled, of several members, and bombs.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gunzip, gunzipHead, isGzip } from '../../../src/core/formats/gzip';

const text = Array.from({ length: 5000 }, (_, at) => `{"step": ${at}, "loss": ${1 / (at + 1)}}`).join('\n');
const packed = new Uint8Array(gzipSync(text));

async function unpack(bytes: Uint8Array, piece = 1000, ratio = 1000) {
  const state = { whole: false };
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const parts: Uint8Array[] = [];
  for await (const part of gunzip(pieces(), 'f.gz', ratio, state)) parts.push(part);
  return { text: Buffer.concat(parts).toString(), whole: state.whole };
}

test('unpacks the same in any pieces', async () => {
  for (const piece of [31, 1000, 1 << 20]) expect(await unpack(packed, piece)).toEqual({ text, whole: true });
  expect(isGzip(packed)).toBe(true);
  expect(text.startsWith(new TextDecoder().decode(gunzipHead(packed.subarray(0, 2000))).slice(0, 500))).toBe(true);
});

test('several members follow each other', async () => {
  const both = new Uint8Array(Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]));
  for (const piece of [3, 1000]) expect(await unpack(both, piece)).toEqual({ text: 'one\ntwo\n', whole: true });
});

test('a cut or garbled file gives what it has, and is not whole', async () => {
  const cut = await unpack(packed.subarray(0, packed.length / 2));
  expect(cut.whole).toBe(false);
  expect(cut.text.length).toBeGreaterThan(1000);
  expect(text.startsWith(cut.text)).toBe(true);
  for (const at of [0, 4, 20, packed.length / 2, packed.length - 6]) {
    const garbled = packed.slice();
    garbled[Math.floor(at)]! ^= 0x55;
    const read = await unpack(garbled);
    if (at !== 4) expect(read.whole, `${at}`).toBe(false);
  }
});

test('a bomb is refused', async () => {
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(64 << 20)));
  await expect(unpack(bomb, 1 << 20, 100)).rejects.toMatchObject({ code: 'too-large' });
});
