// Puts the points of a resumed run's parts together: where a step was logged twice, the later part's point counts.

import type { Batch } from './columns';

export type Column = Omit<Batch, 'exactSteps'>;

/** Batches one behind another. */
export function joined(batches: readonly Column[]): Column {
  const [first] = batches;
  if (first && batches.length === 1) return first;
  const count = batches.reduce((sum, { values }) => sum + values.length, 0);
  const gather = (pick: (batch: Column) => Float64Array<ArrayBuffer> | null): Float64Array<ArrayBuffer> | null => {
    if (batches.every((batch) => pick(batch) === null)) return null;
    const all = new Float64Array(count).fill(Number.NaN);
    let at = 0;
    for (const batch of batches) {
      const column = pick(batch);
      if (column) all.set(column, at);
      at += batch.values.length;
    }
    return all;
  };
  return { steps: gather(({ steps }) => steps), values: gather(({ values }) => values) ?? new Float64Array(0), times: gather(({ times }) => times) };
}

/**
 * The points of both in order of step.
 * Parts without steps, or whose steps go back, follow one another as they are.
 * @returns also how many points of `earlier` gave way
 */
export function overlaid(earlier: Column, later: Column): { readonly column: Column; readonly replaced: number } {
  const a = earlier.steps;
  const b = later.steps;
  if (!a || !b || !ascends(a) || !ascends(b)) return { column: joined([earlier, later]), replaced: 0 };
  const steps = new Float64Array(a.length + b.length);
  const values = new Float64Array(steps.length);
  const times = earlier.times || later.times ? new Float64Array(steps.length) : null;
  let length = 0;
  let replaced = 0;
  const take = (from: Column, at: number) => {
    steps[length] = (from.steps as Float64Array)[at] as number;
    values[length] = from.values[at] as number;
    if (times) times[length] = from.times?.[at] ?? Number.NaN;
    length++;
  };
  let i = 0;
  for (let j = 0; j < b.length; j++) {
    const step = b[j] as number;
    while (i < a.length && (a[i] as number) < step) take(earlier, i++);
    while (i < a.length && a[i] === step) {
      i++;
      replaced++;
    }
    take(later, j);
  }
  while (i < a.length) take(earlier, i++);
  const cut = (column: Float64Array<ArrayBuffer>) => (length < column.length ? column.slice(0, length) : column);
  return { column: { steps: cut(steps), values: cut(values), times: times && cut(times) }, replaced };
}

/** Steps that are all known and never go back. */
function ascends(steps: Float64Array): boolean {
  for (let at = 0; at < steps.length; at++) if (!((steps[at] as number) >= (steps[at - 1] ?? Number.NEGATIVE_INFINITY))) return false;
  return true;
}

const batchPoints = 65_536;

/** A column in batches that a consumer can take. */
export function* inBatches({ steps, values, times }: Column): Generator<Column> {
  for (let at = 0; at < values.length; at += batchPoints) {
    const part = (column: Float64Array<ArrayBuffer>) => column.slice(at, at + batchPoints);
    yield { steps: steps && part(steps), values: part(values), times: times && part(times) };
  }
}
