// One param against the outcome, as plain data: what may be shown at any number of runs.

import { quantile, sorted } from '../statistics/basic';
import type { TrialTable } from '../trials/trial';
import { bins } from './bins';
import { type Param, positionsOf, type Scale } from './param';

export interface AxisPoint {
  /** The trial's id. */
  readonly id: string;
  /** Place on the axis, 0 to 1. */
  readonly at: number;
  /** Null for a failed run: draw it at the bad edge, marked. */
  readonly value: number | null;
}

export interface AxisLevel {
  /** Middle of the level or bin on the axis, 0 to 1. */
  readonly at: number;
  /** The value, or `from – to` for a bin. */
  readonly text: string;
  /** Trials with an outcome, and failed ones. */
  readonly n: number;
  readonly failed: number;
  /** Median and quartiles of the outcomes; null for none. */
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface AxisPlot {
  readonly param: string;
  readonly scale: Scale;
  readonly points: readonly AxisPoint[];
  readonly levels: readonly AxisLevel[];
}

/** Params with more levels get their medians over bins of about equally many trials. */
const mostLevels = 12;
const binsBeyond = 6;

/** Trials without the param are left out. */
export function axisPlot({ trials }: TrialTable, param: Param): AxisPlot {
  const places = placesOf(param);
  const rows = [...trials.keys()].filter((row) => (param.column[row] as number) >= 0);
  const at = (row: number): number => places[param.column[row] as number] as number;
  const { of, count } = bins(param, param.levels.length > mostLevels ? binsBeyond : mostLevels);
  const levels = Array.from({ length: count }, (_, bin) => rows.filter((row) => of[row] === bin))
    .filter((members) => members.length > 0)
    .map((members): AxisLevel => {
      const values = sorted(members.flatMap((row) => trials[row]?.value ?? []));
      const within = [...new Set(members.map((row) => param.column[row] as number))].sort((a, b) => a - b);
      const spread = (q: number): number | null => (values.length > 0 ? quantile(values, q) : null);
      return {
        at: within.reduce((sum, level) => sum + (places[level] as number), 0) / within.length,
        text: textOf(param, within),
        n: values.length,
        failed: members.length - values.length,
        median: spread(0.5),
        low: spread(0.25),
        high: spread(0.75),
      };
    });
  return {
    param: param.name,
    scale: param.scale,
    points: rows.map((row) => ({ id: trials[row]?.id ?? '', at: at(row), value: trials[row]?.value ?? null })),
    levels,
  };
}

/** Place of each level from 0 to 1: by its number on the param's scale, else evenly. */
export const placesOf = (param: Param): readonly number[] =>
  positionsOf(param) ?? param.levels.map((_, at) => (param.levels.length > 1 ? at / (param.levels.length - 1) : 0.5));

function textOf({ levels, type }: Param, within: readonly number[]): string {
  const [first, last] = [levels[within[0] as number]?.text ?? '', levels[within.at(-1) as number]?.text ?? ''];
  if (within.length === 1) return first;
  return type === 'number' || type === 'integer' ? `${first} – ${last}` : `${within.length} others`;
}
