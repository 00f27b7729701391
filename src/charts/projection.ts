// Data to the chart's own linear axes and on to pixels, and back.

import type { ChartAxis, ChartSpec } from '../core/view/chart-spec';

/** The plot area within a chart, in pixels. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Projection {
  readonly plot: Plot;
  readonly toX: (x: number) => number;
  readonly toY: (y: number) => number;
  readonly fromX: (pixel: number) => number;
  readonly fromY: (pixel: number) => number;
}

/** A value on an axis that ECharts sees as linear: log₁₀ on log axes, NaN where that has no place. */
export const onAxis = (axis: ChartAxis, value: number): number => (axis.scale === 'log' ? (value > 0 ? Math.log10(value) : Number.NaN) : value);
export const offAxis = (axis: ChartAxis, value: number): number => (axis.scale === 'log' ? 10 ** value : value);

/** Pixels are those of the chart's element. */
export function projectionOf({ x, y }: Pick<ChartSpec, 'x' | 'y'>, plot: Plot): Projection {
  const [x0, x1] = [onAxis(x, x.min), onAxis(x, x.max)];
  const [y0, y1] = [onAxis(y, y.min), onAxis(y, y.max)];
  return {
    plot,
    toX: (value) => plot.left + ((onAxis(x, value) - x0) / (x1 - x0)) * plot.width,
    toY: (value) => plot.top + (1 - (onAxis(y, value) - y0) / (y1 - y0)) * plot.height,
    fromX: (pixel) => offAxis(x, x0 + ((pixel - plot.left) / plot.width) * (x1 - x0)),
    fromY: (pixel) => offAxis(y, y0 + (1 - (pixel - plot.top) / plot.height) * (y1 - y0)),
  };
}

/** Spans of the y axis beyond which a value is drawn no further away: engines drop lines that go on for ever, and no slope changes by a pixel. */
const farthest = 1e4;

/** Flat pairs with log axes taken into account, values far out of the range brought nearer; the same array where there is nothing to do. */
export function projectPairs(pairs: Float64Array, x: ChartAxis, y: ChartAxis): Float64Array {
  const [bottom, top] = [onAxis(y, y.min), onAxis(y, y.max)];
  const [low, high] = [bottom - farthest * (top - bottom), top + farthest * (top - bottom)];
  if (x.scale !== 'log' && y.scale !== 'log' && !outside(pairs, low, high)) return pairs;
  const out = new Float64Array(pairs.length);
  for (let i = 0; i < pairs.length; i += 2) {
    out[i] = onAxis(x, pairs[i] as number);
    const value = onAxis(y, pairs[i + 1] as number);
    out[i + 1] = value < low ? low : value > high ? high : value;
  }
  return out;
}

function outside(pairs: Float64Array, low: number, high: number): boolean {
  for (let i = 1; i < pairs.length; i += 2) if ((pairs[i] as number) < low || (pairs[i] as number) > high) return true;
  return false;
}
