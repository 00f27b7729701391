// Fisher's exact test of a 2 × 2 table.

import { logGamma } from './student';

/**
 * One-sided p: the probability of at least `a` marked among the `n` drawn, where `marked` of `total` are marked and draws are at random
 * (hypergeometric tail; Fisher 1935). 1 where nothing is drawn or marked.
 * @param a marked among the drawn; whole numbers with 0 ≤ a ≤ min(n, marked) ≤ total
 */
export function fisherGreater(a: number, n: number, marked: number, total: number): number {
  const most = Math.min(n, marked);
  const least = Math.max(0, n + marked - total);
  if (a <= least) return 1;
  const whole = logChoose(total, n);
  let sum = 0;
  for (let k = most; k >= a; k--) sum += Math.exp(logChoose(marked, k) + logChoose(total - marked, n - k) - whole);
  return Math.min(1, sum);
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
