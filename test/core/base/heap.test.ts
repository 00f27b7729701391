// A heap gives what it holds in order, also where its first was changed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap } from '../../../src/core/base/heap';

test('gives numbers as sorting does, whatever was taken out between', () => {
  const step = fc.oneof(
    fc.integer().map((push) => ({ push })),
    fc.constant('pop' as const),
    fc.integer({ min: 0 }).map((raise) => ({ raise })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const heap = new Heap<{ value: number }>((a, b) => a.value < b.value);
      let held: number[] = [];
      for (const one of steps) {
        const [least] = held.toSorted((a, b) => a - b);
        expect(heap.top?.value).toBe(least);
        if (one === 'pop') expect(heap.pop()?.value).toBe(least);
        else if ('push' in one) heap.push({ value: one.push });
        else if (heap.top) {
          heap.top.value += one.raise;
          heap.settleTop();
        }
        if (one === 'pop') held = held.toSorted((a, b) => a - b).slice(1);
        else if ('push' in one) held.push(one.push);
        else if (held.length > 0) held = [(least as number) + one.raise, ...held.toSorted((a, b) => a - b).slice(1)];
        expect(heap.size).toBe(held.length);
      }
    }),
  );
});
