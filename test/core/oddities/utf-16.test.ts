// Text in UTF-16 with its mark, as PowerShell redirects output and Excel saves “Unicode text”.
import { describe, expect, test } from 'vitest';
import { codes, readTexts, sayings, textFiles, type Write } from '../../support/odd-texts';

const utf16 =
  (littleEndian: boolean): Write =>
  (text) => {
    const view = new DataView(new ArrayBuffer(2 + text.length * 2));
    view.setUint16(0, 0xfeff, littleEndian);
    for (let at = 0; at < text.length; at++) view.setUint16(2 + at * 2, text.charCodeAt(at), littleEndian);
    return new Uint8Array(view.buffer);
  };

describe.each(Object.entries(textFiles))('%s', (_, files) => {
  test.each([
    ['little', true],
    ['big', false],
  ])('%s-endian says the same, and there is no trouble', async (_, littleEndian) => {
    const plain = await readTexts(files);
    expect(plain.runs.length).toBeGreaterThan(0);
    const odd = await readTexts(files, utf16(littleEndian));
    expect(sayings(odd)).toEqual(sayings(plain));
    expect(codes(odd)).toEqual(codes(plain));
  });
});
