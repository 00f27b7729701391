// Kendall's rank correlation of two samples.

import { normalCdf } from './normal';
import { inversions } from './trend';

export interface RankAgreement {
  /** τ-b, −1 to 1; NaN where one side does not vary or there are fewer than two. */
  readonly tau: number;
  /** Two-sided, of no association; normal approximation without ties. NaN as τ, and for fewer than four. */
  readonly p: number;
  readonly n: number;
}

/**
 * Kendall's τ-b of pairs (x[i], y[i]), ties counted out. O(n log n) by Knight's method (1966): sorted by x, discordant pairs are the
 * inversions of y. @param x finite @param y finite, as many
 */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): RankAgreement {
  const n = x.length;
  if (n < 2) return { tau: Number.NaN, p: Number.NaN, n };
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => (x[a] as number) - (x[b] as number) || (y[a] as number) - (y[b] as number));
  const xs = Float64Array.from(order, (i) => x[i] as number);
  const ys = Float64Array.from(order, (i) => y[i] as number);
  const tiedX = tiedPairs(xs, () => true);
  const tiedBoth = tiedPairs(xs, (i) => ys[i] === ys[i - 1]);
  const discordant = inversions(ys);
  const tiedY = tiedPairs(ys.sort(), () => true);
  const pairs = (n * (n - 1)) / 2;
  const score = pairs - tiedX - tiedY + tiedBoth - 2 * discordant;
  const scale = Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  const tau = scale > 0 ? score / scale : Number.NaN;
  const z = score / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return { tau, p: n < 4 || Number.isNaN(tau) ? Number.NaN : 2 * (1 - normalCdf(Math.abs(z))), n };
}

/** Pairs of equal neighbours in sorted values, where `also` holds of every step from one to the next. */
function tiedPairs(values: Float64Array, also: (i: number) => boolean): number {
  let pairs = 0;
  let run = 1;
  for (let i = 1; i <= values.length; i++) {
    if (i < values.length && values[i] === values[i - 1] && also(i)) run += 1;
    else {
      pairs += (run * (run - 1)) / 2;
      run = 1;
    }
  }
  return pairs;
}
