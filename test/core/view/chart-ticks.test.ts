// Ticks and numbers: round, distinct, within the range, and readable.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullNumber, shortCount, shortNumber } from '../../../src/core/view/chart-numbers';
import { durationText, ticksOf } from '../../../src/core/view/chart-ticks';

const texts = (...of: Parameters<typeof ticksOf>): string[] => ticksOf(...of).map((tick) => tick.text);

test('linear ticks', () => {
  expect(texts('linear', 0, 1, 5)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
  expect(texts('linear', 0, 99_990, 4)).toEqual(['0', '25,000', '50,000', '75,000']);
  expect(texts('linear', 0, 4e6, 4)).toEqual(['0', '1M', '2M', '3M', '4M']);
  expect(texts('linear', 1000.1, 1000.3, 4)).toEqual(['1000.1', '1000.15', '1000.2', '1000.25', '1000.3']);
  expect(texts('linear', -2e-7, 2e-7, 4)).toEqual(['−2e−7', '−1e−7', '0', '1e−7', '2e−7']);
});

test('log ticks: decades where there are many, 1-2-5 where there are few', () => {
  expect(texts('log', 1e-4, 10, 6)).toEqual(['1e−4', '0.001', '0.01', '0.1', '1', '10']);
  expect(texts('log', 0.9, 12, 6)).toEqual(['1', '2', '5', '10']);
  expect(texts('log', 0.31, 0.34, 4).length).toBeGreaterThan(1);
  expect(texts('log', 1e-300, 1e300, 5).length).toBeLessThan(8);
});

test('durations', () => {
  expect(texts('duration', 0, 3600, 4)).toEqual(['0', '15m', '30m', '45m', '1h']);
  expect(texts('duration', 0, 90, 4)).toEqual(['0', '30s', '1m', '1m 30s']);
  expect([0, 0.25, 59, 61, 3660, 90_000, -5].map(durationText)).toEqual(['0', '0.25s', '59s', '1m 1s', '1h 1m', '1d 1h', '−5s']);
});

test('time ticks fall on round local time, the date stands once a day', () => {
  const noon = new Date(2026, 10, 23, 12, 3).getTime();
  const ticks = texts('time', noon, noon + 4 * 3_600_000, 4);
  expect(ticks).toEqual(['23 Nov 13:00', '14:00', '15:00', '16:00']);
});

test.each(['linear', 'log', 'time', 'duration'] as const)('%s: any range gives few, distinct, rising ticks inside it', (scale) =>
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
      fc.integer({ min: 1, max: 10 }),
      (a, b, wanted) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(max / min > 1.000001);
        const ticks = ticksOf(scale, min, max, wanted);
        expect(ticks.length).toBeLessThanOrEqual(Math.max(12, 4 * wanted));
        for (const [i, { at }] of ticks.entries()) {
          expect(at).toBeGreaterThanOrEqual(min - (max - min) * 1e-6);
          expect(at).toBeLessThanOrEqual(max + (max - min) * 1e-6);
          if (i > 0) expect(at).toBeGreaterThan((ticks[i - 1] as { at: number }).at);
        }
        if (scale === 'linear') expect(new Set(ticks.map((tick) => tick.text)).size).toBe(ticks.length);
      },
    ),
  ),
);

test('numbers', () => {
  expect([0, 0.00012, 1.23456789, 12_345.678, 1.5e9, 1e-7, -0.5].map((value) => shortNumber(value))).toEqual([
    '0',
    '0.00012',
    '1.2346',
    '12,346',
    '1.5e9',
    '1e−7',
    '−0.5',
  ]);
  expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0.1].map(fullNumber)).toEqual(['NaN', '∞', '−∞', '-0', '0.1']);
  expect([980, 9999, 12_400, 1_204_311].map(shortCount)).toEqual(['980', '9,999', '12.4k', '1.2M']);
});
