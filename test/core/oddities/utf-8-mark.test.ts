// UTF-8 with a byte order mark, as Excel and Notepad write it.
import { describe, expect, test } from 'vitest';
import { codes, readTexts, sayings, textFiles, utf8 } from '../../support/odd-texts';

describe.each(Object.entries(textFiles))('%s', (_, files) => {
  test('says the same, and there is no trouble', async () => {
    const [plain, odd] = [await readTexts(files), await readTexts(files, (text) => utf8(`\uFEFF${text}`))];
    expect(sayings(odd)).toEqual(sayings(plain));
    expect(codes(odd)).toEqual(codes(plain));
  });
});
