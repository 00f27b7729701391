// Parallel coordinates as plain data: an axis for each param and one for the outcome, a line for each run.

import type { TrialTable } from '../trials/trial';
import { placesOf } from './axis-plot';
import type { Param, Scale } from './param';

export interface ParallelAxis {
  readonly name: string;
  readonly scale: Scale;
  /** Ticks at places from 0 to 1; of many levels a few. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface ParallelLine {
  readonly id: string;
  /** Place on each axis, in their order; null where the run does not have the param or failed. */
  readonly at: readonly (number | null)[];
  /** Colour from 0 (worst) to 1 (best) by rank of the outcome; null for a failed run. */
  readonly good: number | null;
}

export interface Parallel {
  readonly axes: readonly ParallelAxis[];
  /** Worst first, so that the best are drawn on top. */
  readonly lines: readonly ParallelLine[];
}

const mostTicks = 8;

/** @param params which, in the order wanted; the outcome is the last axis, linear between its worst and best value */
export function parallelCoordinates({ metric, direction, trials }: TrialTable, params: readonly Param[]): Parallel {
  const values = trials.flatMap(({ value }) => value ?? []);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const ordered = [...new Set(values)].sort((a, b) => (direction === 'max' ? a - b : b - a));
  const rank = new Map(ordered.map((value, at) => [value, ordered.length > 1 ? at / (ordered.length - 1) : 1]));
  const places = params.map(placesOf);
  const lines = trials.map(({ id, value }, row): ParallelLine => {
    const at = params.map(({ column }, j) => places[j]?.[column[row] as number] ?? null);
    return {
      id,
      at: [...at, value === null ? null : high > low ? (value - low) / (high - low) : 0.5],
      good: value === null ? null : (rank.get(value) ?? null),
    };
  });
  const outcome: ParallelAxis = {
    name: metric,
    scale: 'linear',
    ticks: values.length === 0 ? [] : low === high ? [{ at: 0.5, text: String(low) }] : [low, high].map((value, at) => ({ at, text: String(value) })),
  };
  const axes = params.map(({ name, scale, levels }, j) => ({
    name,
    scale,
    ticks: few(levels.map(({ text }, level) => ({ at: places[j]?.[level] ?? 0, text }))),
  }));
  return { axes: [...axes, outcome], lines: lines.sort((a, b) => (a.good ?? -1) - (b.good ?? -1) || (a.id < b.id ? -1 : 1)) };
}

/** First, last, and some between. */
const few = <T>(ticks: readonly T[]): readonly T[] =>
  ticks.length <= mostTicks ? ticks : Array.from({ length: mostTicks }, (_, i) => ticks[Math.round((i * (ticks.length - 1)) / (mostTicks - 1))] as T);
