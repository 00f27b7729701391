// Smoothing that tells the truth: debiased, aware of gaps, and without effect on constants and on lines of two points.

export type Smoothing =
  | { readonly kind: 'none' }
  /** `weight` in [0, 1): what is left of a point one mean spacing later. For even spacing this is TensorBoard's slider. */
  | { readonly kind: 'ema'; readonly weight: number }
  /** `sigma` in mean spacings between points. */
  | { readonly kind: 'gaussian'; readonly sigma: number }
  /** `points` in the centred window, made odd. */
  | { readonly kind: 'mean'; readonly points: number };

/**
 * Smoothed y, of the same length. Non-finite values are left out of every average and come back as NaN, so that gaps stay gaps.
 * Fewer than three finite points, or all finite points equal, come back unchanged.
 * @param x finite and non-falling
 */
export function smooth(x: Float64Array, y: Float64Array<ArrayBuffer>, smoothing: Smoothing): Float64Array<ArrayBuffer> {
  if (smoothing.kind === 'none' || isPlain(y)) return y;
  switch (smoothing.kind) {
    case 'ema':
      return ema(x, y, Math.min(0.9999, Math.max(0, smoothing.weight)));
    case 'gaussian':
      return smoothing.sigma > 0 ? gaussian(x, y, smoothing.sigma) : y;
    case 'mean':
      return runningMean(y, Math.max(0, Math.floor(smoothing.points / 2)));
  }
}

/** Less than three finite points, or a constant: nothing to smooth. */
function isPlain(y: Float64Array): boolean {
  let finite = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < y.length; i++) {
    const value = y[i] as number;
    if (!Number.isFinite(value)) continue;
    finite += 1;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (finite > 2 && low !== high) return false;
  }
  return true;
}

/** Mean distance between neighbouring points, the unit of the smoothing strengths. */
const spacingOf = (x: Float64Array): number => ((x[x.length - 1] as number) - (x[0] as number)) / (x.length - 1) || 1;

/**
 * Each value is the mean of all before it, weighted by weight^(distance / spacing): an exponential moving average that is debiased by
 * construction and does not care how unevenly points were logged. Written as a running mean, which cannot overflow.
 */
function ema(x: Float64Array, y: Float64Array, weight: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(y.length);
  const spacing = spacingOf(x);
  const even = Math.log(weight);
  let mean = 0;
  let mass = 0;
  let last = 0;
  for (let i = 0; i < y.length; i++) {
    const value = y[i] as number;
    if (!Number.isFinite(value)) {
      out[i] = Number.NaN;
      continue;
    }
    mass = mass * Math.exp(even * (((x[i] as number) - last) / spacing)) + 1;
    if (!(mass >= 1)) mass = 1;
    mean = mean * (1 - 1 / mass) + value / mass;
    last = x[i] as number;
    out[i] = mean;
  }
  return out;
}

/** Mean weighted by exp(−d²/2σ²), cut at 3σ; at the ends by what there is, without mirrored values. */
function gaussian(x: Float64Array, y: Float64Array, sigma: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(y.length);
  const width = sigma * spacingOf(x);
  let from = 0;
  for (let i = 0; i < y.length; i++) {
    const at = x[i] as number;
    while ((x[from] as number) < at - 3 * width) from += 1;
    if (!Number.isFinite(y[i] as number)) {
      out[i] = Number.NaN;
      continue;
    }
    let mean = 0;
    let mass = 0;
    for (let j = from; j < y.length && (x[j] as number) <= at + 3 * width; j++) {
      const value = y[j] as number;
      if (!Number.isFinite(value)) continue;
      const distance = ((x[j] as number) - at) / width;
      const weight = Math.exp(-0.5 * distance * distance);
      mass += weight;
      mean = mean * (1 - weight / mass) + value * (weight / mass);
    }
    out[i] = mean;
  }
  return out;
}

/**
 * Mean of the points within `half` on either side. Sums run forwards and backwards within blocks of the window's width, so each mean is
 * the sum of two parts and nothing is ever subtracted: a huge value leaves no trace once it is out of the window. O(n).
 */
function runningMean(y: Float64Array, half: number): Float64Array<ArrayBuffer> {
  const count = y.length;
  const width = 2 * half + 1;
  const out = new Float64Array(count);
  const forward = new Float64Array(count);
  const backward = new Float64Array(count);
  const forwardN = new Uint32Array(count);
  const backwardN = new Uint32Array(count);
  for (let i = 0; i < count; i++) accumulate(i, i % width === 0 ? -1 : i - 1, forward, forwardN);
  for (let i = count - 1; i >= 0; i--) accumulate(i, i === count - 1 || (i + 1) % width === 0 ? -1 : i + 1, backward, backwardN);
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(y[i] as number)) {
      out[i] = Number.NaN;
      continue;
    }
    const left = Math.max(0, i - half);
    const right = Math.min(count - 1, i + half);
    let sum: number;
    let n: number;
    if (Math.floor(left / width) !== Math.floor(right / width)) {
      sum = (backward[left] as number) + (forward[right] as number);
      n = (backwardN[left] as number) + (forwardN[right] as number);
    } else {
      [sum, n] = sumOf(y, left, right, width);
    }
    out[i] = sum * (width / n);
  }
  return out;

  // Values are divided by the width before they are added: no sum of finite values overflows.
  function accumulate(i: number, before: number, sums: Float64Array, counts: Uint32Array): void {
    const value = y[i] as number;
    const finite = Number.isFinite(value);
    sums[i] = (before < 0 ? 0 : (sums[before] as number)) + (finite ? value / width : 0);
    counts[i] = (before < 0 ? 0 : (counts[before] as number)) + (finite ? 1 : 0);
  }
}

/** Only at the ends of a series does a window lie within one block. */
function sumOf(y: Float64Array, left: number, right: number, width: number): [sum: number, n: number] {
  let sum = 0;
  let n = 0;
  for (let j = left; j <= right; j++) {
    const value = y[j] as number;
    if (!Number.isFinite(value)) continue;
    sum += value / width;
    n += 1;
  }
  return [sum, n];
}
