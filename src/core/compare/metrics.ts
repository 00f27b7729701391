// Metrics of runs side by side: five ways to reduce a series to one number, with deltas to the baseline.

import type { RunId } from '../base/units';
import { contextText, type Direction, type Run, type Series, type SeriesKey } from '../model/run';

export interface MetricValues {
  /** Last logged value, finite or not. */
  readonly last: number | null;
  /** min or max by the metric's direction; null where the direction is not known. */
  readonly best: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
}
export type Reduction = keyof MetricValues;

export interface MetricRow extends SeriesKey {
  readonly role: string | null;
  readonly direction: Direction;
  readonly system: boolean;
  readonly values: ReadonlyMap<RunId, MetricValues>;
  /** Which of the values the deltas are of: `best` where the direction is known, else `last`. */
  readonly deltaOf: Reduction;
  /** Value minus the baseline's; runs without both are absent. */
  readonly delta: ReadonlyMap<RunId, number>;
  /** Runs that are better than the baseline by the metric's direction. */
  readonly better: ReadonlySet<RunId>;
}

export const seriesId = (series: SeriesKey): string => `${series.name}\u0000${contextText(series.context)}`;

export function metricValues(series: Series): MetricValues {
  const { last, min, max, mean, direction } = series;
  return { last, best: direction === 'min' ? min : direction === 'max' ? max : null, min, max, mean };
}

/** One row per (name, context) that any run logged, sorted; `baseline` is one of the runs. */
export function metricRows(runs: readonly Run[], baseline: RunId): readonly MetricRow[] {
  const columns = new Map<string, Map<RunId, Series>>();
  for (const run of runs) {
    for (const series of run.series) {
      const id = seriesId(series);
      const column = columns.get(id) ?? new Map<RunId, Series>();
      column.set(run.id, series);
      columns.set(id, column);
    }
  }
  return [...columns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, column]) => metricRow(column, baseline));
}

function metricRow(column: ReadonlyMap<RunId, Series>, baseline: RunId): MetricRow {
  const [any] = column.values();
  const { name, context, role, direction, system } = any as Series;
  const values = new Map([...column].map(([id, series]) => [id, metricValues({ ...series, direction })] as const));
  const deltaOf: Reduction = direction === 'none' ? 'last' : 'best';
  const reference = values.get(baseline)?.[deltaOf] ?? null;
  const delta = new Map<RunId, number>();
  const better = new Set<RunId>();
  for (const [id, value] of values) {
    const own = value[deltaOf];
    if (id === baseline || own === null || reference === null) continue;
    const difference = own - reference;
    delta.set(id, difference);
    if ((direction === 'min' && difference < 0) || (direction === 'max' && difference > 0)) better.add(id);
  }
  return { name, context, role, direction, system, values, deltaOf, delta, better };
}
