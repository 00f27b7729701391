// Draws settings of the surface from their posterior, so that intervals hold what is not known about them.

import { type Random, randomOf } from '../base/random';
import { type Setting, Surface, type SurfaceData } from './surface';

export interface SampleOptions {
  readonly seed: string;
  readonly chains: number;
  /** Draws kept of each chain, and sweeps before the first and between two. */
  readonly draws: number;
  readonly burn: number;
  readonly thin: number;
}

/** Priors, in units of the variance of the outcome: log-normal by median and log-sd. */
const priors = {
  theta: { median: 0.15, spread: 1.5 },
  rho: { median: 1, spread: 2 },
  noise: { median: 0.1, spread: 1.5 },
} as const;

/** Expected number of params that matter, beyond which each starts as less likely to. */
const expectedIn = 3;

const logPrior = (value: number, { median, spread }: { readonly median: number; readonly spread: number }): number =>
  -0.5 * (Math.log(value / median) / spread) ** 2;

/**
 * Calls `visit` with each kept setting; `surface.factor` then holds its Cholesky factor.
 * Method: Metropolis–Hastings with a spike at θ = 0 for every param (variable selection), so that "no effect" is an answer.
 */
export function sampleSettings(data: SurfaceData, options: SampleOptions, visit: (setting: Setting, surface: Surface) => void): void {
  const surface = new Surface(data);
  for (let chain = 0; chain < options.chains; chain++) {
    const walker = new Walker(surface, randomOf(`${options.seed} ${chain}`), chain);
    for (let i = 0; i < options.burn; i++) walker.sweep();
    for (let i = 0; i < options.draws; i++) {
      for (let k = 0; k < options.thin; k++) walker.sweep();
      surface.logLikelihood(walker.setting);
      visit(walker.setting, surface);
    }
  }
}

class Walker {
  readonly setting: Setting;
  private current: number;
  private readonly logOdds: number;

  constructor(
    private readonly surface: Surface,
    private readonly random: Random,
    chain: number,
  ) {
    const d = surface.data.factors.length;
    const share = Math.min(0.5, expectedIn / Math.max(1, d));
    this.logOdds = Math.log(share / (1 - share));
    // Chains start from nothing, from everything, and from in between.
    const theta = Float64Array.from({ length: d }, () => (random.next() < (chain % 3) / 2 ? 0.15 : 0));
    const kernel = Uint8Array.from(surface.data.factors, ({ kernels }) => Math.min(1, kernels.length - 1));
    this.setting = { theta, kernel, rho: 1, noise: 0.2 };
    this.current = surface.logLikelihood(this.setting);
  }

  sweep(): void {
    const { theta } = this.setting;
    for (let j = 0; j < theta.length; j++) {
      if ((theta[j] as number) > 0) this.move(j);
      this.toggle(j);
    }
    if (theta.length > 1) this.swap();
    this.step('rho', 0.7);
    this.step('noise', 0.5);
  }

  /** A step of θ, now and then of the kernel too. */
  private move(j: number): void {
    const { theta, kernel } = this.setting;
    const [before, shape] = [theta[j] as number, kernel[j] as number];
    theta[j] = before * Math.exp(0.9 * this.random.normal());
    if (this.random.next() < 0.4) kernel[j] = this.random.integer(this.surface.data.factors[j]?.kernels.length ?? 1);
    this.settle(logPrior(theta[j] as number, priors.theta) - logPrior(before, priors.theta), () => {
      theta[j] = before;
      kernel[j] = shape;
    });
  }

  /** In or out; what comes in is drawn from the prior, so only the likelihood and the prior odds decide. */
  private toggle(j: number): void {
    const { theta, kernel } = this.setting;
    const [before, shape] = [theta[j] as number, kernel[j] as number];
    if (before > 0) theta[j] = 0;
    else {
      theta[j] = priors.theta.median * Math.exp(priors.theta.spread * this.random.normal());
      kernel[j] = this.random.integer(this.surface.data.factors[j]?.kernels.length ?? 1);
    }
    this.settle(before > 0 ? -this.logOdds : this.logOdds, () => {
      theta[j] = before;
      kernel[j] = shape;
    });
  }

  /** One param out, another in with its θ: how params that stand for one another change places. */
  private swap(): void {
    const { theta, kernel } = this.setting;
    const a = this.random.integer(theta.length);
    const b = this.random.integer(theta.length);
    if (theta[a] === 0 || theta[b] !== 0) return;
    const [value, shape] = [theta[a] as number, kernel[b] as number];
    theta[b] = value;
    theta[a] = 0;
    kernel[b] = this.random.integer(this.surface.data.factors[b]?.kernels.length ?? 1);
    this.settle(0, () => {
      theta[a] = value;
      theta[b] = 0;
      kernel[b] = shape;
    });
  }

  private step(key: 'rho' | 'noise', size: number): void {
    const before = this.setting[key];
    this.setting[key] = before * Math.exp(size * this.random.normal());
    this.settle(logPrior(this.setting[key], priors[key]) - logPrior(before, priors[key]), () => {
      this.setting[key] = before;
    });
  }

  /** Keeps the proposed setting or goes back. */
  private settle(logRatio: number, undo: () => void): void {
    const proposed = this.surface.logLikelihood(this.setting);
    if (Math.log(this.random.next()) < proposed - this.current + logRatio) this.current = proposed;
    else undo();
  }
}
