// Mean, spread, order statistics and ranks. Every function wants finite values; NaN says that there were too few.

type Numbers = ArrayLike<number>;

/** Arithmetic mean; NaN of nothing. */
export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Sample variance (n − 1); NaN for fewer than two, and exactly 0 for equal values, whatever their mean rounds to. */
export function variance(values: Numbers): number {
  if (values.length < 2) return Number.NaN;
  let equal = 1;
  while (equal < values.length && values[equal] === values[0]) equal += 1;
  if (equal === values.length) return 0;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - centre) ** 2;
  return squares / (values.length - 1);
}

/** Sample standard deviation (n − 1); NaN for fewer than two. */
export const deviation = (values: Numbers): number => Math.sqrt(variance(values));

/** A sorted copy. */
export const sorted = (values: Numbers): Float64Array<ArrayBuffer> => Float64Array.from(values).sort();

/** Quantile of sorted values, by linear interpolation between order statistics (Hyndman and Fan, type 7). NaN of nothing. */
export function quantile(ascending: Numbers, q: number): number {
  if (ascending.length === 0) return Number.NaN;
  const at = (ascending.length - 1) * q;
  const low = Math.floor(at);
  const share = at - low;
  const a = ascending[low] as number;
  const b = ascending[Math.min(low + 1, ascending.length - 1)] as number;
  // Between its neighbours whatever the rounding does: two equal subnormal numbers must not give zero.
  return share === 0 ? a : Math.min(b, Math.max(a, a * (1 - share) + b * share));
}

/** Median of values in any order; NaN of nothing. */
export const median = (values: Numbers): number => quantile(sorted(values), 0.5);

/** Median absolute deviation from the median, unscaled (× 1.4826 estimates σ of a normal). */
export function mad(values: Numbers, centre = median(values)): number {
  const distances = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) distances[i] = Math.abs((values[i] as number) - centre);
  return median(distances);
}

/** Ranks from 1; ties share their mean rank. */
export function ranks(values: Numbers): Float64Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to += 1;
    for (let i = from; i < to; i++) out[order[i] as number] = (from + to + 1) / 2;
    from = to;
  }
  return out;
}

/** Pearson's correlation; NaN where one side does not vary. */
export function correlation(x: Numbers, y: Numbers): number {
  const mx = mean(x);
  const my = mean(y);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] as number) - mx;
    const dy = (y[i] as number) - my;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

/** Spearman's rank correlation; NaN where one side does not vary. */
export const spearman = (x: Numbers, y: Numbers): number => correlation(ranks(x), ranks(y));
