// A figure of logged media as plain data: lines, dots, bars and cells over two axes, drawn by charts/.

import { type Colour, palettes } from './palettes';
import type { PlotAxis } from './plot-spec';

export interface FigureLine {
  readonly kind: 'line' | 'dots';
  /** Empty where it needs no name. */
  readonly label: string;
  readonly colour: Colour;
  /** NaN breaks a line. As long as `y`. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly dashed?: boolean;
}

export interface FigureBox {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** What is said of it under the pointer. */
  readonly says: string;
}

export interface FigureBars {
  readonly kind: 'bars';
  readonly label: string;
  readonly colour: Colour;
  readonly boxes: readonly FigureBox[];
}

export interface FigureCell extends FigureBox {
  /** 0 the palest to 1 the strongest. */
  readonly strength: number;
  /** Written in the cell where it fits, a line each. */
  readonly texts: readonly string[];
}

export interface FigureCells {
  readonly kind: 'cells';
  readonly cells: readonly FigureCell[];
}

export type FigureLayer = FigureLine | FigureBars | FigureCells;

export interface FigureSpec {
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** From back to front. */
  readonly layers: readonly FigureLayer[];
  /** What the picture leaves out or how a number was got, in words. */
  readonly notes: readonly string[];
}

/** The colours of runs serve the lines of a figure as well. */
export const figureColour = (at: number): Colour => palettes.standard.colours[at % palettes.standard.colours.length] as Colour;

/** The least and the greatest finite number, or null where there is none. */
export function rangeOf(numbers: Iterable<number>): readonly [number, number] | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of numbers) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** An axis over a range with a little air at both ends, but none below zero; a range of one value gets room around it. */
export function figureAxis(label: string, range: readonly [number, number] | null, air = 0.04): PlotAxis {
  const [low, high] = range ?? [0, 1];
  const pad = high > low ? (high - low) * air : Math.max(Math.abs(low) * 0.05, 0.5);
  return { label, scale: 'linear', min: low === 0 && high > 0 ? 0 : low - pad, max: high + pad, ticks: null };
}

/** An axis of names, one a whole number from 0. */
export const namesAxis = (label: string, names: readonly string[]): PlotAxis => ({
  label,
  scale: 'category',
  min: -0.5,
  max: Math.max(0.5, names.length - 0.5),
  ticks: names.map((text, at) => ({ at, text })),
});

/** Ends of the axes that hold numbers; null for names and for log axes, which are not shared. */
export interface FigureReach {
  readonly x: readonly [number, number] | null;
  readonly y: readonly [number, number] | null;
}

export function reachOf({ x, y }: Pick<FigureSpec, 'x' | 'y'>): FigureReach {
  const ends = (axis: PlotAxis): readonly [number, number] | null => (axis.scale === 'linear' ? [axis.min, axis.max] : null);
  return { x: ends(x), y: ends(y) };
}

/** The figure with axes that hold all of its neighbours too: bars side by side are compared by their height. */
export function withReach(spec: FigureSpec, all: Iterable<FigureReach>): FigureSpec {
  let [x, y] = [spec.x, spec.y];
  for (const reach of all) {
    x = widened(x, reach.x);
    y = widened(y, reach.y);
  }
  return x === spec.x && y === spec.y ? spec : { ...spec, x, y };
}

function widened(axis: PlotAxis, ends: readonly [number, number] | null): PlotAxis {
  if (axis.scale !== 'linear' || !ends || (ends[0] >= axis.min && ends[1] <= axis.max)) return axis;
  return { ...axis, min: Math.min(axis.min, ends[0]), max: Math.max(axis.max, ends[1]) };
}
