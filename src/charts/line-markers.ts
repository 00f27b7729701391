// Markers along a drawn line, few and far between, so that lines are told apart without colour.

import type { ChartSpec } from '../core/view/chart-spec';
import { onAxis } from './projection';

const perLine = 7;

/**
 * Vertices of a line to mark, evenly spread over the width; each line begins at another place, so that markers of lines that lie on each other do not hide each other.
 * @param line flat [x, y, …] in data units, x non-falling
 * @param at place of the line among those drawn
 * @returns flat [x, y, …], vertices of the line within the shown range
 */
export function lineMarkers(line: Float64Array, { x, y }: Pick<ChartSpec, 'x' | 'y'>, at: number): Float64Array {
  const [left, right] = [onAxis(x, x.min), onAxis(x, x.max)];
  const phase = (0.5 + at * 0.618034) % 1;
  const pairs: number[] = [];
  let from = 0;
  for (let mark = 0; mark < perLine; mark++) {
    const wanted = left + ((mark + phase) / perLine) * (right - left);
    const least = left + (mark / perLine) * (right - left);
    const most = left + ((mark + 1) / perLine) * (right - left);
    let best = -1;
    for (let i = from; i < line.length; i += 2) {
      const place = onAxis(x, line[i] as number);
      if (place < least) continue;
      if (place >= most) break;
      from = i;
      const value = line[i + 1] as number;
      if (!(value >= y.min && value <= y.max)) continue;
      if (best < 0 || Math.abs(place - wanted) < Math.abs(onAxis(x, line[best] as number) - wanted)) best = i;
    }
    if (best >= 0) pairs.push(line[best] as number, line[best + 1] as number);
  }
  return Float64Array.from(pairs);
}
