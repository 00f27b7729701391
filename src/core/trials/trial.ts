// The table that effects, groups and suggestions are computed from: one row a run.

import type { Direction } from '../model/run';
import type { Values } from '../model/values';

/** Which reading of a curve stands for the run. `mean-tail` is the mean of the last 5 % of its points, at least one. */
export type Reading = 'last' | 'best' | 'mean-tail';
export const readings: readonly Reading[] = ['last', 'best', 'mean-tail'];

export interface Trial {
  /** Run id, or what the table's id column says, or `row N` of a table. */
  readonly id: string;
  readonly name: string;
  /** Without seeds and names of runs. Values as logged; compare them by `compare/same-value`. */
  readonly params: Values;
  /** The outcome; null where the run failed or never logged a finite value. */
  readonly value: number | null;
  /** The value of the seed-like key, null where there is none. */
  readonly seed: string | null;
  /** What else may have changed together with the params: commit, data digest, start time, hardware. */
  readonly circumstances: Values;
  readonly durationMs: number | null;
}

export interface TrialTable {
  readonly metric: string;
  readonly direction: Exclude<Direction, 'none'>;
  readonly reading: Reading;
  /** Key of the param that was taken for the seed, null where there is none. */
  readonly seedParam: string | null;
  readonly trials: readonly Trial[];
}

/** What to make a table of. */
export interface TrialOptions {
  readonly metric: string;
  /** Left out: what the metric's name says. */
  readonly direction?: Exclude<Direction, 'none'>;
  /** `last` unless given; a CSV has one value a run, whatever is asked. */
  readonly reading?: Reading;
}

/** Why no table could be made, with the words that may have been meant. */
export interface TrialProblem {
  readonly code: 'no-metric' | 'no-direction' | 'no-table';
  readonly message: string;
  /** Names that exist, for a nearest spelling. */
  readonly candidates: readonly string[];
}

export type Trials = { readonly table: TrialTable; readonly problem?: never } | { readonly table?: never; readonly problem: TrialProblem };
