// Tables and charts out of trackers' JSON: bounded before they are laid out, whatever shape a stranger gives them.
import { expect, test } from 'vitest';
import { confusionOf, curveOf, jsonOf, plainCell, tableOfColumns, tableOfRecords, tableOfRows } from '../../../src/core/formats/media-json';
import { mediaTypeOf, sniffedType } from '../../../src/core/formats/media-types';
import { formBounds, parseConfusion, parseCurve, parseTable } from '../../../src/core/model/media-forms';

test('records have a column for each name, in the order in which they turn up', () => {
  const { bytes, cut } = tableOfRecords([{ a: 1 }, { b: 2n ** 60n, a: Number.NaN }, { c: [1, { d: null }] }]);
  expect(parseTable(bytes)).toEqual({
    columns: ['a', 'b', 'c'],
    rows: [
      [1, null, null],
      [Number.NaN, '1152921504606846976', null],
      [null, null, '[1,{"d":null}]'],
    ],
  });
  expect(cut).toBe(false);
});

test('a column for each of many rows, and a row for each of many columns, are cut before they are laid out', () => {
  const records = Array.from({ length: 50_000 }, (_, i) => ({ [`c${i}`]: i }));
  const wide = parseTable(tableOfRecords(records).bytes)!;
  expect([wide.columns.length, wide.moreColumns, wide.rows.length + wide.moreRows!]).toEqual([formBounds.columns, 50_000 - formBounds.columns, 50_000]);
  const columns = [Array.from({ length: 400_000 }, (_, i) => i), ...Array.from({ length: 400_000 }, () => [])];
  const tall = parseTable(tableOfColumns([], columns).bytes)!;
  expect([tall.columns.length, tall.rows.length + tall.moreRows!]).toEqual([formBounds.columns, 400_000]);
});

test('rows that are none are left out, short ones filled up', () => {
  expect(parseTable(tableOfRows(['a', 1], [[1], 'x', [2, 3, 4], null]).bytes)).toEqual({
    columns: ['a', '1'],
    rows: [
      [1, null],
      [2, 3],
    ],
  });
});

test('a confusion matrix counts what turns up again; a hundred thousand classes are cut', () => {
  const read = parseConfusion(
    confusionOf([
      ['cat', 'dog', 1],
      ['cat', 'dog', 2],
      ['owl', 'owl', 4],
    ]).bytes,
  );
  expect(read).toEqual({
    labels: ['cat', 'owl', 'dog'],
    counts: [
      [0, 0, 3],
      [0, 4, 0],
      [0, 0, 0],
    ],
  });
  const many = Array.from({ length: 100_000 }, (_, i): [string, string, number] => [`a${i}`, `p${i}`, 1]);
  expect(parseConfusion(confusionOf(many).bytes)?.labels).toHaveLength(formBounds.labels);
});

test('curves are put together by name', () => {
  const { bytes, form } = curveOf('x', 'y', [
    ['a', 0, 1],
    ['b', 0, 2],
    ['a', 1, 3],
  ]);
  expect(form).toBe('curve');
  expect(parseCurve(bytes)?.lines).toEqual([
    { name: 'a', x: [0, 1], y: [1, 3] },
    { name: 'b', x: [0], y: [2] },
  ]);
});

test('what is no JSON is undefined; cells never hold objects', () => {
  expect(jsonOf(new TextEncoder().encode('{"a": NaN'))).toBeUndefined();
  expect(plainCell(undefined)).toBeNull();
  expect(plainCell({ a: 1 })).toBe('{"a":1}');
});

test('SVG is never a picture, and a name never overrides what the bytes are', () => {
  expect(mediaTypeOf('a.SVG')).toEqual({ form: 'file', type: 'image/svg+xml' });
  expect(mediaTypeOf('constructor').form).toBe('file');
  expect(mediaTypeOf('a.PNG').form).toBe('image');
  expect(sniffedType(new TextEncoder().encode('<svg/>')).form).toBe('file');
  expect(sniffedType(new TextEncoder().encode('GIF89a')).type).toBe('image/gif');
});
