// The plain SHA-256 against the platform's.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pureSha256 } from '../../../src/core/base/sha256';

const reference = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 31) & 255);

test('the known answer of the standard', () => {
  const hash = pureSha256();
  hash.update(new TextEncoder().encode('abc'));
  expect(hash.hex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('every length around the block borders, fed in pieces of every size', () => {
  for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1000]) {
    for (const piece of [1, 7, 63, 64, 65, 1000]) {
      const hash = pureSha256();
      for (let at = 0; at < length; at += piece) hash.update(bytes.subarray(at, Math.min(at + piece, length)));
      expect(hash.hex(), `${length} in pieces of ${piece}`).toBe(reference(bytes.subarray(0, length)));
    }
  }
});
