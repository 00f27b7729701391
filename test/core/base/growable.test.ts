// Columns that grow, compared with plain arrays under random appends and purges.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PointColumns } from '../../../src/core/base/growable';

const floats = (...values: number[]) => new Float64Array(values);

test('a single batch is adopted, not copied', () => {
  const batch = floats(1, 2, 3);
  const columns = new PointColumns();
  columns.append(null, batch, null);
  expect(columns.take().values.buffer).toBe(batch.buffer);
});

test('a view of a large buffer does not keep it alive', () => {
  const columns = new PointColumns();
  columns.append(null, new Float64Array(1000).subarray(0, 2), null);
  expect(columns.take().values.buffer.byteLength).toBe(16);
});

test('batches that lack a column leave NaN where it is missing', () => {
  const columns = new PointColumns();
  columns.append(null, floats(1, 2), null);
  columns.append(floats(5), floats(3), floats(100));
  columns.append(null, floats(4), null);
  expect(columns.order).toEqual({ sorted: false, repeats: false, missing: true });
  const { steps, values, times } = columns.take();
  expect([...(steps ?? [])]).toEqual([Number.NaN, Number.NaN, 5, Number.NaN]);
  expect([...(times ?? [])]).toEqual([Number.NaN, Number.NaN, 100, Number.NaN]);
  expect([...values]).toEqual([1, 2, 3, 4]);
});

test('purging keeps points without a step and the exact digits of those that stay', () => {
  const columns = new PointColumns();
  columns.append(floats(9, 1, Number.NaN, 2 ** 60), floats(0, 1, 2, 3), null, { 3: '1152921504606846977' });
  columns.append(floats(3), floats(4), null);
  expect(columns.purge(9)).toBe(2);
  columns.append(floats(2 ** 61), floats(5), null, { 0: '2305843009213693953' });
  const { steps, values, exactSteps } = columns.take();
  expect([...(steps ?? [])]).toEqual([1, Number.NaN, 3, 2 ** 61]);
  expect([...values]).toEqual([1, 2, 4, 5]);
  expect(exactSteps).toEqual({ 3: '2305843009213693953' });
});

test('columns of different lengths are a mistake of the reader', () => {
  expect(() => new PointColumns().append(floats(1), floats(1, 2), null)).toThrow('length');
});

test('any appends and purges do what plain arrays do', () => {
  const step = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(Number.NaN));
  const append = fc.record({ append: fc.array(step, { maxLength: 12 }), sorted: fc.boolean() });
  const purge = fc.record({ purge: fc.integer({ min: 0, max: 22 }) });
  fc.assert(
    fc.property(fc.array(fc.oneof(append, purge), { maxLength: 20 }), (actions) => {
      const columns = new PointColumns();
      let plain: { step: number; value: number }[] = [];
      let next = 0;
      for (const action of actions) {
        if ('purge' in action) {
          const kept = plain.filter((point) => !(point.step >= action.purge));
          expect(columns.purge(action.purge)).toBe(plain.length - kept.length);
          plain = kept;
        } else {
          const steps = action.sorted ? [...action.append].sort((a, b) => a - b) : action.append;
          const points = steps.map((one) => ({ step: one, value: next++ }));
          columns.append(
            Float64Array.from(steps),
            Float64Array.from(points, ({ value }) => value),
            null,
          );
          plain.push(...points);
        }
      }
      const { steps, values } = columns.take();
      expect([...values]).toEqual(plain.map(({ value }) => value));
      expect([...(steps ?? [])]).toEqual(plain.map((point) => point.step));
    }),
  );
});
