// Texts of a hundred thousand characters that make an expression with two ways to match take hours: each is read at once, or this times out.
import { expect, test } from 'vitest';
import { normalise } from '../../../src/core/compare/same-value';
import { setAside } from '../../../src/core/effects/set-aside';
import { parseNumber } from '../../../src/core/formats/numbers';
import { contextText } from '../../../src/core/model/run';
import { inferRole } from '../../../src/core/series/roles';

const long = (part: string, end = '!'): string => part.repeat(Math.ceil(400_000 / part.length)) + end;

test.each(['0', '1', '9.', '0 '])('digits that end as none: %j', (part) => {
  expect(parseNumber(long(part))).toBeNull();
  expect(normalise(long(part))).toBe(long(part));
});

test('a list that is a text', () => {
  expect(contextText({ list: long('1, ') })).toBe(`list=${long('1, ')}`);
  expect(contextText({ list: 'a, b=1' })).toBe('list="a, b=1"');
});

test.each(['loss ', 'loss/', 'loss', '_dir', 'id_', 'a'])('names of %j', (part) => {
  expect(inferRole(long(part), []).confidence).toBeLessThanOrEqual(1);
  const level = { key: 'x', text: 'x', number: null };
  const param = { name: long(part), type: 'category', levels: [level, { ...level, key: 'y', text: 'y' }] };
  expect(() => setAside(param as unknown as Parameters<typeof setAside>[0], 2)).not.toThrow();
});
