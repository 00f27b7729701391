// Our own forms of media: what is written reads back the same, what is too much is cut and said, and foreign bytes are no form.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  confusionBytes,
  contentsOfTable,
  curveBytes,
  formBounds,
  histogramBytes,
  parseConfusion,
  parseCurve,
  parseHistogram,
  parseTable,
  tableBytes,
} from '../../../src/core/model/media-forms';

const utf8 = (text: string) => new TextEncoder().encode(text);
const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 60));

test('tables read back the same, cells of every kind', () => {
  const cell = fc.oneof(
    fc.string(),
    number,
    fc.boolean(),
    fc.constant(null),
    fc.record({ content: fc.string(), form: fc.constantFrom('image' as const, 'audio' as const) }),
  );
  const table = fc.integer({ min: 0, max: 4 }).chain((width) =>
    fc.record({
      columns: fc.array(fc.string(), { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }),
    }),
  );
  fc.assert(
    fc.property(table, (one) => {
      const { bytes, cut } = tableBytes(one);
      expect(cut).toBe(false);
      expect(parseTable(bytes)).toEqual(one);
    }),
  );
});

test('histograms, confusion matrices and curves read back the same', () => {
  const counts = fc.array(number, { maxLength: 20 });
  fc.assert(
    fc.property(counts, number, fc.array(fc.string(), { maxLength: 6 }), (list, first, labels) => {
      const histogram = { edges: [first, ...list], counts: list };
      expect(parseHistogram(histogramBytes(histogram).bytes)).toEqual(histogram);
      const confusion = { labels, counts: labels.map((_, row) => labels.map((_, column) => row * 10 + column)), note: 'as counted' };
      expect(parseConfusion(confusionBytes(confusion).bytes)).toEqual(confusion);
      const curve = { x: 'recall', y: 'precision', lines: labels.map((name) => ({ name, x: list, y: list })) };
      expect(parseCurve(curveBytes(curve).bytes)).toEqual(curve);
    }),
  );
});

describe('what is too much', () => {
  test('a million bins are put together, and no count is lost', () => {
    const counts = Array.from({ length: 1_000_003 }, (_, i) => i % 7);
    const { bytes, cut } = histogramBytes({ edges: Array.from({ length: counts.length + 1 }, (_, i) => i), counts });
    const read = parseHistogram(bytes)!;
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    expect(cut).toBe(true);
    expect(read.counts.length).toBeLessThanOrEqual(formBounds.bins);
    expect(sum(read.counts)).toBe(sum(counts));
    expect([read.edges[0], read.edges.at(-1)]).toEqual([0, counts.length]);
  });

  test('of a table of millions of cells the first rows stay, and what is left is counted', () => {
    const row = Array.from({ length: 100 }, (_, i) => i);
    const { bytes, cut } = tableBytes({ columns: row.map(String), rows: Array.from({ length: 100_000 }, () => row) });
    const read = parseTable(bytes)!;
    expect(cut).toBe(true);
    expect(read.rows).toHaveLength(formBounds.cells / 100);
    expect(read.moreRows).toBe(100_000 - read.rows.length);
    const wide = parseTable(tableBytes({ columns: Array.from({ length: 5000 }, (_, i) => `c${i}`), rows: [[1]] }).bytes)!;
    expect([wide.columns.length, wide.moreColumns, wide.rows[0]?.[1]]).toEqual([formBounds.columns, 5000 - formBounds.columns, null]);
    expect(parseTable(tableBytes({ columns: ['text'], rows: [['x'.repeat(1_000_000)]] }).bytes)!.rows[0]).toEqual([`${'x'.repeat(formBounds.cellText)}…`]);
  });

  test('curves and confusion matrices are thinned and cut', () => {
    const x = Array.from({ length: 300_001 }, (_, i) => i);
    const read = parseCurve(curveBytes({ x: 'x', y: 'y', lines: [{ name: 'a', x, y: x }] }).bytes)!;
    expect(read.lines[0]!.x.length).toBeLessThanOrEqual(formBounds.curvePoints + 1);
    expect([read.lines[0]!.x[0], read.lines[0]!.x.at(-1)]).toEqual([0, 300_000]);
    const labels = Array.from({ length: 2000 }, (_, i) => `class ${i}`);
    const { bytes, cut } = confusionBytes({ labels, counts: [[5]] });
    expect([parseConfusion(bytes)?.labels.length, parseConfusion(bytes)?.counts[0]?.[0], cut]).toEqual([formBounds.labels, 5, true]);
  });
});

test('bytes of strangers are no form where anything is amiss', () => {
  const parsers = [parseTable, parseHistogram, parseConfusion, parseCurve];
  const foreign = [
    '',
    'null',
    '[]',
    '{}',
    '{"columns":["a"],"rows":[[1,2]]}',
    '{"columns":["a"],"rows":[[{"content":"x","form":"page"}]]}',
    '{"columns":["a"],"rows":[[[1]]]}',
    '{"edges":[1,2],"counts":[1,2]}',
    '{"edges":[1,"2"],"counts":[1]}',
    '{"labels":["a"],"counts":[[1,2]]}',
    '{"labels":["a","b"],"counts":[[1,2]]}',
    '{"x":"x","y":"y","lines":[{"name":"a","x":[1],"y":[]}]}',
    '{"edges":{"$":"999n"},"counts":[]}',
    `${'['.repeat(100_000)}`,
  ];
  for (const text of foreign) for (const parse of parsers) expect(parse(utf8(text)), text.slice(0, 60)).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      for (const parse of parsers) expect(parse(bytes)).toBeNull();
    }),
  );
});

test('a table names the contents of its cells, each once', () => {
  const cell = (content: string) => ({ content, form: 'image' as const });
  expect(
    contentsOfTable({
      columns: ['a', 'b'],
      rows: [
        [cell('x'), 1],
        [cell('y'), cell('x')],
      ],
    }),
  ).toEqual(['x', 'y']);
  expect(contentsOfTable(null)).toEqual([]);
});
