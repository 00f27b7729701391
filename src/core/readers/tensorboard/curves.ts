// Points as a running TensorBoard answers them: `[wall time, step, value]`, with non-finite numbers as words.

import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';

/** The points of one tag of one run, in the order of the answer. */
export interface Curve {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Steps that float64 cannot hold: index → digits. */
  readonly exactSteps?: Readonly<Record<number, string>>;
}

/** Rows that are none are left out. */
export function curveOf(rows: readonly Value[]): Curve {
  const whole = rows.filter((row): row is readonly Value[] => Array.isArray(row) && row.length >= 3);
  const column = (place: number): Float64Array<ArrayBuffer> => Float64Array.from(whole, (row) => numberOf(row[place] ?? null) ?? Number.NaN);
  const exact = [...whole.entries()].flatMap(([at, [, step]]): [number, string][] => (typeof step === 'bigint' ? [[at, String(step)]] : []));
  return {
    steps: column(1),
    values: column(2),
    times: column(0).map((seconds) => seconds * 1000),
    ...(exact.length > 0 ? { exactSteps: Object.fromEntries(exact) } : {}),
  };
}
