// Limits that a person changed: known names and positive numbers only.
import { expect, test } from 'vitest';
import { defaultLimits, limitsWith } from '../../../src/core/source/reader';

test('known names change, everything else keeps its default', () => {
  expect(limitsWith({ depth: 3, entries: 10 })).toEqual({ ...defaultLimits, depth: 3, entries: 10 });
  expect(limitsWith({ depth: 0, entries: -1, fileBytes: Number.NaN, nonsense: 5, __proto__: 7 })).toEqual(defaultLimits);
});
