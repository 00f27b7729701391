// Text in Windows-1252 (Latin-1), as older programs in the West write it: read as what it is, and told.
import { describe, expect, test } from 'vitest';
import { codes, readTexts, sayings, textFiles, type Write } from '../../support/odd-texts';

const latin: Write = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe.each(Object.entries(textFiles).filter(([, files]) => /ö/.test(Object.values(files).join(''))))('%s', (_, files) => {
  test('says the same', async () => {
    expect(sayings(await readTexts(files, latin))).toEqual(sayings(await readTexts(files)));
  });
});

test.each([
  ['a table', { 'log.csv': 'step,größe\n0,1\n1,2\n' }],
  ['JSON lines', { 'log.jsonl': '{"step": 0, "größe": 1}\n{"step": 1, "größe": 2}\n' }],
  ['settings beside a log', { 'r/log.csv': 'step,loss\n0,1\n1,2\n', 'r/config.yaml': 'name: größe\n' }],
])('%s tells that it is not UTF-8', async (_, files) => {
  expect(codes(await readTexts(files, latin))).toContain('bad-utf8');
});

test('a letter that was damaged among others in UTF-8 is shown as such, and the others stay', async () => {
  const read = await readTexts({ 'r/log.csv': 'step,loss\n0,1\n1,2\n', 'r/config.yaml': 'a: größe\nb: grö#e\n' }, (text) =>
    Uint8Array.from(new TextEncoder().encode(text), (byte) => (byte === 0x23 ? 0xdf : byte)),
  );
  expect(sayings(read)[0]?.params).toEqual({ a: 'größe', b: 'grö\uFFFDe' });
  expect(codes(read)).toContain('bad-utf8');
});
