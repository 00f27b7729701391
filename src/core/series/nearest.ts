// The curves and points nearest to a cursor: what a tooltip lists.

import { firstAtLeast } from './downsample';

/** Index of the point whose x is nearest; of equally near ones the later. −1 for an empty column. x is non-falling. */
export function nearestIndex(x: Float64Array, at: number): number {
  const after = firstAtLeast(x, at);
  if (after === 0) return x.length > 0 ? 0 : -1;
  if (after === x.length) return lastOfEqual(x, x.length - 1);
  const before = (x[after] as number) - at <= at - (x[after - 1] as number) ? after : after - 1;
  return lastOfEqual(x, before);
}

const lastOfEqual = (x: Float64Array, at: number): number => {
  let last = at;
  while (last + 1 < x.length && x[last + 1] === x[at]) last += 1;
  return last;
};

/** Data to pixels along both axes; log axes take the logarithm here. */
export interface Projection {
  readonly toX: (x: number) => number;
  readonly toY: (y: number) => number;
}

export interface NearCurve {
  /** Index in the list given. */
  readonly curve: number;
  /** Distance in pixels from the cursor to the curve's drawn line. */
  readonly distance: number;
}

/**
 * Curves by distance from the cursor to the piece of line under it, nearest first.
 * @param lines flat [x, y, …] as drawn, x non-falling
 * @param cursor in pixels; `cursorX` the same place in data
 * @param reach pixels beyond either end of a curve at which it still answers
 */
export function nearestCurves(
  lines: readonly Float64Array[],
  cursor: { readonly x: number; readonly y: number },
  cursorX: number,
  projection: Projection,
  most: number,
  reach = 24,
): readonly NearCurve[] {
  const found: NearCurve[] = [];
  for (const [curve, line] of lines.entries()) {
    const distance = distanceTo(line, cursor, cursorX, projection, reach);
    if (distance !== null) found.push({ curve, distance });
  }
  return found.sort((a, b) => a.distance - b.distance || a.curve - b.curve).slice(0, most);
}

function distanceTo(
  line: Float64Array,
  cursor: { readonly x: number; readonly y: number },
  at: number,
  { toX, toY }: Projection,
  reach: number,
): number | null {
  const after = pairAtLeast(line, at);
  let best = Number.POSITIVE_INFINITY;
  // The piece under the cursor and its neighbours: a thinned line zigzags within a pixel.
  for (let pair = Math.max(0, after - 2); pair <= Math.min(line.length / 2 - 1, after + 1); pair++) {
    const x = toX(line[2 * pair] as number);
    const y = toY(line[2 * pair + 1] as number);
    if (!Number.isFinite(y) || !Number.isFinite(x)) continue;
    const last = 2 * pair + 2 >= line.length;
    const nextX = last ? x : toX(line[2 * pair + 2] as number);
    const nextY = last ? y : toY(line[2 * pair + 3] as number);
    best = Math.min(best, Number.isFinite(nextX) && Number.isFinite(nextY) ? toPiece(cursor, x, y, nextX, nextY) : Math.hypot(x - cursor.x, y - cursor.y));
  }
  if (!Number.isFinite(best)) return null;
  const first = toX(line[0] as number);
  const end = toX(line[line.length - 2] as number);
  return cursor.x < first - reach || cursor.x > end + reach ? null : best;
}

function toPiece(cursor: { readonly x: number; readonly y: number }, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((cursor.x - x0) * dx + (cursor.y - y0) * dy) / length));
  return Math.hypot(x0 + share * dx - cursor.x, y0 + share * dy - cursor.y);
}

function pairAtLeast(line: Float64Array, value: number): number {
  let low = 0;
  let high = line.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((line[2 * middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
