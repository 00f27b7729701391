// Axes of plots over runs: where a value lies in pixels, which ticks fit, and the lines and texts that draw them.

import { ticksOf } from '../core/view/chart-ticks';
import type { PlotAxis } from '../core/view/plot-spec';
import { fontSize, textWidth } from './layout';
import type { Shape } from './plot-shapes';
import type { ChartTheme } from './theme';

export interface Placed {
  readonly at: number;
  readonly text: string;
  readonly pixel: number;
}

const onAxis = (axis: PlotAxis, value: number): number => (axis.scale === 'log' ? (value > 0 ? Math.log10(value) : Number.NaN) : value);

/** Data units to pixels between two ends. */
export function placer(axis: PlotAxis, from: number, to: number): (value: number) => number {
  const [low, high] = [onAxis(axis, axis.min), onAxis(axis, axis.max)];
  return (value) => from + ((onAxis(axis, value) - low) / (high - low)) * (to - from);
}

/** Ticks with their pixels; those that do not lie within the range are left out. */
export function ticksAt(axis: PlotAxis, wanted: number, from: number, to: number): readonly Placed[] {
  const place = placer(axis, from, to);
  const ticks = axis.ticks ?? ticksOf(axis.scale === 'log' ? 'log' : 'linear', axis.min, axis.max, wanted);
  return ticks.filter(({ at }) => at >= axis.min && at <= axis.max).map(({ at, text }) => ({ at, text, pixel: place(at) }));
}

/** Width that the texts beside a vertical axis need, at most `most`. */
export const labelWidth = (ticks: readonly Placed[], most: number): number =>
  Math.min(most, Math.ceil(Math.max(18, ...ticks.map(({ text }) => textWidth(text)))));

/** A text that fits into so many pixels. */
export function fitted(text: string, width: number, size = fontSize): string {
  if (textWidth(text, size) <= width) return text;
  const cut = Math.max(1, Math.floor(text.length * (width / textWidth(text, size))) - 1);
  return `${text.slice(0, cut)}…`;
}

/** Numbers below a horizontal axis: as many as there is room for, long names shortened. */
export function horizontalLabels(ticks: readonly Placed[], top: number, width: number, theme: ChartTheme, category: boolean): readonly Shape[] {
  const slot = ticks.length > 1 ? Math.abs((ticks.at(-1) as Placed).pixel - (ticks[0] as Placed).pixel) / (ticks.length - 1) : width;
  const every = Math.max(1, Math.ceil((category ? 30 : 20) / Math.max(1, slot)));
  let free = Number.NEGATIVE_INFINITY;
  return ticks.flatMap(({ text, pixel }, i): readonly Shape[] => {
    if (i % every !== 0) return [];
    const shown = fitted(text, Math.max(24, category ? slot * every - 6 : 120));
    const half = textWidth(shown) / 2;
    if (pixel - half < free) return [];
    free = pixel + half + 6;
    return [{ kind: 'text', x: pixel, y: top, text: shown, colour: theme.faintText, align: 'center', size: fontSize }];
  });
}

/** Numbers left of a vertical axis, with their grid lines. */
export function verticalLabels(ticks: readonly Placed[], left: number, right: number, room: number, theme: ChartTheme, grid: boolean): readonly Shape[] {
  return ticks.flatMap(({ text, pixel }): readonly Shape[] => [
    ...(grid
      ? [
          {
            kind: 'line' as const,
            points: [
              [left, pixel],
              [right, pixel],
            ] as const,
            colour: theme.grid,
            width: 1,
            opacity: 1,
          },
        ]
      : []),
    { kind: 'text', x: left - 6, y: pixel - 6, text: fitted(text, room), colour: theme.faintText, align: 'right', size: fontSize },
  ]);
}
