// The response surface as a Gaussian process whose parts are the effects of the params: likelihood of one setting of its parameters.

import { type Cholesky, factorise, forward } from '../statistics/cholesky';
import type { Factor } from './kernels';

export interface SurfaceData {
  readonly factors: readonly Factor[];
  /** Standardised outcome of each configuration. */
  readonly y: Float64Array;
  readonly replicates: Float64Array;
  /** Sum of squares within configurations in units of y², and its degrees of freedom. */
  readonly within: { readonly squares: number; readonly freedom: number };
}

/**
 * Covariance of two configurations: (Π (1 + ρ θⱼ kⱼ) − 1) / ρ over the params that are in, with kⱼ centred over the levels of j.
 * The terms of the product are the effects of single params (variance θⱼ), of pairs (ρ θᵢ θⱼ) and so on: an ANOVA decomposition
 * (Durrande et al. 2013) with one parameter for the strength of interactions.
 */
export interface Setting {
  /** θⱼ: prior variance of the main effect; 0 for a param that is out. */
  readonly theta: Float64Array;
  /** Which of the factor's kernels. */
  readonly kernel: Uint8Array;
  rho: number;
  /** Variance of one trial around its configuration's mean. */
  noise: number;
}

/** Prior variance of the mean of all, in units of y². */
const meanVariance = 1;

export class Surface {
  readonly n: number;
  /** Of the covariance, after `logLikelihood`. */
  readonly factor: Cholesky;
  private readonly white: Float64Array<ArrayBuffer>;

  constructor(readonly data: SurfaceData) {
    this.n = data.y.length;
    this.factor = { n: this.n, lower: new Float64Array(this.n * this.n) };
    this.white = new Float64Array(this.n);
  }

  /** Log of the marginal likelihood up to a constant; −Infinity where the covariance is not positive definite. */
  logLikelihood(setting: Setting): number {
    const { n, factor, white } = this;
    const { y, replicates, within } = this.data;
    const { lower } = factor;
    this.covariance(setting, lower);
    for (let i = 0; i < n; i++) {
      const at = i * n + i;
      lower[at] = (lower[at] as number) + setting.noise / (replicates[i] as number) + 1e-6;
    }
    const logDeterminant = factorise(lower, n);
    if (Number.isNaN(logDeterminant)) return Number.NEGATIVE_INFINITY;
    forward(factor, y, white);
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (white[i] as number) ** 2;
    const replicated = within.freedom > 0 ? within.freedom * Math.log(setting.noise) + within.squares / setting.noise : 0;
    return -0.5 * (squares + logDeterminant + replicated);
  }

  /** Lower triangle of the covariance of the configurations' true means. */
  private covariance({ theta, kernel, rho }: Setting, out: Float64Array): void {
    const { n } = this;
    for (let i = 0; i < n; i++) out.fill(1, i * n, i * n + i + 1);
    for (const [j, { column, levels, kernels }] of this.data.factors.entries()) {
      const a = rho * (theta[j] as number);
      if (a === 0) continue;
      const table = kernels[kernel[j] as number] as Float64Array;
      for (let i = 0; i < n; i++) {
        const level = column[i] as number;
        if (level < 0) continue;
        const row = i * n;
        const base = level * levels;
        for (let k = 0; k <= i; k++) {
          const other = column[k] as number;
          if (other >= 0) out[row + k] = (out[row + k] as number) * (1 + a * (table[base + other] as number));
        }
      }
    }
    for (let i = 0; i < n; i++) for (let k = 0, at = i * n; k <= i; k++, at++) out[at] = ((out[at] as number) - 1) / rho + meanVariance;
  }
}
