// Which of the points logged belong to the run's last attempt, in rising order of step, and what was wrong with the order.

export interface StepLayout {
  /** Indices of the points that rules see, steps strictly rising; null where that is all of them as logged. */
  readonly kept: Uint32Array<ArrayBuffer> | null;
  /** Places (indices as logged) where the step falls: restarts or files put together. Empty for rows that are merely unordered. */
  readonly restarts: readonly number[];
  /** Points that a later attempt took back. */
  readonly superseded: number;
  /** Points whose step was logged again at once or, in unordered rows, anywhere; the last stays. */
  readonly duplicates: number;
  /** Of those, the ones that repeat the same value: copies, which lose nothing. */
  readonly copies: number;
  /** Rows come in no order of step: sorted, not cut into attempts. */
  readonly unordered: boolean;
  /** Points without a finite step. */
  readonly unplaced: number;
}

/** More falls than this share of the points is no series of restarts: rows were shuffled, or written by several workers. */
const mostRestarts = 0.02;

/**
 * After a fall the earlier points at or beyond the new step are taken back, as TensorBoard does on resume: what is left is the last attempt
 * with the part of earlier ones that it goes on from. One stray last point (a summary row) is not an attempt. O(n log n).
 * @param steps as logged, null where the tracker kept none (then order is as logged)
 * @param unordered the rows of this run come in no order: sort, whatever this series looks like
 */
export function layoutOf(steps: Float64Array | null, values: Float64Array, unordered: boolean): StepLayout {
  const count = values.length;
  const plain = { kept: null, restarts: [], superseded: 0, duplicates: 0, copies: 0, unordered: false, unplaced: 0 };
  if (!steps) return plain;
  let rising = true;
  const falls: number[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  let unplaced = 0;
  for (let i = 0; i < count; i++) {
    const step = steps[i] as number;
    if (!Number.isFinite(step)) {
      unplaced += 1;
      continue;
    }
    if (step <= previous) rising = false;
    if (step < previous) falls.push(i);
    previous = step;
  }
  if (rising && unplaced === 0) return plain;
  const placed = indicesOf(steps);
  if (unordered && falls.length > 0) return sortedLayout(steps, values, placed, unplaced);
  return attempts(steps, values, placed, falls, unplaced);
}

/** True where steps fall too often for restarts. */
export function looksUnordered(steps: Float64Array | null): boolean {
  if (!steps) return false;
  let falls = 0;
  let previous = Number.NEGATIVE_INFINITY;
  for (const step of steps) {
    if (step < previous) falls += 1;
    if (Number.isFinite(step)) previous = step;
  }
  return falls > Math.max(3, mostRestarts * steps.length);
}

function sortedLayout(steps: Float64Array, values: Float64Array, placed: Uint32Array<ArrayBuffer>, unplaced: number): StepLayout {
  // Equal steps in order of value: which one stays must not depend on the order of rows.
  placed.sort((a, b) => (steps[a] as number) - (steps[b] as number) || byValue(values[a] as number, values[b] as number));
  let size = 0;
  let duplicates = 0;
  let copies = 0;
  for (const i of placed) {
    const before = placed[size - 1] as number;
    if (size > 0 && steps[before] === steps[i]) {
      duplicates += 1;
      if (Object.is(values[before], values[i])) copies += 1;
      size -= 1;
    }
    placed[size++] = i;
  }
  return { kept: placed.slice(0, size), restarts: [], superseded: 0, duplicates, copies, unordered: true, unplaced };
}

const byValue = (a: number, b: number): number => (Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b);

function attempts(steps: Float64Array, values: Float64Array, placed: Uint32Array<ArrayBuffer>, falls: readonly number[], unplaced: number): StepLayout {
  const last = placed[placed.length - 1] as number;
  const stray = falls.length > 0 && falls[falls.length - 1] === last && placed.length >= 10;
  const stack = new Uint32Array(placed.length);
  let size = 0;
  let duplicates = 0;
  let copies = 0;
  let superseded = 0;
  for (const i of placed) {
    if (stray && i === last) continue;
    const step = steps[i] as number;
    while (size > 0 && (steps[stack[size - 1] as number] as number) > step) {
      size -= 1;
      superseded += 1;
    }
    if (size > 0 && steps[stack[size - 1] as number] === step) {
      duplicates += 1;
      if (Object.is(values[stack[size - 1] as number], values[i])) copies += 1;
      size -= 1;
    }
    stack[size++] = i;
  }
  const restarts = stray ? falls.slice(0, -1) : falls;
  return { kept: stack.slice(0, size), restarts, superseded, duplicates, copies, unordered: false, unplaced: unplaced + (stray ? 1 : 0) };
}

function indicesOf(steps: Float64Array): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(steps.length);
  let size = 0;
  for (let i = 0; i < steps.length; i++) if (Number.isFinite(steps[i] as number)) out[size++] = i;
  return out.slice(0, size);
}
