// How strongly two columns of the table go together, whatever they hold: what cannot be told apart is found by it.

import { spearman } from '../statistics/basic';
import { bins } from './bins';
import type { Param } from './param';

/** Association from which two columns are not told apart, and from which they are one. */
export const confoundedFrom = 0.7;
export const oneFrom = 0.95;
const mostBins = 5;
/** Fewer rows than this show any pattern by chance. */
const fewestRows = 5;

/**
 * From 0 to 1 over the rows that have both; 1 where one settles the other. Ordered columns: the larger of |Spearman's ρ| and V; else V.
 * V is Cramér's with the bias correction of Bergsma (2013), on at most five bins a column.
 * @returns 0 where a column does not vary over those rows or there are fewer than five
 */
export function association(a: Param, b: Param, rows: ArrayLike<number>): number {
  const both = Array.from(rows).filter((row) => (a.column[row] as number) >= 0 && (b.column[row] as number) >= 0);
  if (both.length < fewestRows) return 0;
  if (settles(a, b, both) || settles(b, a, both)) return 1;
  const ordered = isOrdered(a) && isOrdered(b);
  const rank = ordered
    ? Math.abs(
        spearman(
          both.map((row) => a.column[row] as number),
          both.map((row) => b.column[row] as number),
        ),
      )
    : 0;
  return Math.max(Number.isNaN(rank) ? 0 : rank, cramersV(both, bins(a, mostBins).of, bins(b, mostBins).of));
}

/** Whether each level of `a` goes with one level of `b` only, over rows where `a` repeats: twice a level on average, at least. */
function settles(a: Param, b: Param, rows: readonly number[]): boolean {
  const image = new Map<number, number>();
  for (const row of rows) {
    const [from, to] = [a.column[row] as number, b.column[row] as number];
    if ((image.get(from) ?? to) !== to) return false;
    image.set(from, to);
  }
  return image.size * 2 <= rows.length && new Set(image.values()).size > 1;
}

const isOrdered = ({ type }: Param): boolean => type === 'number' || type === 'integer';

function cramersV(rows: readonly number[], a: Int32Array, b: Int32Array): number {
  const counts = new Map<number, number>();
  const rowSums = new Map<number, number>();
  const columnSums = new Map<number, number>();
  const add = (map: Map<number, number>, key: number): unknown => map.set(key, (map.get(key) ?? 0) + 1);
  for (const row of rows) {
    const [x, y] = [a[row] as number, b[row] as number];
    add(counts, x * 4096 + y);
    add(rowSums, x);
    add(columnSums, y);
  }
  const n = rows.length;
  const [r, c] = [rowSums.size, columnSums.size];
  if (r < 2 || c < 2) return 0;
  let sum = 0;
  for (const [key, count] of counts) sum += count ** 2 / ((rowSums.get(Math.floor(key / 4096)) as number) * (columnSums.get(key % 4096) as number));
  const phi = Math.max(0, sum - 1 - ((r - 1) * (c - 1)) / (n - 1));
  const small = Math.min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1;
  return small > 0 ? Math.min(1, Math.sqrt(phi / small)) : 0;
}
