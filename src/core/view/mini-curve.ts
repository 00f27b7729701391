// A curve as a small drawing beside a claim: thinned, within a unit square, with the places that the claim is about.

import type { Mark } from '../health/finding';
import { contextText, type Points, type SeriesKey } from '../model/run';
import { curveOn } from '../series/axis';
import { thin } from '../series/downsample';
import { pyramidOf } from '../series/pyramid';

export interface MiniCurve {
  /** Stretches without a gap, as x y pairs from the lower left (0, 0) to the upper right (1, 1). */
  readonly lines: readonly (readonly (readonly [number, number])[])[];
  readonly marks: readonly { readonly label: string; readonly from: number; readonly to: number; readonly step: number; readonly lastStep: number }[];
  readonly x: { readonly min: number; readonly max: number };
  /** `log` where all values are positive and span more than three decades. */
  readonly y: { readonly min: number; readonly max: number; readonly log: boolean };
}

const buckets = 160;

export const sameSeries = (a: SeriesKey, b: SeriesKey): boolean => a.name === b.name && contextText(a.context) === contextText(b.context);

/** @returns null where no point is finite */
export function miniCurve(points: Points, marks: readonly Mark[]): MiniCurve | null {
  const curve = curveOn({ kind: 'step' }, points, { startedMs: null });
  if (!curve || curve.x.length === 0) return null;
  const x = { min: curve.x[0] as number, max: curve.x.at(-1) as number };
  const { line } = thin({ x: curve.x, pyramid: pyramidOf(curve.y) }, { ...x, log: false }, buckets);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < line.length; i += 2) {
    const value = line[i] as number;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (min > max) return null;
  const log = min > 0 && max / min > 1000;
  const scale = log ? Math.log : (value: number): number => value;
  const toY = (value: number): number => (max > min ? (scale(value) - scale(min)) / (scale(max) - scale(min)) : 0.5);
  const toX = (value: number): number => (x.max > x.min ? Math.min(1, Math.max(0, (value - x.min) / (x.max - x.min))) : 0.5);
  const lines: (readonly [number, number])[][] = [[]];
  for (let i = 0; i < line.length; i += 2) {
    const value = line[i + 1] as number;
    if (Number.isFinite(value)) lines.at(-1)?.push([toX(line[i] as number), toY(value)]);
    else if (lines.at(-1)?.length) lines.push([]);
  }
  return {
    lines: lines.filter((stretch) => stretch.length > 0),
    marks: marks.map(({ label, from, to }) => ({ label, from: toX(from), to: toX(to), step: from, lastStep: to })),
    x,
    y: { min, max, log },
  };
}
