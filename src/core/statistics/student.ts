// Student's t distribution: quantiles for intervals of a mean, tails for tests.

/**
 * The t for which P(|T| ≤ t) = `level` with `df` degrees of freedom; NaN for df < 1.
 * By bisection on the regularised incomplete beta function (continued fraction, Lentz's method), to 12 digits.
 */
export function tQuantile(level: number, df: number): number {
  if (!(df >= 1) || !(level > 0 && level < 1)) return Number.NaN;
  const key = `${level}/${df}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  let low = 0;
  let high = 1;
  while (within(high, df) < level && high < 1e12) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    if (within(middle, df) < level) low = middle;
    else high = middle;
  }
  const t = (low + high) / 2;
  cache.set(key, t);
  return t;
}

const cache = new Map<string, number>();

/** P(|T| ≤ t). */
const within = (t: number, df: number): number => 1 - regularisedBeta(df / (df + t * t), df / 2, 0.5);

/** P(|T| ≥ |t|) with `df` degrees of freedom: the two-sided p-value. */
export const tTail = (t: number, df: number): number => regularisedBeta(df / (df + t * t), df / 2, 0.5);

/** I_x(a, b). */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let result = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return result;
}

/** Lanczos approximation with g = 7, 9 terms: relative error below 1e-14 for positive arguments. */
export function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const x = z - 1;
  let sum = 0.99999999999980993;
  for (const [i, term] of lanczos.entries()) sum += term / (x + i + 1);
  const t = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];
