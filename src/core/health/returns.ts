// What reinforcement learning is judged by: the return of its episodes, in training and in evaluation, and inner quantities by name.

import { wordsOf } from '../series/roles';
import { runningMedian } from '../statistics/robust';
import { choose } from './main-series';
import type { PreparedRun } from './prepared-run';
import type { PreparedSeries } from './prepared-series';
import { medianOf } from './windows';

/** The return while training, of a sure name; null where none is logged. */
export const trainingReturn = (prepared: PreparedRun): PreparedSeries | null =>
  prepared.once('training-return', () => {
    const returns = prepared.ofRole('reward');
    return choose(returns.filter(({ split }) => split === 'train' || split === 'other')) ?? choose(returns);
  });

/** The return of a separate evaluation; null where there is none beside the training return. */
export const evaluationReturn = (prepared: PreparedRun): PreparedSeries | null =>
  prepared.once('evaluation-return', () => {
    const held = choose(prepared.ofRole('reward').filter(({ split }) => split === 'val' || split === 'test'));
    return held === trainingReturn(prepared) ? null : held;
  });

/** The series with most points of which the words (joined by blanks, a blank at both ends) match; the name alone decides, whatever its role. */
export function seriesNamed(prepared: PreparedRun, pattern: RegExp): PreparedSeries | null {
  return choose(named(prepared).flatMap(({ series, phrase }) => (pattern.test(phrase) ? [series] : [])));
}

/** A run may hold ten thousand metrics: their names are read once for all rules. */
const named = (prepared: PreparedRun): readonly { readonly series: PreparedSeries; readonly phrase: string }[] =>
  prepared.once('phrases', () =>
    prepared.series
      .filter((one) => !one.series.system && one.clean.values.length > 0)
      .map((series) => ({ series, phrase: ` ${wordsOf(series.name).join(' ')} ` })),
  );

export interface ReturnCurve {
  /** As logged, or medians of stretches of long curves. */
  readonly level: Float64Array;
  /** Running median over 5 % of the run, at least 3 points: single lucky episodes do not count. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Median of the first 1 %, at least 3 points: good learners have risen far after 5 %. */
  readonly start: number;
  /** Robust σ of single values about the smoothed curve. */
  readonly sigma: number;
  /** σ of the smoothed curve itself, were neighbours independent: a median of w values has 1.25 σ/√w. */
  readonly smoothSigma: number;
}

/** Long curves are thinned to so many medians before they are smoothed. */
const mostPoints = 2000;

/** The return smoothed over 5 % of the run; null for fewer than 20 points. Values stand at the places of the clean curve given in `at`. */
export function returnCurve(series: PreparedSeries): (ReturnCurve & { readonly at: Uint32Array<ArrayBuffer> }) | null {
  const raw = series.clean.values;
  if (raw.length < 20) return null;
  const size = Math.min(raw.length, mostPoints);
  const at = Uint32Array.from({ length: size }, (_, i) => Math.floor(((i + 0.5) * raw.length) / size));
  const level =
    size === raw.length ? raw : Float64Array.from({ length: size }, (_, i) => medianOf(raw, (i * raw.length) / size, ((i + 1) * raw.length) / size));
  const width = Math.max(3, Math.floor(size / 20) | 1);
  const values = runningMedian(level, width);
  const distances = Float64Array.from(level, (value, i) => Math.abs(value - (values[i] as number)));
  const sigma = 1.4826 * medianOf(distances, 0, size);
  return { at, level, values, start: medianOf(level, 0, Math.max(3, size / 100)), sigma, smoothSigma: (1.25 * sigma) / Math.sqrt(width) };
}
