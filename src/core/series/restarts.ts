// Repeated and falling steps: the one documented rule for what a curve over steps shows.

/** What a curve over steps shows of the points logged. */
export interface StepOrder {
  /** Indices of the points shown, steps strictly rising; null where that is all of them as logged. */
  readonly order: Uint32Array<ArrayBuffer> | null;
  /** Where each stretch of non-falling steps starts: one entry unless the run was restarted or files were concatenated. */
  readonly segments: readonly number[];
  /** Points not shown because their step was logged again later in the file. */
  readonly replaced: number;
  /** Points without a finite step. */
  readonly unplaced: number;
}

/**
 * Orders points by step. Segments (a new one begins where a step falls below the one before) stand in file order, and of
 * points with the same step the one logged last is shown. Nothing is averaged. A stable sort, O(n log n); O(n) where steps rise.
 * @param steps as logged, NaN where a point has none
 */
export function orderBySteps(steps: Float64Array): StepOrder {
  const count = steps.length;
  const segments = count > 0 ? [0] : [];
  let rising = true;
  let unplaced = 0;
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const step = steps[i] as number;
    if (!Number.isFinite(step)) {
      unplaced += 1;
      rising = false;
      continue;
    }
    if (step <= previous) {
      rising = false;
      if (step < previous) segments.push(i);
    }
    previous = step;
  }
  if (rising) return { order: null, segments, replaced: 0, unplaced: 0 };

  const order = sortedFinite(steps, unplaced);
  let kept = 0;
  for (let i = 0; i < order.length; i++) {
    const at = order[i] as number;
    if (kept > 0 && steps[order[kept - 1] as number] === steps[at]) kept -= 1;
    order[kept++] = at;
  }
  return { order: order.slice(0, kept), segments, replaced: order.length - kept, unplaced };
}

/** Indices of finite keys in rising order of key; equal keys stay in their order. */
export function sortedFinite(keys: Float64Array, nonFinite = countNonFinite(keys)): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(keys.length - nonFinite);
  let at = 0;
  let sorted = true;
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    if (!Number.isFinite(key)) continue;
    sorted &&= key >= previous;
    previous = key;
    order[at++] = i;
  }
  return sorted ? order : order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
}

export function countNonFinite(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i] as number)) count += 1;
  return count;
}
