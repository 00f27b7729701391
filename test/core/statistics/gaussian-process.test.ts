// Cholesky factors, Sobol points and Gaussian processes, against what is known of them.

import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../src/core/base/random';
import { mean } from '../../../src/core/statistics/basic';
import { choleskyOf, inverse, logDeterminant, solve } from '../../../src/core/statistics/cholesky';
import { type Design, fitGaussianProcess, gaussianProcess, leaveGroupsOut } from '../../../src/core/statistics/gaussian-process';
import { sobol } from '../../../src/core/statistics/sobol';

describe('Cholesky', () => {
  const n = 12;
  const random = randomOf('cholesky');
  const half = Float64Array.from({ length: n * n }, () => random.normal());
  const matrix = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? 1 : 0;
    for (let k = 0; k < n; k++) sum += half[i * n + k]! * half[j * n + k]!;
    return sum;
  });
  const factor = choleskyOf(matrix, n)!;

  test('solves, inverts, and its determinant is that of the inverse turned over', () => {
    const x = Float64Array.from({ length: n }, () => random.normal());
    const b = Float64Array.from({ length: n }, (_, i) => x.reduce((sum, value, k) => sum + matrix[i * n + k]! * value, 0));
    for (const [i, value] of solve(factor, b).entries()) expect(value).toBeCloseTo(x[i]!, 9);
    const inverted = inverse(factor);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += matrix[i * n + k]! * inverted[k * n + j]!;
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 9);
      }
    }
    expect(logDeterminant(choleskyOf(inverted, n)!)).toBeCloseTo(-logDeterminant(factor), 9);
  });

  test('refuses what is not positive definite', () => {
    expect(choleskyOf(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
    expect(choleskyOf(Float64Array.of(Number.NaN), 1)).toBeNull();
  });
});

describe('Sobol', () => {
  test('unshifted, the first 21 dimensions are those of scipy.stats.qmc.Sobol', () => {
    const points = sobol(64, 21, { next: () => 0, integer: () => 0, normal: () => 0 });
    const row = (i: number) => [...points.subarray(i * 21, i * 21 + 21)].map((value) => value * 64);
    expect(row(5)).toEqual([56, 56, 8, 24, 56, 40, 56, 24, 24, 8, 24, 56, 56, 8, 56, 24, 56, 24, 24, 40, 40]);
    expect(row(13)).toEqual([52, 44, 52, 4, 28, 60, 36, 36, 36, 28, 52, 60, 4, 52, 12, 36, 12, 44, 36, 60, 36]);
    expect(row(63)).toEqual([1, 51, 23, 29, 55, 9, 37, 9, 53, 37, 27, 43, 35, 49, 21, 49, 5, 25, 61, 15, 15]);
  });

  test('any dimension has one point in each of 64 strata, by any seed', () => {
    const points = sobol(64, 30, randomOf(7));
    for (let d = 0; d < 30; d++) expect(new Set(Array.from({ length: 64 }, (_, i) => Math.floor(points[i * 30 + d]! * 64))).size).toBe(64);
  });
});

describe('Gaussian process', () => {
  /** A bowl in the first coordinate, a step by category in the second, nothing in the third. */
  const truth = (x: ArrayLike<number>) => 3 * (x[0]! - 0.4) ** 2 + (x[1] === 1 ? 0.5 : 0);
  const draw = (n: number, noise: number, seed: string): { readonly design: Design; readonly values: Float64Array } => {
    const random = randomOf(seed);
    const points = Array.from({ length: n }, () => Float64Array.of(random.next(), random.integer(3), random.next()));
    return { design: { points, categories: new Set([1]) }, values: Float64Array.from(points, (x) => truth(x) + noise * random.normal()) };
  };
  const standard = (values: Float64Array) => {
    const centre = mean(values);
    const scale = Math.sqrt(mean(values.map((y) => (y - centre) ** 2)));
    return { centre, scale, values: values.map((y) => (y - centre) / scale) };
  };

  test('predicts what it has not seen, gives the coordinate without effect the longest length, and learns the noise', () => {
    const { design, values } = draw(80, 0.05, 'bowl');
    const { centre, scale, values: z } = standard(values);
    const process = fitGaussianProcess(design, z, 0.1, randomOf(1))!;
    const errors = draw(50, 0, 'other').design.points.map((x) => process.predict(x).mean * scale + centre - truth(x));
    expect(Math.sqrt(mean(errors.map((e) => e * e)))).toBeLessThan(0.05);
    const [first, , third] = process.hyper.logLengths;
    expect(third! - first!).toBeGreaterThan(1);
    expect(Math.sqrt(Math.exp(process.hyper.logNoise)) * scale).toBeGreaterThan(0.035);
    expect(Math.sqrt(Math.exp(process.hyper.logNoise)) * scale).toBeLessThan(0.065);
  });

  test('one more observation is the same as conditioning on all', () => {
    const { design, values } = draw(30, 0.1, 'more');
    const z = standard(values).values;
    const process = fitGaussianProcess(design, z, 0.1, randomOf(1))!;
    const point = Float64Array.of(0.3, 2, 0.9);
    const at = Float64Array.of(0.35, 1, 0.1);
    const whole = gaussianProcess({ ...design, points: [...design.points, point] }, Float64Array.of(...z, 1.5), process.hyper)!;
    const seen = process.observing(point, 1.5).predict(at);
    expect(seen.mean).toBeCloseTo(whole.predict(at).mean, 9);
    expect(seen.deviation).toBeCloseTo(whole.predict(at).deviation, 9);
    expect(whole.predict(point).deviation).toBeLessThan(process.predict(point).deviation);
  });

  test('leaving a group out equals fitting without it', () => {
    const { design, values } = draw(12, 0.1, 'left');
    const z = standard(values).values;
    const process = fitGaussianProcess(design, z, 0.1, randomOf(1))!;
    const groups = design.points.map((_, i) => Math.floor(i / 2));
    const out = leaveGroupsOut(design, z, process.hyper, groups);
    const without = gaussianProcess({ ...design, points: design.points.slice(0, 10) }, z.slice(0, 10), process.hyper)!;
    for (const i of [10, 11]) {
      const { mean: expected, deviation } = without.predict(design.points[i]!);
      expect(out[i]!.mean).toBeCloseTo(expected, 9);
      expect(out[i]!.deviation).toBeCloseTo(Math.sqrt(deviation ** 2 + Math.exp(process.hyper.logNoise)), 6);
    }
  });

  test('is the same for the same seed, and null for one observation', () => {
    const { design, values } = draw(20, 0.1, 'same');
    const at = Float64Array.of(0.5, 0, 0.5);
    const predict = () => fitGaussianProcess(design, values, 0.1, randomOf(3))!.predict(at);
    expect(predict()).toEqual(predict());
    expect(fitGaussianProcess({ points: [at], categories: new Set() }, Float64Array.of(1), 0.1, randomOf(1))).toBeNull();
  });
});
