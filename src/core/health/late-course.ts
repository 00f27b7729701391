// How the curve that a run is selected by moves towards its end. Shared by the rules on plateaus and on unfinished training.

import { type Slope, theilSen } from '../statistics/trend';
import type { PreparedRun } from './prepared-run';
import type { PreparedSeries } from './prepared-series';
import { extremesOf, medianOf } from './windows';

export interface LateCourse {
  readonly series: PreparedSeries;
  readonly n: number;
  readonly start: number;
  readonly best: number;
  /** Place of the raw best in the clean curve. */
  readonly bestPlace: number;
  /** start − best; at least the smallest positive number. */
  readonly improvement: number;
  /** Change over a stretch of the last points (at least six) by Theil–Sen, in values, negative where it falls; slope with its interval at `level`. */
  over(share: number, level?: number): { readonly change: number; readonly slope: Slope; readonly from: number };
}

/** The held-out loss with at least 8 evaluations, else the training loss; null without either. Only curves where less is better. */
export function lateCourseOf(prepared: PreparedRun): LateCourse | null {
  const val = prepared.valObjective;
  const series = val && val.direction === 'min' && val.clean.values.length >= 8 ? val : prepared.trainObjective;
  if (!series || series.clean.values.length < 8) return null;
  const { values, clock } = series.clean;
  const n = values.length;
  const best = extremesOf(values)?.low ?? Number.NaN;
  const start = medianOf(values, 0, 2);
  return {
    series,
    n,
    start,
    best,
    bestPlace: values.indexOf(best),
    improvement: Math.max(start - best, Number.MIN_VALUE),
    over(share, level = 0.95) {
      const from = Math.max(0, Math.min(n - 6, Math.floor((1 - share) * n)));
      const slope = theilSen(clock.subarray(from), values.subarray(from), level);
      return { change: slope.slope * ((clock[n - 1] as number) - (clock[from] as number)), slope, from };
    },
  };
}
