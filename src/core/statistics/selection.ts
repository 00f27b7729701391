// What choosing does to numbers: many comparisons, and the best of many.

import { normalCdf, normalPdf } from './normal';

/** Holm's step-down adjustment of p-values (1979), in their order; NaN stays NaN and does not count as a comparison. */
export function holm(p: readonly number[]): readonly number[] {
  const order = [...p.keys()].filter((i) => !Number.isNaN(p[i])).sort((a, b) => (p[a] as number) - (p[b] as number));
  const adjusted = p.map(() => Number.NaN);
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, (order.length - rank) * (p[i] as number)));
    adjusted[i] = least;
  }
  return adjusted;
}

/**
 * The expected greatest of `k` independent standard normal values: 2: 0.564, 5: 1.163, 10: 1.539, 20: 1.867. 0 for one.
 * Method: Simpson's rule on ∫ x k φ(x) Φ(x)^(k−1) over ±9, to 1e-9 for k up to 10,000.
 */
export function expectedMaximum(k: number): number {
  if (k <= 1) return k === 1 ? 0 : Number.NaN;
  const [from, to, slices] = [-9, 9, 3600];
  const width = (to - from) / slices;
  let sum = 0;
  for (let i = 0; i <= slices; i++) {
    const x = from + i * width;
    sum += (i === 0 || i === slices ? 1 : i % 2 === 1 ? 4 : 2) * x * k * normalPdf(x) * normalCdf(x) ** (k - 1);
  }
  return (sum * width) / 3;
}

/** Mean of the middle half of sorted values (interquartile mean): a quarter, rounded down, is cut off at either end. NaN of nothing. */
export function interquartileMean(ascending: ArrayLike<number>): number {
  const cut = Math.floor(ascending.length / 4);
  let sum = 0;
  for (let i = cut; i < ascending.length - cut; i++) sum += ascending[i] as number;
  return sum / (ascending.length - 2 * cut);
}
