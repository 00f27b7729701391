// Welch's t: the difference of two means without the assumption that both spread alike, unpaired and paired.

import { mean, variance } from './basic';
import { tQuantile, tTail } from './student';

export interface MeanDifference {
  /** mean(a) − mean(b). */
  readonly difference: number;
  readonly error: number;
  readonly df: number;
  /** Two-sided, of the hypothesis that the means are equal. */
  readonly p: number;
  readonly interval: readonly [number, number];
}

/**
 * Difference of the means of two independent samples with Welch's interval and the degrees of freedom of Satterthwaite (Welch 1947).
 * All NaN but the difference where either side has fewer than two values or where neither varies: there is no noise to compare with.
 */
export function welch(a: ArrayLike<number>, b: ArrayLike<number>, level = 0.95): MeanDifference {
  const shareA = variance(a) / a.length;
  const shareB = variance(b) / b.length;
  const df = (shareA + shareB) ** 2 / (shareA ** 2 / (a.length - 1) + shareB ** 2 / (b.length - 1));
  return judged(mean(a) - mean(b), Math.sqrt(shareA + shareB), df, level);
}

/** The same of pairs: a one-sample t test of a[i] − b[i]. Both have the same length; NaN as for `welch`. */
export function pairedDifference(a: readonly number[], b: readonly number[], level = 0.95): MeanDifference {
  const steps = a.map((value, i) => value - (b[i] as number));
  return judged(mean(steps), Math.sqrt(variance(steps) / steps.length), steps.length - 1, level);
}

function judged(difference: number, error: number, df: number, level: number): MeanDifference {
  // Rounding may put Satterthwaite's df a hair below its least value, 1.
  const freedom = Math.max(1, df);
  if (!(error > 0) || Number.isNaN(df)) return { difference, error, df: Number.NaN, p: Number.NaN, interval: [Number.NaN, Number.NaN] };
  const reach = tQuantile(level, freedom) * error;
  return { difference, error, df: freedom, p: tTail(difference / error, freedom), interval: [difference - reach, difference + reach] };
}

/** Mean of one sample with Student's interval; NaN for fewer than two values. */
export function meanInterval(values: ArrayLike<number>, level = 0.95): readonly [number, number] {
  if (values.length < 2) return [Number.NaN, Number.NaN];
  const centre = mean(values);
  const reach = tQuantile(level, values.length - 1) * Math.sqrt(variance(values) / values.length);
  return [centre - reach, centre + reach];
}
