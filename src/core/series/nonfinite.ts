// Where a curve is not a number: marked, so that a run that blew up does not look like one that ended.

import type { Window } from './downsample';
import { firstAbove, firstAtLeast } from './downsample';

export type NonFiniteKind = 'nan' | 'plus' | 'minus';

export interface NonFiniteMark {
  readonly kind: NonFiniteKind;
  /** x of the first such point of the stretch. */
  readonly x: number;
  readonly count: number;
}

export const kindOf = (value: number): NonFiniteKind | null => (Number.isFinite(value) ? null : Number.isNaN(value) ? 'nan' : value > 0 ? 'plus' : 'minus');

/**
 * Non-finite points in a window, at most one mark of each kind per bucket, with counts. Marks come in order of x.
 * @param buckets how many places on the axis can be told apart
 */
export function nonFiniteMarks(x: Float64Array, y: Float64Array, window: Window, buckets: number): readonly NonFiniteMark[] {
  const from = firstAtLeast(x, window.log ? Math.max(window.min, Number.MIN_VALUE) : window.min);
  const to = firstAbove(x, window.max);
  const marks = new Map<string, { kind: NonFiniteKind; x: number; count: number }>();
  const place = window.log ? Math.log : (at: number): number => at;
  const low = place(window.log ? Math.max(window.min, x[from] ?? 1) : window.min);
  const span = place(window.max) - low || 1;
  for (let i = from; i < to; i++) {
    const kind = kindOf(y[i] as number);
    if (kind === null) continue;
    const bucket = Math.min(buckets - 1, Math.floor(((place(x[i] as number) - low) / span) * buckets));
    const key = `${kind}${bucket}`;
    const mark = marks.get(key);
    if (mark) mark.count += 1;
    else marks.set(key, { kind, x: x[i] as number, count: 1 });
  }
  return [...marks.values()].sort((a, b) => a.x - b.x);
}
