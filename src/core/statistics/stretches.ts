// Whether two stretches of a series stand at different levels, where neighbouring values are alike.

/**
 * Difference of the means of two stretches, a − b, in standard errors. Both share one deviation and one lag-1 correlation ρ of what is left beside
 * their means; each counts as n(1 − ρ)/(1 + ρ) independent values, at least 1 (Bartlett 1935). NaN for fewer than four values on a side; ±Infinity where nothing varies.
 */
export function levelDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length < 4 || b.length < 4) return Number.NaN;
  const [ofA, ofB] = [spread(a), spread(b)];
  const freedom = a.length + b.length - 2;
  const variance = (ofA.squares + ofB.squares) / freedom;
  const lagged = (ofA.products + ofB.products) / Math.max(Number.MIN_VALUE, ofA.squares + ofB.squares);
  // A short stretch hides its correlation: the estimate is low by about (1 + 3ρ)/n (Kendall 1954).
  const rho = Math.min(0.98, Math.max(0, lagged + (1 + 3 * Math.max(0, lagged)) / freedom));
  const effective = (n: number) => Math.max(1, (n * (1 - rho)) / (1 + rho));
  const error = Math.sqrt(variance * (1 / effective(a.length) + 1 / effective(b.length)));
  const difference = ofA.mean - ofB.mean;
  return error > 0 ? difference / error : difference === 0 ? 0 : Math.sign(difference) * Number.POSITIVE_INFINITY;
}

function spread(values: ArrayLike<number>): { readonly mean: number; readonly squares: number; readonly products: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  const mean = sum / values.length;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < values.length; i++) {
    const here = (values[i] as number) - mean;
    squares += here * here;
    if (i > 0) products += here * ((values[i - 1] as number) - mean);
  }
  return { mean, squares, products };
}
