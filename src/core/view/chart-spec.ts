// A chart as plain data: what charts/ turns into pixels on screen and into SVG in reports.

import type { NonFiniteMark } from '../series/nonfinite';
import type { RunStyle } from './run-style';

/** `time` is ms since the epoch in local time, `duration` seconds. */
export type AxisScale = 'linear' | 'log' | 'time' | 'duration';

export interface ChartAxis {
  readonly label: string;
  readonly scale: AxisScale;
  /** The shown range, in data units; min < max, and both positive for `log`. */
  readonly min: number;
  readonly max: number;
}

export interface ChartCurve {
  /** Unique within the chart. */
  readonly id: string;
  /** The run this curve belongs to; for a group its key. Hover highlights by it. */
  readonly owner: string;
  readonly label: string;
  /** What stands beside the label in a legend, such as how many members a group has; empty for none. */
  readonly note: string;
  readonly style: RunStyle;
  /** Flat [x, y, …] in data units, x non-falling; y NaN at a gap. */
  readonly line: Float64Array;
  /** The curve before smoothing, drawn faint behind. */
  readonly raw: Float64Array | null;
  /** Rows of three [x, lower, upper, …], NaN where there is none. */
  readonly band: Float64Array | null;
  /** Flat [x, y, …] of points to draw as markers. */
  readonly dots: Float64Array;
  readonly marks: readonly NonFiniteMark[];
  /** A member drawn together with its group's aggregate: thin. */
  readonly member: boolean;
}

export interface ChartSpec {
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly curves: readonly ChartCurve[];
  /** Points drawn (without aggregates), aggregates drawn, and points logged by the series shown. */
  readonly drawn: number;
  readonly means: number;
  readonly logged: number;
  /** What the picture leaves out or cannot show, in words. */
  readonly notes: readonly string[];
}
