// The noncentral t distribution, and what it is wanted for: the smallest difference that an experiment of a given size can detect.

import { normalCdf } from './normal';
import { logGamma, regularisedBeta, tQuantile } from './student';

/**
 * P(T ≤ t) of the noncentral t with `df` degrees of freedom and noncentrality `delta`.
 * Method: Lenth's series (AS 243, Applied Statistics 38, 1989), until what is left is below 1e-13; good for |delta| < 37.
 */
export function noncentralTCdf(t: number, df: number, delta: number): number {
  if (t < 0) return 1 - noncentralTCdf(-t, df, -delta);
  const x = (t * t) / (t * t + df);
  const half = (delta * delta) / 2;
  let sum = 0;
  if (x > 0) {
    let p = 0.5 * Math.exp(-half);
    let q = Math.sqrt(2 / Math.PI) * p * delta;
    let left = 0.5 - p;
    let a = 0.5;
    const b = df / 2;
    const rest = (1 - x) ** b;
    const logBeta = Math.log(Math.sqrt(Math.PI)) + logGamma(b) - logGamma(a + b);
    let xOdd = regularisedBeta(x, a, b);
    let gOdd = 2 * rest * Math.exp(a * Math.log(x) - logBeta);
    let xEven = 1 - rest;
    let gEven = b * x * rest;
    sum = p * xOdd + q * xEven;
    for (let j = 1; j <= 2000; j++) {
      a += 1;
      xOdd -= gOdd;
      xEven -= gEven;
      gOdd *= (x * (a + b - 1)) / a;
      gEven *= (x * (a + b - 0.5)) / (a + 0.5);
      p *= half / j;
      q *= half / (j + 0.5);
      left -= p;
      sum += p * xOdd + q * xEven;
      if (j > half && 2 * left * (xOdd - gOdd) < 1e-13) break;
    }
  }
  return Math.min(1, Math.max(0, sum + normalCdf(-delta)));
}

/** The chance that a two-sided t test of two groups finds a true difference of `effect` standard deviations. */
export function powerOfT(effect: number, sizeA: number, sizeB: number, alpha = 0.05): number {
  const df = sizeA + sizeB - 2;
  const critical = tQuantile(1 - alpha, df);
  const delta = effect * Math.sqrt((sizeA * sizeB) / (sizeA + sizeB));
  return 1 - noncentralTCdf(critical, df, delta) + noncentralTCdf(-critical, df, delta);
}

/**
 * The smallest true difference, in standard deviations of one run, that groups of these sizes find with the given power (exact, two-sided t test with
 * equal spreads). 2 against 2: 5.65, 3: 3.07, 5: 2.02, 10: 1.32. NaN where either group has fewer than two runs.
 */
export function detectableEffect(sizeA: number, sizeB: number, alpha = 0.05, power = 0.8): number {
  if (!(sizeA >= 2 && sizeB >= 2)) return Number.NaN;
  const key = `${sizeA}/${sizeB}/${alpha}/${power}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  let low = 0;
  let high = 30;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (powerOfT(middle, sizeA, sizeB, alpha) < power) low = middle;
    else high = middle;
  }
  const effect = (low + high) / 2;
  cache.set(key, effect);
  return effect;
}

const cache = new Map<string, number>();
