// Base64 as Python writes it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64 } from '../../../src/core/formats/base64';

test('gives back any bytes, with padding and without', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect([...(fromBase64(text) ?? [])]).toEqual([...bytes]);
      expect([...(fromBase64(text.replace(/=+$/, '')) ?? [])]).toEqual([...bytes]);
    }),
  );
});

test.each(['A', 'AB*D', 'ÄÖ==', 'AA=A'])('%s is none', (text) => {
  expect(fromBase64(text)).toBeNull();
});
