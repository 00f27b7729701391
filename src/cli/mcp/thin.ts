// A curve in few points: those that were logged, the least and the greatest of every stretch, so that no spike is lost.

import type { Points } from '../../core/model/run';
import { emptyStretch, none, pyramidOf, stretchOf } from '../../core/series/pyramid';

export interface ThinnedPoints {
  /** Places in the columns of points, in logged order. */
  readonly indices: readonly number[];
  /** Points whose step lies in the window. */
  readonly inWindow: number;
}

/**
 * At most `most` points (≥ 4) with a step in [from, to]. The first and the last are always among them; a stretch without a finite value is
 * stood for by its first point.
 */
export function thinnedTo({ steps, values }: Points, { from, to, most }: { readonly from: number; readonly to: number; readonly most: number }): ThinnedPoints {
  const all: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const step = steps ? (steps[i] as number) : i;
    if (step >= from && step <= to) all.push(i);
  }
  if (all.length <= most) return { indices: all, inWindow: all.length };
  const pyramid = pyramidOf(Float64Array.from(all, (i) => values[i] as number));
  const buckets = Math.floor((most - 2) / 2);
  const kept = new Set<number>([0, all.length - 1]);
  const stretch = emptyStretch();
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = Math.floor((bucket * all.length) / buckets);
    stretchOf(pyramid, first, Math.floor(((bucket + 1) * all.length) / buckets), stretch);
    if (stretch.least === none) kept.add(first);
    else kept.add(stretch.least).add(stretch.greatest);
  }
  return { indices: [...kept].sort((a, b) => a - b).map((i) => all[i] as number), inWindow: all.length };
}
