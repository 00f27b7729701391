// Shares of the variance over the whole tested space, one draw for each setting: what the intervals and tiers are read from.

import type { Random } from '../base/random';
import { factorise, forward, inverse, solve } from '../statistics/cholesky';
import type { Setting, Surface } from './surface';

export interface ShareDraw {
  /** Variance of each param's own effect, of all effects together without it, and of everything; in units of y². */
  readonly main: Float64Array;
  readonly without: Float64Array;
  readonly total: number;
  readonly noise: number;
  /** Sum of squared leave-one-out residuals of configurations. */
  readonly missed: number;
  /** Expected variance of each pair's interaction, upper triangle row by row; empty unless asked for. */
  readonly pairs: Float64Array;
}

/**
 * Draws the params' own effects from the posterior given a setting, jointly, and takes the expected variance of the rest in closed form:
 * over centred kernels every integral over the space is a product over params.
 * @param surface after `logLikelihood(setting)`
 */
export function drawShares(setting: Setting, surface: Surface, random: Random, withPairs: boolean): ShareDraw {
  const { n, factor, data } = surface;
  const { theta, kernel, rho } = setting;
  const d = theta.length;
  const precision = inverse(factor);
  const alpha = solve(factor, data.y);
  let missed = 0;
  for (let i = 0; i < n; i++) missed += ((alpha[i] as number) / (precision[i * n + i] as number)) ** 2;

  // αᵀ Q α − tr(C⁻¹ Q) is Σ W Q with W = α αᵀ − C⁻¹.
  const weight = precision;
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) weight[i * n + k] = (alpha[i] as number) * (alpha[k] as number) - (precision[i * n + k] as number);

  const active = [...theta.keys()].filter((j) => (theta[j] as number) > 0);
  const overlaps = new Map(active.map((j) => [j, overlapOf(surface, j, kernel[j] as number)]));
  const strength = (j: number): number => rho * (theta[j] as number);
  const reach = (j: number): number => data.factors[j]?.reach ?? 1;
  const variance = (of: readonly number[]): number => {
    const product = new Float64Array(n * n).fill(1);
    let prior = 1;
    for (const j of of) {
      const q = overlaps.get(j) as Float64Array;
      const a = strength(j) ** 2 * reach(j);
      for (let at = 0; at < product.length; at++) product[at] = (product[at] as number) * (1 + a * (q[at] as number));
      prior *= 1 + strength(j) * reach(j);
    }
    let sum = 0;
    for (let at = 0; at < product.length; at++) sum += (weight[at] as number) * ((product[at] as number) - 1);
    return Math.max(0, (prior - 1) / rho + sum / rho ** 2);
  };
  const total = variance(active);
  const without = Float64Array.from({ length: d }, (_, j) => ((theta[j] as number) > 0 ? variance(active.filter((other) => other !== j)) : total));
  const main = drawMains(setting, surface, alpha, active, random);
  // What is left for interactions is an expectation; the params' own parts are draws, so their sum takes the place of its expectation.
  let expected = 0;
  let drawn = 0;
  for (const j of active) {
    const q = overlaps.get(j) as Float64Array;
    let sum = 0;
    for (let at = 0; at < q.length; at++) sum += (weight[at] as number) * (q[at] as number);
    expected += Math.max(0, (theta[j] as number) + (theta[j] as number) ** 2 * sum) * reach(j);
    drawn += (main[j] as number) / reach(j);
  }
  const pairs = withPairs ? pairVariances(setting, active, overlaps, weight, d, reach) : new Float64Array(0);
  return { main, without, total: Math.max(drawn, Math.max(0, total - expected) + drawn), noise: setting.noise, missed, pairs };
}

/** ∫ k(l, xᵢ) k(l, xₖ) dl over the levels, for all pairs of configurations. */
function overlapOf({ n, data }: Surface, j: number, shape: number): Float64Array {
  const { column, levels, kernels } = data.factors[j] as (typeof data.factors)[number];
  const table = kernels[shape] as Float64Array;
  const small = new Float64Array(levels * levels);
  for (let a = 0; a < levels; a++) {
    for (let b = 0; b < levels; b++) {
      let sum = 0;
      for (let l = 0; l < levels; l++) sum += (table[l * levels + a] as number) * (table[l * levels + b] as number);
      small[a * levels + b] = sum / levels;
    }
  }
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [a, b] = [column[i] as number, column[k] as number];
      out[i * n + k] = a < 0 || b < 0 ? 0 : (small[a * levels + b] as number);
    }
  }
  return out;
}

/** Variance over the levels of one joint draw of all own effects; over the whole space where a param does not apply everywhere. */
function drawMains({ theta, kernel }: Setting, { n, factor, data }: Surface, alpha: Float64Array, active: readonly number[], random: Random): Float64Array {
  const out = new Float64Array(theta.length);
  const rows = active.flatMap((j) => Array.from({ length: data.factors[j]?.levels ?? 0 }, (_, level) => ({ j, level })));
  const m = rows.length;
  if (m === 0) return out;
  const centre = new Float64Array(m);
  const whitened: Float64Array[] = [];
  const cross = new Float64Array(n);
  for (const [r, { j, level }] of rows.entries()) {
    const { column, levels, kernels } = data.factors[j] as (typeof data.factors)[number];
    const table = kernels[kernel[j] as number] as Float64Array;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const own = column[i] as number;
      cross[i] = own < 0 ? 0 : (theta[j] as number) * (table[level * levels + own] as number);
      sum += (cross[i] as number) * (alpha[i] as number);
    }
    centre[r] = sum;
    whitened.push(forward(factor, cross));
  }
  const covariance = new Float64Array(m * m);
  for (const [r, a] of rows.entries()) {
    for (let c = 0; c <= r; c++) {
      const b = rows[c] as (typeof rows)[number];
      const prior =
        a.j === b.j
          ? (theta[a.j] as number) * (data.factors[a.j]?.kernels[kernel[a.j] as number]?.[a.level * (data.factors[a.j]?.levels ?? 0) + b.level] ?? 0)
          : 0;
      covariance[r * m + c] = prior - dot(whitened[r] as Float64Array, whitened[c] as Float64Array) + (r === c ? 1e-8 + 1e-6 * (theta[a.j] as number) : 0);
    }
  }
  const noise = Float64Array.from({ length: m }, () => random.normal());
  const usable = !Number.isNaN(factorise(covariance, m));
  const effect = centre.map((value, r) => {
    if (!usable) return value;
    let sum = value;
    for (let c = 0; c <= r; c++) sum += (covariance[r * m + c] as number) * (noise[c] as number);
    return sum;
  });
  for (const j of active) {
    const own = effect.filter((_, r) => rows[r]?.j === j);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    out[j] = (own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length) * (data.factors[j]?.reach ?? 1) ** 2;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function pairVariances(
  { theta, rho }: Setting,
  active: readonly number[],
  overlaps: ReadonlyMap<number, Float64Array>,
  weight: Float64Array,
  d: number,
  reach: (j: number) => number,
): Float64Array {
  const out = new Float64Array((d * (d - 1)) / 2);
  for (const i of active) {
    for (const j of active) {
      if (i >= j) continue;
      const [p, q] = [overlaps.get(i) as Float64Array, overlaps.get(j) as Float64Array];
      const prior = rho * (theta[i] as number) * (theta[j] as number);
      let sum = 0;
      for (let at = 0; at < p.length; at++) sum += (weight[at] as number) * (p[at] as number) * (q[at] as number);
      out[pairIndex(i, j, d)] = Math.max(0, prior + prior ** 2 * sum) * reach(i) * reach(j);
    }
  }
  return out;
}

/** Place of the pair i < j in the upper triangle, row by row. */
export const pairIndex = (i: number, j: number, d: number): number => i * d - (i * (i + 1)) / 2 + j - i - 1;
