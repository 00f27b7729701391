// How promising a point is: the logarithm of the improvement to expect there.

import type { Posterior } from '../statistics/gaussian-process';
import { normalCdf, normalPdf } from '../statistics/normal';

/**
 * ln E[max(0, best − f)] for f of this posterior: smaller is better.
 * Method: log-EI (Ament et al. 2023, "Unexpected improvements to expected improvement"), which still tells points apart where the
 * improvement itself is below the smallest float64.
 * @param best the smallest posterior mean among the runs, not the smallest observation: that one was lucky
 */
export function logExpectedImprovement({ mean, deviation }: Posterior, best: number): number {
  return Math.log(deviation) + logPartialExpectation((best - mean) / deviation);
}

/** ln(φ(z) + z Φ(z)). */
function logPartialExpectation(z: number): number {
  if (z > -5) return Math.log(normalPdf(z) + z * normalCdf(z));
  // Mills' ratio by its asymptotic series: φ(z) (1/z² − 3/z⁴ + 15/z⁶ − 105/z⁸).
  const square = 1 / (z * z);
  return (-z * z) / 2 - 0.5 * Math.log(2 * Math.PI) + Math.log(square * (1 - square * (3 - square * (15 - 105 * square))));
}
