// Intervals of a series: restarts and repeats taken out, schedules told from disorder, hostile columns answered.
import { expect, test } from 'vitest';
import { cadenceOf } from '../../../src/core/practices/cadence';

const of = (steps: readonly number[], times: readonly number[] | null = null) =>
  cadenceOf({ steps: Float64Array.from(steps), values: new Float64Array(steps.length), times: times && Float64Array.from(times) });

test('a regular series', () => {
  expect(of([0, 10, 20, 30], [0, 100, 200, 300])).toEqual({
    intervals: 3,
    median: 10,
    commonest: 10,
    commonestShare: 1,
    variation: 0,
    monotone: true,
    timeVariation: 0,
    lastMs: 300,
  });
});

test('a restart and repeated steps make no interval', () => {
  expect(of([0, 10, 20, 30, 20, 30, 40])).toMatchObject({ intervals: 5, median: 10, variation: 0 });
  expect(of([0, 10, 20, 30, 13, 23, 33, 43, 53, 63, 73])).toMatchObject({ median: 10, commonestShare: 1 });
});

test('points out of order are put in order', () => {
  expect(of([10, 0, 30, 20, 50, 40])).toMatchObject({ intervals: 5, median: 10, variation: 0 });
});

test('steps that are no whole numbers are equal up to rounding', () => {
  expect(of([0, 0.1, 0.2, 0.30000000000000004, 0.4])).toMatchObject({ commonestShare: 1 });
});

test('a schedule only grows or only shrinks', () => {
  expect(of([1, 2, 4, 8, 16])?.monotone).toBe(true);
  expect(of([1, 2, 9, 10, 30])?.monotone).toBe(false);
});

test('what has no interval says so', () => {
  expect(of([5])).toMatchObject({ intervals: 0, lastMs: null });
  expect(of([])).toBeNull();
  expect(of([Number.NaN, Number.NaN])).toMatchObject({ intervals: 0 });
  expect(cadenceOf({ steps: null, values: new Float64Array(2), times: Float64Array.from([1, 2]) })).toMatchObject({ intervals: 0, lastMs: 2 });
  expect(cadenceOf({ steps: null, values: new Float64Array(2), times: null })).toBeNull();
});
