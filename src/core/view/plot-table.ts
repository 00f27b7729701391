// The table that stands for a plot over runs: what a person would read off it.

import { fullNumber, shortNumber } from './chart-numbers';
import type { PlotAxis, PlotSpec } from './plot-spec';

export interface PlotRow {
  /** The run, or the first of a cell. */
  readonly owner: string;
  readonly name: string;
  readonly cells: readonly string[];
}

export interface PlotRows {
  readonly head: readonly string[];
  readonly rows: readonly PlotRow[];
}

/** @param full every digit, for copies */
export function plotRows(spec: PlotSpec, full = false): PlotRows {
  const number = full ? fullNumber : shortNumber;
  const at = (axis: PlotAxis, value: number): string => {
    const text = axis.ticks?.find((tick) => tick.at === value)?.text;
    if (axis.scale === 'category') return text ?? '–';
    return Number.isNaN(value) ? '–' : full ? number(value) : (text ?? number(value));
  };
  switch (spec.kind) {
    case 'scatter':
      return {
        head: ['Run', spec.x.label, spec.y.label],
        rows: spec.points.map(({ owner, label, x, y }) => ({ owner, name: label, cells: [at(spec.x, x), at(spec.y, y)] })),
      };
    case 'parallel':
      return {
        head: ['Run', ...spec.axes.map(({ label }) => label)],
        rows: spec.lines.map(({ owner, label, values }) => ({ owner, name: label, cells: spec.axes.map((axis, i) => at(axis, values[i] as number)) })),
      };
    case 'heat':
      return {
        head: [spec.x.label, spec.y.label, 'Mean', 'Runs'],
        rows: spec.cells.map(({ x, y, mean, owners }) => ({
          owner: owners[0] ?? '',
          name: at(spec.x, x),
          cells: [at(spec.y, y), number(mean), String(owners.length)],
        })),
      };
  }
}

/** As a spreadsheet takes it, at full precision. */
export function plotTsv(spec: PlotSpec): string {
  const { head, rows } = plotRows(spec, true);
  return [head, ...rows.map(({ name, cells }) => [name, ...cells])].map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]/g, ' ')).join('\t')).join('\n');
}
