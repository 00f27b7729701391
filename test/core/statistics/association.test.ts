// Fisher's exact test, Kendall's τ and levels of stretches against published and independently computed values.
import { expect, test } from 'vitest';
import { randomOf } from '../../../src/core/base/random';
import { fisherGreater } from '../../../src/core/statistics/fisher';
import { kendall } from '../../../src/core/statistics/kendall';
import { levelDifference } from '../../../src/core/statistics/stretches';

test('Fisher: the lady tasting tea', () => {
  expect(fisherGreater(3, 4, 4, 8)).toBeCloseTo(17 / 70, 12);
  expect(fisherGreater(4, 4, 4, 8)).toBeCloseTo(1 / 70, 12);
});

test('Fisher: tables summed exactly', () => {
  expect(fisherGreater(8, 10, 9, 24)).toBeCloseTo(0.0004894822501499039, 12);
  expect(fisherGreater(5, 5, 5, 20)).toBeCloseTo(6.449948400412796e-5, 14);
});

test('Fisher: what must be is certain', () => {
  expect(fisherGreater(0, 5, 3, 20)).toBe(1);
  expect(fisherGreater(0, 0, 3, 20)).toBe(1);
  expect(fisherGreater(3, 20, 3, 20)).toBe(1);
});

test('Kendall: τ-b with ties, as SciPy gives it', () => {
  expect(kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]).tau).toBeCloseTo(-0.4714045207910316, 12);
  expect(kendall([1, 2, 3, 4, 5], [3, 4, 1, 2, 5]).tau).toBeCloseTo(0.2, 12);
  expect(kendall([1, 2, 3], [3, 2, 1]).tau).toBe(-1);
});

test('Kendall: equal to counting all pairs, whatever the order of rows', () => {
  const random = randomOf(3);
  const x = Array.from({ length: 60 }, () => random.integer(12));
  const y = Array.from({ length: 60 }, (_, i) => random.integer(9) + (x[i] as number) / 3);
  let score = 0;
  let freeX = 0;
  let freeY = 0;
  for (let i = 0; i < 60; i++) {
    for (let j = 0; j < i; j++) {
      const dx = Math.sign((x[i] as number) - (x[j] as number));
      const dy = Math.sign((y[i] as number) - (y[j] as number));
      score += dx * dy;
      freeX += dx * dx;
      freeY += dy * dy;
    }
  }
  expect(kendall(x, y).tau).toBeCloseTo(score / Math.sqrt(freeX * freeY), 12);
  expect(kendall([...x].reverse(), [...y].reverse()).tau).toBeCloseTo(kendall(x, y).tau, 12);
});

test('Kendall: too little says nothing', () => {
  expect(kendall([1], [1]).tau).toBeNaN();
  expect(kendall([1, 1, 1], [1, 2, 3]).tau).toBeNaN();
  expect(kendall([1, 2, 3], [1, 2, 3]).p).toBeNaN();
});

test('levels: values that alternate hide nothing: the pooled two-sample statistic', () => {
  const a = [2, 4, 2, 4, 2, 4, 2, 4];
  const b = a.map((value) => value - 3);
  expect(levelDifference(a, b)).toBeCloseTo(3 / Math.sqrt((16 / 14) * (1 / 8 + 1 / 8)), 12);
  expect(levelDifference(b, a)).toBeCloseTo(-levelDifference(a, b), 12);
});

test('levels: noise that wanders is held to be far less evidence than noise that does not', () => {
  const random = randomOf(5);
  const wandering = (level: number): number[] => {
    let drift = 0;
    return Array.from({ length: 200 }, () => {
      drift = 0.9 * drift + Math.sqrt(1 - 0.81) * random.normal();
      return level + drift;
    });
  };
  const jumping = (level: number): number[] => Array.from({ length: 200 }, () => level + random.normal());
  expect(levelDifference(jumping(1), jumping(0))).toBeGreaterThan(2 * levelDifference(wandering(1), wandering(0)));
});

test('levels: too little says nothing, and no noise is certain', () => {
  expect(levelDifference([1, 2, 3], [1, 2, 3, 4])).toBeNaN();
  expect(levelDifference([2, 2, 2, 2], [1, 1, 1, 1])).toBe(Number.POSITIVE_INFINITY);
  expect(levelDifference([1, 1, 1, 1], [1, 1, 1, 1])).toBe(0);
});
