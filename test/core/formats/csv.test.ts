// Delimited text in all its dialects; the fast path gives the numbers that Number() gives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cell, readTable, sniffDialect } from '../../../src/core/formats/csv';
import { parseDecimal } from '../../../src/core/formats/decimal';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** The table as rows of numbers, texts and nulls. */
async function table(text: string | Uint8Array, options: { piece?: number; asText?: number[] } = {}) {
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  const dialect = sniffDialect(bytes, true);
  if (!dialect) return null;
  const rows: (number | string | null)[][] = [];
  const restarts: number[] = [];
  const short: number[] = [];
  let cut: readonly string[] | null = null;
  for await (const slice of readTable(inPieces(bytes, options.piece ?? 1 << 20), dialect, new Set(options.asText))) {
    restarts.push(...slice.restarts.map((row) => row + rows.length));
    short.push(...slice.short);
    cut = slice.cut?.cells ?? null;
    for (let row = 0; row < slice.rows; row++)
      rows.push(
        slice.columns.map(({ kinds, numbers, texts }) => (kinds[row] === cell.number ? numbers[row]! : kinds[row] === cell.text ? texts.get(row)! : null)),
      );
  }
  return { columns: dialect.columns, rows, restarts, short, cut };
}

test('the plain case: header, numbers, missing and non-finite cells, text', async () => {
  expect(await table('step,loss,note\r\n0,0.5,a\r\n1,,NA\r\n2,nan,-inf\r\n\r\n3,-Infinity,None\r\n')).toEqual({
    columns: ['step', 'loss', 'note'],
    rows: [
      [0, 0.5, 'a'],
      [1, null, null],
      [2, Number.NaN, Number.NEGATIVE_INFINITY],
      [3, Number.NEGATIVE_INFINITY, null],
    ],
    restarts: [],
    short: [],
    cut: null,
  });
});

test('a byte order mark, semicolons, decimal commas and an index column', async () => {
  const german = '\uFEFF;epoch;Train Loss\n0;1;2,5\n1;2;\n2;3;-1,5e-3\n';
  const expected = {
    columns: ['', 'epoch', 'Train Loss'],
    rows: [
      [0, 1, 2.5],
      [1, 2, null],
      [2, 3, -0.0015],
    ],
  };
  expect(await table(german)).toMatchObject(expected);
  const utf16 = new Uint8Array(german.length * 2);
  for (let at = 0; at < german.length; at++) new DataView(utf16.buffer).setUint16(at * 2, german.charCodeAt(at), true);
  expect(await table(utf16)).toMatchObject(expected);
  expect(await table(utf16, { piece: 3 })).toMatchObject(expected);
});

test('tabs, bars and blanks delimit too; headers are trimmed; a comma in a decimal is no delimiter', async () => {
  for (const delimiter of ['\t', '|', '  ', ' | '.trim()])
    expect(await table(` epoch ${delimiter}loss \n0${delimiter}1.5\n1${delimiter}1.25\n`), delimiter).toMatchObject({
      columns: ['epoch', 'loss'],
      rows: [
        [0, 1.5],
        [1, 1.25],
      ],
    });
});

test('quoted cells hold delimiters, quotes and line feeds', async () => {
  for (const piece of [1, 7, 1000])
    expect(await table('step,"note, long",loss\n0,"a ""b"", c\nd",0.5\n1,5" disk,"0.25"\n', { piece }), `${piece}`).toMatchObject({
      columns: ['step', 'note, long', 'loss'],
      rows: [
        [0, 'a "b", c\nd', 0.5],
        [1, '5" disk', 0.25],
      ],
      short: [],
      cut: null,
    });
});

test('a quote that never closes costs one line', async () => {
  expect(await table('step,loss\n0,0.5\n1,"0.4\n2,0.3\n3,0.2\n')).toMatchObject({
    rows: [
      [0, 0.5],
      [2, 0.3],
      [3, 0.2],
    ],
    short: [3],
  });
});

test('no header, repeated headers, comments, duplicate names, trailing delimiters, short rows', async () => {
  expect(await table('0,0.5\n1,0.4\n')).toMatchObject({
    columns: ['column 1', 'column 2'],
    rows: [
      [0, 0.5],
      [1, 0.4],
    ],
  });
  expect(await table('# made by me\nstep,loss\n0,1\n1,2\nstep,loss\n# again\n1,3\n')).toMatchObject({
    rows: [
      [0, 1],
      [1, 2],
      [1, 3],
    ],
    restarts: [2],
  });
  expect(await table('# step loss\n0 1.5\n1 2.5\n')).toMatchObject({
    columns: ['step', 'loss'],
    rows: [
      [0, 1.5],
      [1, 2.5],
    ],
  });
  expect(await table('a,a,b,\n1,2,3,\n4,5,6,\n')).toMatchObject({
    columns: ['a', 'a.1', 'b'],
    rows: [
      [1, 2, 3],
      [4, 5, 6],
    ],
  });
  expect(await table('"a" "b"\n"1" 0.5 2\n"2" 0.25 3\n')).toMatchObject({ columns: ['', 'a', 'b'] });
  expect(await table('step,loss,acc\n0,1,2\n1,3\n2,4,5\n')).toMatchObject({
    rows: [
      [0, 1, 2],
      [1, 3, null],
      [2, 4, 5],
    ],
    short: [3],
  });
});

test('the line without a line feed at the end is told apart', async () => {
  expect(await table('step,loss\n0,0.5\n1,0.')).toMatchObject({ rows: [[0, 0.5]], cut: ['1', '0.'] });
});

test('columns can be asked for as text', async () => {
  expect(await table('run,loss\n007,0.5\n1e3,0.4\n', { asText: [0] })).toMatchObject({
    rows: [
      ['007', 0.5],
      ['1e3', 0.4],
    ],
  });
});

test('binary and empty files are no tables', () => {
  expect(sniffDialect(new Uint8Array([0x89, 0x50, 0, 0, 10, 1]), true)).toBe(null);
  expect(sniffDialect(new Uint8Array(0), true)).toBe(null);
});

test('any cells come back, in any dialect and any pieces', async () => {
  const text = fc.stringMatching(/^t[a-z ,;"\n\t|]{0,6}[a-z]$/);
  const value = fc.oneof(fc.double({ noNaN: true }), fc.integer(), text);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(value, value, fc.double({ noNaN: true })), { minLength: 3, maxLength: 30 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.integer({ min: 1, max: 40 }),
      async (rows, delimiter, piece) => {
        const quoted = (item: unknown) => (typeof item === 'string' ? `"${item.replaceAll('"', '""')}"` : String(item));
        const written = `${['x', 'y', 'z'].join(delimiter)}\n${rows.map((row) => `${row.map(quoted).join(delimiter)}\n`).join('')}`;
        const read = await table(written, { piece });
        const expected = rows.map((row) => row.map((item) => (Object.is(item, -0) ? 0 : item)));
        expect(read?.rows).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

test('decimals in bytes are what Number() makes of them', () => {
  const same = (text: string) => {
    const bytes = bytesOf(`x${text}y`);
    expect(Object.is(parseDecimal(bytes, 1, bytes.length - 1, 0x2e), Number(text)), text).toBe(true);
  };
  for (const text of [
    '0',
    '-0',
    '-0.0',
    '0.1',
    '1e22',
    '1e23',
    '1e-400',
    '1e400',
    '5e-324',
    '.5',
    '5.',
    '9007199254740993',
    '0.30000000000000004',
    '123456789012345678901234567890',
    '2.2250738585072011e-308',
    '8.41e21',
    '9007199254740992.5',
    '4503599627370497.5',
  ])
    same(text);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => same(String(value))),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => same(String(value))),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 21n }), fc.integer({ min: -30, max: 25 }), (digits, exponent) => same(`${digits}e${exponent}`)),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 20 }), (digits, places) =>
      same(`${digits}`.padStart(places + 1, '0').replace(new RegExp(`(?=\\d{${places}}$)`), '.')),
    ),
    { numRuns: 60 },
  );
  for (const text of ['', '-', '.', 'e5', '1e', '1e+', '0x1', '1_0', '1 ', 'nan', '1.2.3', '--1'])
    expect(parseDecimal(bytesOf(text), 0, text.length, 0x2e), text).toBe(Number.NaN);
});
