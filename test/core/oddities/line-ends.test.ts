// Lines that end with CR LF (Windows) or with CR alone (old Macs, and some instruments still).
import { describe, expect, test } from 'vitest';
import { codes, readTexts, sayings, textFiles, utf8 } from '../../support/odd-texts';

describe.each(Object.entries(textFiles))('%s', (_, files) => {
  test.each([
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('%s says the same, and there is no trouble', async (_, end) => {
    const [plain, odd] = [await readTexts(files), await readTexts(files, (text) => utf8(text.replaceAll('\n', end)))];
    expect(sayings(odd)).toEqual(sayings(plain));
    expect(codes(odd)).toEqual(codes(plain));
  });
});

test('a carriage return within a line of a file that has line feeds ends nothing', async () => {
  const read = await readTexts({ 'log.csv': 'step,loss,note\n0,1,"a\rb"\n1,2,"a\rb"\n' });
  expect(sayings(read)).toMatchObject([{ params: { note: 'a\rb' }, series: [{ values: Float64Array.of(1, 2) }] }]);
});
