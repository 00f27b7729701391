// Two params against each other as plain data: runs as a scatter, and medians over a grid of their levels.

import { median } from '../statistics/basic';
import type { TrialTable } from '../trials/trial';
import { placesOf } from './axis-plot';
import { bins } from './bins';
import type { Param } from './param';

export interface ScatterPoint {
  readonly id: string;
  /** Places on the two axes, 0 to 1. */
  readonly x: number;
  readonly y: number;
  readonly value: number | null;
}

export interface HeatCell {
  readonly x: number;
  readonly y: number;
  readonly n: number;
  readonly failed: number;
  /** Median outcome; null where all failed. */
  readonly median: number | null;
}

export interface HeatMap {
  readonly x: readonly string[];
  readonly y: readonly string[];
  /** Only cells that were tried: the rest is not known, and empty on screen. */
  readonly cells: readonly HeatCell[];
  readonly points: readonly ScatterPoint[];
}

const mostBins = 8;

export function heatMap({ trials }: TrialTable, x: Param, y: Param): HeatMap {
  const [onX, onY] = [bins(x, mostBins), bins(y, mostBins)];
  const [atX, atY] = [placesOf(x), placesOf(y)];
  const rows = [...trials.keys()].filter((row) => (x.column[row] as number) >= 0 && (y.column[row] as number) >= 0);
  const cells = new Map<number, number[]>();
  for (const row of rows) {
    const key = (onX.of[row] as number) * mostBins + (onY.of[row] as number);
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return {
    x: binTexts(x, onX.of, onX.count),
    y: binTexts(y, onY.of, onY.count),
    cells: [...cells]
      .sort(([a], [b]) => a - b)
      .map(([key, members]) => {
        const values = members.flatMap((row) => trials[row]?.value ?? []);
        return {
          x: Math.floor(key / mostBins),
          y: key % mostBins,
          n: values.length,
          failed: members.length - values.length,
          median: values.length > 0 ? median(values) : null,
        };
      }),
    points: rows.map((row) => ({
      id: trials[row]?.id ?? '',
      x: atX[x.column[row] as number] as number,
      y: atY[y.column[row] as number] as number,
      value: trials[row]?.value ?? null,
    })),
  };
}

/** What each bin holds: its level, `from – to`, or how many others. */
function binTexts({ levels, type, column }: Param, of: Int32Array, count: number): readonly string[] {
  const members = Array.from({ length: count }, () => new Set<number>());
  for (const [row, bin] of of.entries()) if (bin >= 0) members[bin]?.add(column[row] as number);
  return members.map((set) => {
    const sorted = [...set].sort((a, b) => a - b);
    const [first, last] = [levels[sorted[0] as number]?.text ?? '', levels[sorted.at(-1) as number]?.text ?? ''];
    if (sorted.length <= 1) return first;
    return type === 'number' || type === 'integer' ? `${first} – ${last}` : `${sorted.length} others`;
  });
}
