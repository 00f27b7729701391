// Charts over runs instead of points: a dot, a line or a cell stands for runs. Plain data, drawn by charts/.

import type { Tick } from './chart-ticks';
import type { RunStyle } from './run-style';

/** On a `category` axis places are whole numbers from 0, one a level. */
export type PlotScale = 'linear' | 'log' | 'category';

export interface PlotAxis {
  readonly label: string;
  readonly scale: PlotScale;
  /** The shown range in data units; min < max, both positive for `log`. */
  readonly min: number;
  readonly max: number;
  /** What to write and where; null for round numbers. A category axis always has them. */
  readonly ticks: readonly Tick[] | null;
}

export interface PlotPoint {
  /** Run id, or row of a table. */
  readonly owner: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly style: RunStyle;
}

export interface ScatterSpec {
  readonly kind: 'scatter';
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly points: readonly PlotPoint[];
  /** Means of levels with their 95 % intervals, where a level has several runs. */
  readonly means: readonly { readonly x: number; readonly y: number; readonly low: number; readonly high: number }[];
  readonly notes: readonly string[];
}

export interface ParallelLine {
  readonly owner: string;
  readonly label: string;
  readonly style: RunStyle;
  /** One place an axis in data units; NaN where the run has none: the line stops there. */
  readonly values: readonly number[];
  /** 0 the worst to 1 the best of the runs shown; NaN where the run failed. */
  readonly standing: number;
}

export interface ParallelSpec {
  readonly kind: 'parallel';
  readonly title: string;
  /** The last is the metric. */
  readonly axes: readonly PlotAxis[];
  readonly lines: readonly ParallelLine[];
  /** `standing`: from pale to strong by the metric; `run`: each run's own colour. */
  readonly colour: 'run' | 'standing';
  readonly notes: readonly string[];
}

export interface HeatCell {
  /** Places on the two category axes. */
  readonly x: number;
  readonly y: number;
  readonly mean: number;
  readonly owners: readonly string[];
  /** 0 the worst to 1 the best cell. */
  readonly standing: number;
}

export interface HeatSpec {
  readonly kind: 'heat';
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly cells: readonly HeatCell[];
  readonly notes: readonly string[];
}

export type PlotSpec = ScatterSpec | ParallelSpec | HeatSpec;
