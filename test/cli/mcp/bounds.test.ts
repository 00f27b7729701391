import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bounded, type JsonObject } from '../../../src/cli/mcp/bounds';

const words = { list: 'runs', narrow: 'Ask for less.' };
const size = (value: unknown) => JSON.stringify(value).length;

describe('an answer that fits', () => {
  test('is left as it is', () => {
    const document = { runs: [{ id: 'a' }], note: 'x' };
    expect(bounded(document, 4000, words)).toEqual({ document, leftOut: [], kept: 1 });
  });
});

describe('one that does not', () => {
  test('keeps whole items from the beginning and says how many', () => {
    const runs = Array.from({ length: 100 }, (_, i) => ({ id: i, text: 'x'.repeat(200) }));
    const { document, leftOut, kept } = bounded({ runs, note: 'y' }, 8000, words);
    expect(document.runs).toEqual(runs.slice(0, kept));
    expect(document.note).toBe('y');
    expect(leftOut).toEqual([{ what: 'runs', kept, of: 100, narrow: 'Ask for less.' }]);
    expect(kept).toBeGreaterThan(20);
  });

  test('shortens within an item only where not one fits whole', () => {
    const { document, leftOut, kept } = bounded({ runs: [{ series: Array.from({ length: 5000 }, (_, i) => ({ name: `loss ${i}` })) }] }, 8000, words);
    expect(kept).toBe(1);
    expect(leftOut).toEqual([{ what: 'runs[].series', kept: 100, of: 5000, narrow: 'Ask for less.' }]);
    expect(document).toMatchObject({ runs: [{ series: expect.arrayContaining([{ name: 'loss 0' }, { name: 'loss 99' }]) }] });
  });

  test('cuts tables of ten thousand params, but never a record of a few fields', () => {
    const params = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, i]));
    const record = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 'x'.repeat(20_000) };
    const { document, leftOut } = bounded({ params, record }, 4000, { list: null, narrow: '' });
    expect(Object.keys(document.record as JsonObject)).toEqual(Object.keys(record));
    expect(leftOut.map(({ what }) => what)).toEqual(expect.arrayContaining(['params', 'characters of record.f']));
  });

  const shape = fc.record({
    runs: fc.nat(60),
    series: fc.nat(300),
    table: fc.nat(400),
    text: fc.nat(6000),
    deep: fc.nat(40),
    limit: fc.integer({ min: 4000, max: 40_000 }),
  });

  test('is never larger than the limit, whatever its shape', () => {
    let whole = 0;
    fc.assert(
      fc.property(shape, ({ runs, series, table, text, deep, limit }) => {
        const part = {
          series: Array.from({ length: series }, (_, i) => ({ name: `"${i}"`, values: Array.from({ length: deep }, () => i) })),
          params: Object.fromEntries(Array.from({ length: table }, (_, i) => [`p${i}`, { nested: 'é"'.repeat(deep) }])),
          notes: '\n'.repeat(text),
        };
        const document = { runs: Array.from({ length: runs }, (_, i) => ({ id: i, ...part })), rest: part, more: [[part]] };
        const { document: fitting, leftOut, kept } = bounded(document, limit, words);
        expect(size({ ...fitting, left_out: leftOut })).toBeLessThanOrEqual(limit);
        whole += size(document) <= limit ? 1 : 0;
        if (size(document) <= limit) expect([fitting, leftOut]).toEqual([document, []]);
        else expect(leftOut.length).toBeGreaterThan(0);
        expect(kept).toBeLessThanOrEqual(runs);
      }),
      { numRuns: 40 },
    );
    // Most of what was drawn had to be cut.
    expect(whole).toBeLessThan(20);
  });
});
