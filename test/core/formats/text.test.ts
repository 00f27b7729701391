// Numbers, JSON, flat names, bytes and lines: what every reader stands on.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readExactly, readSlices, readWhole } from '../../../src/core/formats/bytes';
import { flatten } from '../../../src/core/formats/flatten';
import { parseJson } from '../../../src/core/formats/json';
import { type LineSlice, linesOf } from '../../../src/core/formats/lines';
import { numberOf, parseNumber } from '../../../src/core/formats/numbers';
import { decodeUtf8 } from '../../../src/core/formats/text';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedFile } from '../../../src/core/source/scripted';

test('parseNumber knows every spelling', () => {
  const cases: Record<string, number | null> = {
    ' 1.5 ': 1.5,
    '+.5': 0.5,
    '5.': 5,
    '-0': -0,
    '1e400': Number.POSITIVE_INFINITY,
    NaN: Number.NaN,
    '-nan(ind)': Number.NaN,
    '1.#QNAN': Number.NaN,
    inf: Number.POSITIVE_INFINITY,
    '-Infinity': Number.NEGATIVE_INFINITY,
    '"NaN"': Number.NaN,
    "'3'": 3,
    '': null,
    '0x10': null,
    '1,000': null,
    '1_000': null,
    '1 2': null,
    info: null,
    '"': null,
  };
  for (const [text, value] of Object.entries(cases)) expect(parseNumber(text), text).toBe(value);
});

test('parseNumber agrees bit for bit with what was printed', () => {
  fc.assert(fc.property(fc.double({ noNaN: true }), (value) => Object.is(parseNumber(Object.is(value, -0) ? '-0' : String(value)), value)));
});

test('numberOf takes numbers, booleans, big integers and quoted non-finite numbers only', () => {
  expect([1, true, 10n, 'NaN', '-inf', '1', null, [1]].map(numberOf)).toEqual([1, 1, 10, Number.NaN, Number.NEGATIVE_INFINITY, null, null, null]);
});

test('parseJson takes what Python and C write', () => {
  expect(parseJson('{"a": NaN, "b": [-Infinity, Infinity, nan, -inf], "NaN": "NaN, -Infinity"}')).toEqual({
    a: Number.NaN,
    b: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY],
    NaN: 'NaN, -Infinity',
  });
  expect(parseJson('\uFEFF [9007199254740993, -9223372036854775808, 0.30000000000000004, 1234567890123456]')).toEqual([
    9007199254740993n,
    -9223372036854775808n,
    0.30000000000000004,
    1234567890123456,
  ]);
  expect(Object.is(parseJson('-0'), -0)).toBe(true);
  expect(Object.is((parseJson('[-0, NaN]') as number[])[0], -0)).toBe(true);
});

test('parseJson refuses what is no JSON, early ends and nesting bombs', () => {
  for (const text of ['', '{', '[1,', '{"a" 1}', '{"a": nano}', '[NaN', '{"a": NaN,}', '[NaN] x', '"NaN', '[1 NaN]', '{NaN: 1}', "[NaN, '1']"])
    expect(() => parseJson(text), text).toThrow(SyntaxError);
  expect(() => parseJson('['.repeat(100_000))).toThrow(SyntaxError);
  expect(() => parseJson(`${'{"a":'.repeat(300)}NaN${'}'.repeat(300)}`)).toThrow(SyntaxError);
  expect(parseJson(JSON.stringify(`${'['.repeat(400)}\\"`))).toBe(`${'['.repeat(400)}\\"`);
});

test('parseJson does not let names pollute', () => {
  for (const text of ['{"__proto__": {"polluted": 1}}', '{"__proto__": {"polluted": NaN}}']) {
    const value = parseJson(text) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(value.polluted).toBeUndefined();
    expect(Object.keys(flatten(value as never))).toEqual(['__proto__.polluted']);
  }
});

test('parseJson is JSON.parse wherever JSON.parse is right', () => {
  fc.assert(
    fc.property(fc.json(), fc.boolean(), (text, careful) => {
      const wrapped = careful ? `[${text}, NaN]` : `[${text}, 0]`;
      const value = (parseJson(wrapped) as unknown[])[0];
      const big = JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item));
      expect(big).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('flatten joins names and keeps arrays and empty objects as values', () => {
  expect({ ...flatten({ a: { b: 1, c: { d: [1, { e: 2 }] } }, f: {}, g: null }) }).toEqual({ 'a.b': 1, 'a.c.d': [1, { e: 2 }], f: {}, g: null });
  expect({ ...flatten({ a: { b: 1 } }, '/') }).toEqual({ 'a/b': 1 });
  expect({ ...flatten([1]) }).toEqual({});
});

test('decodeUtf8 removes the mark, reads UTF-16 with a mark and tells bad bytes', () => {
  expect(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toEqual({ text: 'a', bad: false, latin: false });
  expect(decodeUtf8(new Uint8Array([0xff, 0xfe, 0x61, 0x00]))).toEqual({ text: 'a', bad: false, latin: false });
  expect(decodeUtf8(new Uint8Array([0x61, 0xff, 0x62]))).toEqual({ text: 'a\uFFFDb', bad: true, latin: false });
  expect(decodeUtf8(new TextEncoder().encode('\uFFFD'))).toEqual({ text: '\uFFFD', bad: false, latin: false });
  expect(decodeUtf8(new Uint8Array([0x67, 0x72, 0xf6, 0xdf, 0x65]))).toEqual({ text: 'größe', bad: true, latin: true });
  // One letter is UTF-8: the other was damaged.
  expect(decodeUtf8(new Uint8Array([0x67, 0xc3, 0xb6, 0xdf, 0x65]))).toEqual({ text: 'gö\uFFFDe', bad: true, latin: false });
});

/** A file that answers with at most `piece` bytes in a buffer that the next read overwrites. */
function pieces(bytes: Uint8Array, piece: number) {
  const buffer = new Uint8Array(piece);
  return {
    name: 'f',
    path: 'f',
    size: bytes.length,
    modifiedMs: null,
    read(offset: number, length: number) {
      const part = bytes.subarray(offset, offset + Math.min(length, piece));
      buffer.fill(0xff);
      buffer.set(part);
      return buffer.subarray(0, part.length);
    },
  };
}

test('readExactly and readWhole put pieces together and keep them', async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
  const file = pieces(bytes, 7);
  expect(await readExactly(file, 10, 100)).toEqual(bytes.slice(10, 110));
  expect(await readExactly(file, 990, 100)).toEqual(bytes.slice(990));
  const signal = new AbortController().signal;
  expect(await readWhole(file, { wholeFileBytes: 1000 }, signal)).toEqual(bytes);
  await expect(readWhole(file, { wholeFileBytes: 999 }, signal)).rejects.toMatchObject({ code: 'too-large' });
});

async function collect(bytes: Uint8Array, piece: number, maxLength = 1000) {
  const all: string[] = [];
  let complete = true;
  const tooLong: number[] = [];
  async function* source() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  for await (const slice of linesOf(source(), maxLength)) {
    const { lines, firstLine }: LineSlice = slice;
    expect(firstLine).toBe(all.length + 1);
    all.push(...lines);
    complete = slice.complete;
    tooLong.push(...slice.tooLong);
  }
  return { all, complete, tooLong };
}

test('lines are the same however the bytes come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'é', '\n', '\r\n', '漢字', '🙂', '')),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (parts, piece, mark) => {
        const text = parts.join('');
        const bytes = new TextEncoder().encode((mark ? '\uFEFF' : '') + text);
        const { all, complete } = await collect(bytes, piece);
        const expected = text.split('\n');
        const tail = expected.pop() as string;
        expect(all).toEqual([...expected.map((line) => line.replace(/\r$/, '')), ...(tail === '' ? [] : [tail])]);
        expect(complete).toBe(tail === '');
      },
    ),
  );
});

test('a line beyond the limit is left out and named', async () => {
  const bytes = new TextEncoder().encode(`ok\n${'x'.repeat(50)}\nfine\n${'y'.repeat(50)}`);
  for (const piece of [3, 1000]) expect(await collect(bytes, piece, 20)).toEqual({ all: ['ok', '', 'fine', ''], complete: false, tooLong: [2, 4] });
});

test('reading in slices gives way, so that a cancel from outside gets through', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 0);
  let clock = Date.now();
  const now = vi.spyOn(Date, 'now').mockImplementation(() => (clock += 20));
  const file = scriptedFile('big.bin', new Uint8Array(64), { piece: 1 });
  let slices = 0;
  const all = async () => {
    for await (const slice of readSlices(file, { signal: stop.signal, limits: defaultLimits, progress: () => {} })) slices += slice.length;
  };
  await expect(all()).rejects.toThrow('enough');
  expect(slices).toBeLessThan(64);
  now.mockRestore();
});
