// A pure function that several components ask in one draw.
import { expect, test } from 'vitest';
import { memoLast } from '../../../src/renderer/queries/memo-last';

test('the last answer is given again for the same arguments', () => {
  let computed = 0;
  const sum = memoLast((x: number, y: number) => {
    computed += 1;
    return x + y;
  });
  expect([sum(1, 2), sum(1, 2), sum(2, 2), sum(Number.NaN, 1), sum(Number.NaN, 1)]).toEqual([3, 3, 4, Number.NaN, Number.NaN]);
  expect(computed).toBe(3);
});
