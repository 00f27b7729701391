// The validation loss after its best: how far it rose while the training loss went on falling. Shared by.

import { mannKendall } from '../statistics/trend';
import type { Pair, PreparedRun } from './prepared-run';
import type { PreparedSeries } from './prepared-series';
import { medianOf } from './windows';

export interface Deterioration {
  readonly pair: Pair;
  /** Places in the clean curve of the validation loss. */
  readonly bestPlace: number;
  readonly best: number;
  /** Median of the last k points. */
  readonly end: number;
  readonly k: number;
  readonly tail: number;
  /** (end − best) / |best|. */
  readonly relative: number;
  /** (end − best) / (start − best). */
  readonly ofImprovement: number;
  /** (end − best) / σ. */
  readonly sigmas: number;
  readonly tau: number;
  /** (train at best − train at end) / |train at best|. */
  readonly trainFell: number;
  /** Generalisation loss of Prechelt, in %. */
  readonly generalisationLoss: number;
  readonly level: 'none' | 'note' | 'warn';
  /** A task metric that went on improving after the best loss. */
  readonly improving: { readonly series: PreparedSeries; readonly from: number; readonly to: number; readonly sigmas: number } | null;
}

/** Null where the pair is too short to be judged (fewer than six evaluations). */
export const deteriorationOf = (prepared: PreparedRun): Deterioration | null =>
  prepared.once('deterioration', () => (prepared.pair ? measure(prepared, prepared.pair) : null));

function measure(prepared: PreparedRun, pair: Pair): Deterioration | null {
  const { values } = pair.val.clean;
  const n = values.length;
  if (n < 6 || pair.train.clean.values.length < 2) return null;
  const bestPlace = pair.val.best;
  const smooth = pair.val.smooth;
  const best = smooth.values[smooth.at.indexOf(bestPlace)] as number;
  const tail = n - 1 - bestPlace;
  const k = Math.max(2, Math.min(Math.ceil(tail / 2), 20));
  const end = medianOf(values, n - k, n);
  const rise = end - best;
  const start = Math.max(values[0] as number, medianOf(values, 0, 2));
  const sigma = pair.val.noise;
  const aligned = prepared.aligned(pair.train, pair.val);
  const trainBest = medianOf(aligned, Math.max(0, bestPlace - 1), bestPlace + 2);
  const trainEnd = medianOf(aligned, n - k, n);
  const trend = tail >= 3 ? mannKendall(values.subarray(bestPlace)) : { tau: 0 };
  const relative = rise / Math.max(Math.abs(best), Number.MIN_VALUE);
  const ofImprovement = start > best ? rise / (start - best) : Number.POSITIVE_INFINITY;
  const sigmas = sigma > 0 ? rise / sigma : rise > 0 ? Number.POSITIVE_INFINITY : 0;
  const trainFell = (trainBest - trainEnd) / Math.max(Math.abs(trainBest), Number.MIN_VALUE);
  const falling = trainFell >= 0.05;
  // A loss that passes through zero has no level to compare with: then only its own improvement says what is much.
  const passesZero = best <= 0 && start > 0;
  const steady = pair.val.cadence !== 'irregular';
  const long = tail >= Math.max(3, 0.15 * n);
  let level: Deterioration['level'] = 'none';
  if (rise > 0 && falling && long && steady && !prepared.cyclic) {
    if ((relative >= 0.1 || passesZero) && ofImprovement >= 0.04 && sigmas >= 1.5 && trend.tau > 0.1 && tail >= 5) level = 'warn';
    else if ((relative >= 0.02 || passesZero) && ofImprovement >= 0.02 && sigmas >= 2 && trend.tau >= 0.4) level = 'note';
  }
  return {
    pair,
    bestPlace,
    best,
    end,
    k,
    tail,
    relative,
    ofImprovement,
    sigmas,
    tau: trend.tau,
    trainFell,
    generalisationLoss: 100 * (best > 0 ? (values[n - 1] as number) / best - 1 : Number.NaN),
    level,
    improving: level === 'none' ? null : improvingAfter(prepared, pair.val, bestPlace),
  };
}

/** The task metric that improved most, in its own noise, from around the best loss to the end: by more than σ, 1 % of its range, and half a point where it is a share. */
function improvingAfter(prepared: PreparedRun, val: PreparedSeries, bestPlace: number): Deterioration['improving'] {
  const at = val.clean.clock[bestPlace] as number;
  let most: Deterioration['improving'] = null;
  for (const series of prepared.taskMetrics('val')) {
    if (series === val || series.role === 'perplexity') continue;
    const { clock, values } = series.clean;
    const n = values.length;
    const place = clock.findLastIndex((here) => here <= at);
    if (place < 0 || n - 1 - place < 2) continue;
    const sign = series.direction === 'max' ? 1 : -1;
    const k = Math.max(2, Math.min(Math.ceil((n - 1 - place) / 2), 20));
    const from = medianOf(values, Math.max(0, place - 1), place + 2);
    const to = medianOf(values, n - k, n);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const gain = sign * (to - from);
    // Half a point of a share of right answers; of other scores what is worth reporting is a part of their own range.
    const share = high > 1.5 && high <= 100 ? 0.5 : 0.005;
    const least = series.role === 'accuracy' || (series.role === 'score' && low >= 0 && high <= 1) ? share : 0;
    if (gain <= Math.max(series.noise, 0.01 * (high - low), least)) continue;
    const sigmas = series.noise > 0 ? gain / series.noise : Number.POSITIVE_INFINITY;
    if (!most || sigmas > most.sigmas) most = { series, from, to, sigmas };
  }
  return most;
}
