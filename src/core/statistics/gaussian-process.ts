// Gaussian-process regression with a Matérn 5/2 kernel, one length scale a coordinate, and noise that is learned.

import type { Random } from '../base/random';
import { type Cholesky, choleskyOf, forward, inverse, logDeterminant, solve } from './cholesky';

/** Natural logarithms of what the kernel is made of. */
export interface Hyperparameters {
  /** One a coordinate. */
  readonly logLengths: Float64Array;
  /** Of the signal's variance. */
  readonly logSignal: number;
  /** Of the noise's variance. */
  readonly logNoise: number;
}

export interface Posterior {
  readonly mean: number;
  /** Standard deviation of the mean, without the noise of a single observation. */
  readonly deviation: number;
}

export interface GaussianProcess {
  readonly hyper: Hyperparameters;
  predict(point: ArrayLike<number>): Posterior;
  /** The same process after one more observation; its hyperparameters stay. */
  observing(point: Float64Array, value: number): GaussianProcess;
  /** Squared distance of two points in length scales: 1 is where they begin to tell little of each other. */
  distance(a: ArrayLike<number>, b: ArrayLike<number>): number;
}

/** Points as rows; a coordinate in `categories` holds codes that are the same or not, all others lie in [0, 1]. */
export interface Design {
  readonly points: readonly Float64Array[];
  readonly categories: ReadonlySet<number>;
}

/**
 * The process whose posterior of the hyperparameters is largest: marginal likelihood times weak priors, which keep ten observations from
 * being taken for certain. Values should have mean 0 and deviation 1.
 * Method: Rasmussen and Williams (2006), algorithm 2.1 and eq. 5.9; the best of a random search are climbed by Rprop (Blum and Riedmiller 2013).
 * Length scales have a log-normal prior around √d (Hvarfner, Hellsten and Nardi 2024), noise one around `noise`.
 * @param noise a guess of the noise's variance, in units of the values' variance
 * @returns null for fewer than two observations or without coordinates
 */
export function fitGaussianProcess(design: Design, values: Float64Array, noise: number, random: Random): GaussianProcess | null {
  const n = design.points.length;
  const d = design.points[0]?.length ?? 0;
  if (n < 2 || d === 0) return null;
  const squares = squaredDifferences(design);
  const prior = priorOf(d, noise);
  const starts = Array.from({ length: searches }, (_, i) => prior.map(({ mean, deviation }) => (i === 0 ? mean : mean + deviation * random.normal())));
  const scored = starts
    .map((theta) => ({
      theta: Float64Array.from(theta),
      score: objective(Float64Array.from(theta), squares, values, prior)?.score ?? Number.NEGATIVE_INFINITY,
    }))
    .sort((a, b) => b.score - a.score);
  const climbed = scored.slice(0, climbs).map(({ theta }) => climb(theta, squares, values, prior));
  const best = climbed.reduce((a, b) => (b.score > a.score ? b : a));
  return gaussianProcess(design, values, { logLengths: best.theta.slice(0, d), logSignal: best.theta[d] as number, logNoise: best.theta[d + 1] as number });
}

/**
 * What a process that has not seen the observations of the same group predicts for each observation: mean, and deviation with noise.
 * Method: Rasmussen and Williams (2006), eq. 5.12, by blocks; the hyperparameters are those of all observations. NaN where that fails.
 * @param groups for each observation the number of its group, from 0
 */
export function leaveGroupsOut(design: Design, values: Float64Array, hyper: Hyperparameters, groups: readonly number[]): readonly Posterior[] {
  const n = values.length;
  const factor = choleskyOf(covariance(design, hyper), n);
  const out: Posterior[] = Array.from({ length: n }, () => ({ mean: Number.NaN, deviation: Number.NaN }));
  if (factor === null) return out;
  const precision = inverse(factor);
  const weights = solve(factor, values);
  for (const indexes of grouped(groups)) {
    const size = indexes.length;
    const block = Float64Array.from(
      { length: size * size },
      (_, at) => precision[(indexes[Math.floor(at / size)] as number) * n + (indexes[at % size] as number)] as number,
    );
    const own = choleskyOf(block, size);
    if (own === null) continue;
    const shift = solve(
      own,
      indexes.map((i) => weights[i] as number),
    );
    const variances = inverse(own);
    for (const [k, i] of indexes.entries())
      out[i] = { mean: (values[i] as number) - (shift[k] as number), deviation: Math.sqrt(variances[k * size + k] as number) };
  }
  return out;
}

/** A process whose hyperparameters are given; null where the covariance is not positive definite. */
export function gaussianProcess(design: Design, values: Float64Array, hyper: Hyperparameters): GaussianProcess | null {
  const factor = choleskyOf(covariance(design, hyper), values.length);
  return factor && conditioned(design, values, hyper, factor);
}

const searches = 24;
const climbs = 2;
const steps = 40;
const rootFive = Math.sqrt(5);

interface Prior {
  readonly mean: number;
  readonly deviation: number;
}

function priorOf(d: number, noise: number): readonly Prior[] {
  const lengths = Array.from({ length: d }, () => ({ mean: Math.log(0.5) + 0.5 * Math.log(d), deviation: 1.2 }));
  return [...lengths, { mean: 0, deviation: 1 }, { mean: Math.log(noise), deviation: 1.5 }];
}

/** For each pair i > j and each coordinate the squared difference; a category counts 1 where it differs. */
interface Squares {
  readonly n: number;
  readonly d: number;
  readonly pairs: Float64Array;
}

function squaredDifferences({ points, categories }: Design): Squares {
  const n = points.length;
  const d = points[0]?.length ?? 0;
  const pairs = new Float64Array(((n * (n - 1)) / 2) * d);
  let at = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      for (let k = 0; k < d; k++) pairs[at++] = squaredDifference(points[i] as Float64Array, points[j] as Float64Array, k, categories);
    }
  }
  return { n, d, pairs };
}

function squaredDifference(a: ArrayLike<number>, b: ArrayLike<number>, k: number, categories: ReadonlySet<number>): number {
  const x = a[k] as number;
  const y = b[k] as number;
  if (categories.has(k)) return x === y ? 0 : 1;
  return (x - y) ** 2;
}

/** Log posterior of the hyperparameters and its gradient, or null where the covariance is not positive definite. */
function objective(
  theta: Float64Array,
  { n, d, pairs }: Squares,
  values: Float64Array,
  prior: readonly Prior[],
  gradient?: Float64Array,
): { score: number } | null {
  const inverseSquares = Float64Array.from({ length: d }, (_, k) => Math.exp(-2 * (theta[k] as number)));
  const signal = Math.exp(theta[d] as number);
  const noise = Math.exp(theta[d + 1] as number);
  const matrix = new Float64Array(n * n);
  const slopes = gradient && new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, pair = 0; i < n; i++) {
    for (let j = 0; j < i; j++, pair++) {
      let square = 0;
      for (let k = 0, at = pair * d; k < d; k++, at++) square += (pairs[at] as number) * (inverseSquares[k] as number);
      const s = rootFive * Math.sqrt(square);
      const decay = Math.exp(-s);
      matrix[i * n + j] = signal * (1 + s + (5 / 3) * square) * decay;
      if (slopes) slopes[pair] = signal * (5 / 3) * (1 + s) * decay;
    }
    matrix[i * n + i] = signal + noise + jitter;
  }
  const factor = choleskyOf(matrix, n);
  if (factor === null) return null;
  const weights = solve(factor, values);
  let score = -0.5 * logDeterminant(factor);
  for (let i = 0; i < n; i++) score -= 0.5 * (values[i] as number) * (weights[i] as number);
  for (const [k, { mean, deviation }] of prior.entries()) score -= 0.5 * (((theta[k] as number) - mean) / deviation) ** 2;
  if (gradient && slopes) {
    const precision = inverse(factor);
    gradient.fill(0);
    let trace = 0;
    let whole = 0;
    for (let i = 0, pair = 0; i < n; i++) {
      const wi = weights[i] as number;
      for (let j = 0; j < i; j++, pair++) {
        const pull = wi * (weights[j] as number) - (precision[i * n + j] as number);
        whole += pull * (matrix[i * n + j] as number);
        const slope = pull * (slopes[pair] as number);
        for (let k = 0, at = pair * d; k < d; k++, at++) gradient[k] = (gradient[k] as number) + slope * (pairs[at] as number);
      }
      trace += wi * wi - (precision[i * n + i] as number);
    }
    for (let k = 0; k < d; k++) gradient[k] = (gradient[k] as number) * (inverseSquares[k] as number);
    gradient[d] = whole + 0.5 * signal * trace;
    gradient[d + 1] = 0.5 * noise * trace;
    for (const [k, { mean, deviation }] of prior.entries()) gradient[k] = (gradient[k] as number) - ((theta[k] as number) - mean) / deviation ** 2;
  }
  return { score };
}

/** Keeps the covariance positive definite where observations repeat and the noise is small. */
const jitter = 1e-8;

/** iRprop−: each coordinate has a step of its own, which grows while the slope keeps its sign. */
function climb(start: Float64Array, squares: Squares, values: Float64Array, prior: readonly Prior[]): { readonly theta: Float64Array; readonly score: number } {
  const theta = start.slice();
  const size = theta.length;
  const widths = new Float64Array(size).fill(0.2);
  const before = new Float64Array(size);
  const gradient = new Float64Array(size);
  let best = { theta: theta.slice(), score: Number.NEGATIVE_INFINITY };
  for (let step = 0; step < steps; step++) {
    const here = objective(theta, squares, values, prior, gradient);
    if (here === null) break;
    if (here.score > best.score) best = { theta: theta.slice(), score: here.score };
    if (Math.max(...gradient.map(Math.abs)) < 0.01) break;
    for (let k = 0; k < size; k++) {
      const turn = (before[k] as number) * (gradient[k] as number);
      if (turn > 0) widths[k] = Math.min(1, (widths[k] as number) * 1.2);
      if (turn < 0) {
        widths[k] = (widths[k] as number) * 0.5;
        gradient[k] = 0;
      }
      theta[k] = Math.min(12, Math.max(-12, (theta[k] as number) + Math.sign(gradient[k] as number) * (widths[k] as number)));
      before[k] = gradient[k] as number;
    }
  }
  return best.score === Number.NEGATIVE_INFINITY ? { theta: start, score: best.score } : best;
}

/** Indexes by group. */
function grouped(groups: readonly number[]): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  for (const [i, group] of groups.entries()) {
    const known = members.get(group);
    if (known) known.push(i);
    else members.set(group, [i]);
  }
  return [...members.values()];
}

function kernelOf({ logLengths, logSignal }: Hyperparameters, categories: ReadonlySet<number>) {
  const inverseSquares = logLengths.map((log) => Math.exp(-2 * log));
  const signal = Math.exp(logSignal);
  const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    let square = 0;
    for (let k = 0; k < inverseSquares.length; k++) square += squaredDifference(a, b, k, categories) * (inverseSquares[k] as number);
    return square;
  };
  const kernel = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    const square = distance(a, b);
    const s = rootFive * Math.sqrt(square);
    return signal * (1 + s + (5 / 3) * square) * Math.exp(-s);
  };
  return { distance, kernel, signal };
}

function covariance({ points, categories }: Design, hyper: Hyperparameters): Float64Array {
  const { kernel, signal } = kernelOf(hyper, categories);
  const n = points.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) matrix[i * n + j] = kernel(points[i] as Float64Array, points[j] as Float64Array);
    matrix[i * n + i] = signal + Math.exp(hyper.logNoise) + jitter;
  }
  return matrix;
}

function conditioned(design: Design, values: Float64Array, hyper: Hyperparameters, factor: Cholesky): GaussianProcess {
  const { points, categories } = design;
  const { distance, kernel, signal } = kernelOf(hyper, categories);
  const weights = solve(factor, values);
  const towards = (point: ArrayLike<number>): Float64Array => Float64Array.from(points, (other) => kernel(other, point));
  return {
    hyper,
    distance,
    predict(point) {
      const covariances = towards(point);
      const whitened = forward(factor, covariances);
      let mean = 0;
      let explained = 0;
      for (let i = 0; i < covariances.length; i++) {
        mean += (covariances[i] as number) * (weights[i] as number);
        explained += (whitened[i] as number) ** 2;
      }
      return { mean, deviation: Math.sqrt(Math.max(signal - explained, 1e-12)) };
    },
    observing(point, value) {
      const more = { points: [...points, point], categories };
      return conditioned(more, Float64Array.from([...values, value]), hyper, extended(factor, towards(point), signal + Math.exp(hyper.logNoise) + jitter));
    },
  };
}

/** The factor after one more row and column. */
function extended(factor: Cholesky, covariances: Float64Array, variance: number): Cholesky {
  const { n, lower } = factor;
  const row = forward(factor, covariances);
  const size = n + 1;
  const out = new Float64Array(size * size);
  for (let i = 0; i < n; i++) out.set(lower.subarray(i * n, i * n + i + 1), i * size);
  out.set(row, n * size);
  const rest = variance - row.reduce((sum, value) => sum + value * value, 0);
  out[n * size + n] = Math.sqrt(Math.max(rest, jitter));
  return { n: size, lower: out };
}
