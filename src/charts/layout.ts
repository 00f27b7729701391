// Where the plot lies within a chart: margins from the labels that must fit.

import type { ChartSpec } from '../core/view/chart-spec';
import { type Tick, ticksOf } from '../core/view/chart-ticks';
import { type Plot, projectionOf } from './projection';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly plot: Plot;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

export const fontSize = 11;

/** Width of text in a proportional font at 11 px, near enough for margins; the same with and without a DOM. */
export function textWidth(text: string, size = fontSize): number {
  let width = 0;
  for (const character of text) width += /[.,:;|il1'!\s]/.test(character) ? 0.36 : /[mwMW@%]/.test(character) ? 0.92 : character > '\u2e7f' ? 1 : 0.6;
  return width * size;
}

/** @param label room for the x axis' name below the numbers */
export function layoutOf(spec: ChartSpec, size: Size, label: boolean): Layout {
  const yTicks = ticksOf(spec.y.scale, spec.y.min, spec.y.max, Math.max(2, Math.min(8, Math.round(size.height / 44))));
  const widest = yTicks.reduce((most, tick) => Math.max(most, textWidth(tick.text)), 20);
  const left = Math.min(Math.ceil(widest) + 12, Math.floor(size.width / 3));
  const plot: Plot = { left, top: 8, width: Math.max(10, size.width - left - 14), height: Math.max(10, size.height - 8 - (label ? 38 : 24)) };
  const ticks = xTicksOf(spec, plot.width);
  const xTicks = label || spec.x.label === '' ? ticks : clearOf(ticks, spec, plot);
  return { plot, xTicks, yTicks };
}

/** Ticks without the numbers that the axis' name, at the right end of their row, would lie on. */
function clearOf(ticks: readonly Tick[], spec: ChartSpec, plot: Plot): readonly Tick[] {
  const { toX } = projectionOf(spec, plot);
  const free = plot.left + plot.width - Math.min(textWidth(spec.x.label), plot.width / 2) - 8;
  return ticks.map((tick) => (toX(tick.at) + textWidth(tick.text) / 2 > free ? { at: tick.at, text: '' } : tick));
}

/** As many ticks as there is room for their longest text. */
function xTicksOf(spec: ChartSpec, width: number): readonly Tick[] {
  for (let wanted = Math.max(2, Math.min(10, Math.floor(width / 60))); wanted > 1; wanted--) {
    const ticks = ticksOf(spec.x.scale, spec.x.min, spec.x.max, wanted);
    const room = ticks.reduce((sum, tick) => sum + textWidth(tick.text) + 12, 0);
    if (room <= width) return ticks;
  }
  return ticksOf(spec.x.scale, spec.x.min, spec.x.max, 1);
}
