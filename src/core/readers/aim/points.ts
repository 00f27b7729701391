// Joins the columns of a series into points, in the order in which Aim's own client gives them.

import { ColumnWalk, KeyedColumn } from './columns';
import type { StoredSeries } from './series';

/** How the points of a series are found: by the step itself, or by a hash of it with the step in a column of its own (Aim 3.11 and later). */
export type Layout = 'by-step' | 'by-hash';

export interface JoinedPoints {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array<ArrayBuffer>;
  /** NaN where none was logged. */
  readonly epochs: Float64Array<ArrayBuffer>;
  /** Steps that float64 cannot hold: place → digits. */
  readonly exactSteps: ReadonlyMap<number, string>;
  /** Whether any value is an integer that float64 cannot hold. */
  readonly inexactValues: boolean;
  /** Values without a step: their writing was cut off. */
  readonly incomplete: number;
}

const none = new KeyedColumn();

export function joinPoints({ columns }: StoredSeries, layout: Layout): JoinedPoints {
  const values = columns.get('val') ?? none;
  const stepColumn = columns.get('step') ?? none;
  const found = new Uint32Array(values.length);
  const foundSteps = new Float64Array(values.length);
  const digits = new Map<number, string>();
  const walk = new ColumnWalk(stepColumn);
  let length = 0;
  for (let at = 0; at < values.length; at++) {
    const [high, low] = [values.high[at] as number, values.low[at] as number];
    let step: number;
    if (layout === 'by-step') {
      step = (high | 0) * 2 ** 32 + low;
      if (!Number.isSafeInteger(step)) digits.set(length, String((BigInt(high | 0) << 32n) | BigInt(low)));
    } else {
      const place = walk.find(high, low);
      if (place < 0) continue;
      step = stepColumn.values[place] as number;
      const exact = stepColumn.exact.get(place);
      if (exact !== undefined) digits.set(length, exact);
    }
    found[length] = at;
    foundSteps[length++] = step;
  }
  const order = layout === 'by-hash' ? orderOf(foundSteps.subarray(0, length)) : null;
  return pick(columns, values, found, foundSteps, digits, order, length);
}

/** Places in the order of steps; null where they are in it. */
function orderOf(steps: Float64Array): Uint32Array | null {
  let sorted = true;
  for (let at = 1; at < steps.length && sorted; at++) sorted = (steps[at - 1] as number) <= (steps[at] as number);
  return sorted ? null : Uint32Array.from(steps.keys()).sort((a, b) => (steps[a] as number) - (steps[b] as number) || a - b);
}

function pick(
  columns: StoredSeries['columns'],
  values: KeyedColumn,
  found: Uint32Array,
  foundSteps: Float64Array,
  digits: ReadonlyMap<number, string>,
  order: Uint32Array | null,
  length: number,
): JoinedPoints {
  // Beside the values in the order of their keys first: that is how the columns can be walked.
  const beside = (name: string): Float64Array => {
    const column = columns.get(name) ?? none;
    const walk = new ColumnWalk(column);
    return Float64Array.from({ length }, (_, i) => {
      const at = found[i] as number;
      const place = walk.find(values.high[at] as number, values.low[at] as number);
      return place < 0 ? Number.NaN : (column.values[place] as number);
    });
  };
  const times = beside('time');
  const epochs = beside('epoch');
  const place = (i: number): number => (order ? (order[i] as number) : i);
  const exactSteps = new Map<number, string>();
  for (let i = 0; i < length && digits.size > 0; i++) {
    const step = digits.get(place(i));
    if (step !== undefined) exactSteps.set(i, step);
  }
  return {
    steps: Float64Array.from({ length }, (_, i) => foundSteps[place(i)] as number),
    values: Float64Array.from({ length }, (_, i) => values.values[found[place(i)] as number] as number),
    times: Float64Array.from({ length }, (_, i) => (times[place(i)] as number) * 1000),
    epochs: Float64Array.from({ length }, (_, i) => epochs[place(i)] as number),
    exactSteps,
    inexactValues: values.exact.size > 0,
    incomplete: values.length - length,
  };
}
