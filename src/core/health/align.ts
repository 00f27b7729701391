// Puts a training curve onto the places of a held-out one.

import type { CleanCurve } from './prepared-series';

/**
 * Mean of the training points in (previous evaluation, this evaluation] on the clock of the run. Where an evaluation has none of its own the
 * last training point before it stands in; NaN before the first. O(n + m).
 */
export function alignMeans(train: CleanCurve, val: CleanCurve): Float64Array<ArrayBuffer> {
  const out = new Float64Array(val.values.length);
  let at = 0;
  let last = Number.NaN;
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    let count = 0;
    while (at < train.values.length && (train.clock[at] as number) <= (val.clock[i] as number)) {
      last = train.values[at] as number;
      sum += last;
      count += 1;
      at += 1;
    }
    out[i] = count > 0 ? sum / count : last;
  }
  return out;
}
