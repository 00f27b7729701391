import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinnedTo } from '../../../src/cli/mcp/thin';
import type { Points } from '../../../src/core/model/run';

const pointsOf = (values: readonly number[], steps?: readonly number[]): Points =>
  ({ steps: Float64Array.from(steps ?? values.map((_, i) => i)), values: Float64Array.from(values), times: null }) as Points;
const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

test('a short curve is whole', () => {
  expect(thinnedTo(pointsOf([3, Number.NaN, 1]), { ...everything, most: 4 })).toEqual({ indices: [0, 1, 2], inWindow: 3 });
});

test('a window takes the steps within it, both ends included', () => {
  expect(thinnedTo(pointsOf([5, 6, 7, 8], [10, 20, 30, 40]), { from: 20, to: 30, most: 10 })).toEqual({ indices: [1, 2], inWindow: 2 });
});

test('keeps ends and extremes, in order, within the number asked for', () => {
  const value = fc.oneof({ weight: 8, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }) }, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 2000 }), fc.integer({ min: 4, max: 300 }), (values, most) => {
      const { indices, inWindow } = thinnedTo(pointsOf(values), { ...everything, most });
      expect(inWindow).toBe(values.length);
      expect(indices.length).toBeLessThanOrEqual(most);
      expect([...new Set(indices)].sort((a, b) => a - b)).toEqual(indices);
      expect([indices[0], indices.at(-1)]).toEqual([0, values.length - 1]);
      const finite = values.filter(Number.isFinite);
      const kept = indices.map((i) => values[i] as number);
      if (finite.length > 0) for (const extreme of [Math.min(...finite), Math.max(...finite)]) expect(kept.some((one) => one === extreme)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
