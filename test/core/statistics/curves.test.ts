// Methods for curves against their definitions, computed the slow way, and against known answers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../src/core/base/random';
import { mad, median } from '../../../src/core/statistics/basic';
import { levelChanges } from '../../../src/core/statistics/changes';
import { curveNoise, runningMedian, SortedWindow } from '../../../src/core/statistics/robust';
import { mannKendall, theilSen } from '../../../src/core/statistics/trend';

const numbers = (most: number) => fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: most });

describe('Mann–Kendall', () => {
  test('τ is that of all pairs, ties counted', () => {
    fc.assert(
      fc.property(numbers(60), (values) => {
        let s = 0;
        let tied = 0;
        for (let i = 0; i < values.length; i++)
          for (let j = i + 1; j < values.length; j++) {
            s += Math.sign((values[j] as number) - (values[i] as number));
            if (values[i] === values[j]) tied += 1;
          }
        const pairs = (values.length * (values.length - 1)) / 2;
        const tau = tied < pairs ? s / Math.sqrt(pairs * (pairs - tied)) : 0;
        expect(mannKendall(values).tau).toBeCloseTo(tau, 10);
      }),
      { seed: 1 },
    );
  });

  test('a line is sure; of noise, and of noise that wanders, only about the share that p says', () => {
    expect(mannKendall(Array.from({ length: 40 }, (_, i) => i)).p).toBeLessThan(1e-6);
    const random = randomOf(3);
    const noise = Array.from({ length: 300 }, () => mannKendall(Array.from({ length: 200 }, () => random.normal())).p);
    const sure = noise.filter((p) => p < 0.05).length / noise.length;
    expect(sure).toBeGreaterThan(0.01);
    expect(sure).toBeLessThan(0.09);
    // A random walk is no trend: without the correction nine in ten would be "significant".
    const walks = Array.from({ length: 200 }, () => {
      let at = 0;
      return mannKendall(Array.from({ length: 100 }, () => (at = 0.8 * at + random.normal()))).p;
    });
    expect(walks.filter((p) => p < 0.05).length / walks.length).toBeLessThan(0.15);
  });
});

describe('Theil–Sen', () => {
  test('is the median of the slopes of all pairs, and its interval holds it', () => {
    fc.assert(
      fc.property(numbers(40), (y) => {
        const slopes: number[] = [];
        for (let i = 0; i < y.length; i++) for (let j = i + 1; j < y.length; j++) slopes.push(((y[j] as number) - (y[i] as number)) / (j - i));
        const told = theilSen(
          Float64Array.from(y, (_, i) => i),
          y,
        );
        expect(told.slope).toBeCloseTo(median(slopes), 10);
        expect(told.low).toBeLessThanOrEqual(told.slope);
        expect(told.high).toBeGreaterThanOrEqual(told.slope);
      }),
      { seed: 1 },
    );
  });

  test('the interval covers the slope of a noisy line about as often as it says, outliers included', () => {
    const random = randomOf(7);
    const x = Float64Array.from({ length: 60 }, (_, i) => i);
    let held = 0;
    for (let run = 0; run < 300; run++) {
      const { low, high } = theilSen(
        x,
        x.map((at) => 0.1 * at + random.normal() + (random.next() < 0.05 ? 50 : 0)),
      );
      if (low <= 0.1 && high >= 0.1) held += 1;
    }
    expect(held / 300).toBeGreaterThan(0.9);
  });

  test('too little gives NaN', () => {
    expect(theilSen([1], [1]).slope).toBeNaN();
    expect(theilSen([1, 1], [1, 2]).slope).toBeNaN();
  });
});

test('a window in order gives median, MAD and log-MAD of what is in it', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 }), (values) => {
      const window = new SortedWindow(20);
      for (const [i, value] of values.entries()) {
        window.add(value);
        if (window.size > 20) window.remove(values[i - 20] as number);
        const inside = values.slice(Math.max(0, i - 19), i + 1);
        const centre = median(inside);
        expect(window.median).toBeCloseTo(centre, 10);
        // For an even number the upper of the two middle distances may stand for their mean.
        const distances = inside.map((one) => Math.abs(one - centre)).sort((a, b) => a - b);
        const middle = [distances[(distances.length - 1) >> 1], distances[distances.length >> 1]] as [number, number];
        expect(window.mad(centre)).toBeGreaterThanOrEqual(middle[0] - 1e-9);
        expect(window.mad(centre)).toBeLessThanOrEqual(middle[1] + 1e-9);
      }
    }),
    { seed: 1 },
  );
});

test('a running median passes over spikes and keeps steps; noise is found about a slope', () => {
  expect([...runningMedian(Float64Array.of(1, 1, 9, 1, 1, 5, 5, 5), 3)]).toEqual([1, 1, 1, 1, 1, 5, 5, 5]);
  const random = randomOf(1);
  const noisy = Float64Array.from({ length: 5000 }, (_, i) => i * 0.001 + 0.5 * random.normal());
  expect(curveNoise(noisy)).toBeGreaterThan(0.45);
  expect(curveNoise(noisy)).toBeLessThan(0.55);
  expect(mad(noisy)).toBeGreaterThan(curveNoise(noisy));
});

test('PELT finds the steps of levels, and none in noise', () => {
  const random = randomOf(5);
  const levels = Float64Array.from({ length: 300 }, (_, i) => (i < 100 ? 0 : i < 220 ? 3 : 1) + 0.3 * random.normal());
  const penalty = 3 * 0.09 * Math.log(300);
  expect(levelChanges(levels, penalty)).toEqual([100, 220]);
  expect(
    levelChanges(
      Float64Array.from({ length: 300 }, () => 0.3 * random.normal()),
      penalty,
    ),
  ).toEqual([]);
});
