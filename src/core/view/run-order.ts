// Puts runs in order by the values of their fields: numbers by size, text as people count ("run 9" before "run 10").

import { numeric } from '../compare/same-value';
import type { Cell } from './fields';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What is not there comes last in either direction, NaN just before it; numbers before text. */
export function compareCells(a: Cell, b: Cell, descending: boolean): number {
  const x = rankOf(a);
  const y = rankOf(b);
  if (x.rank !== y.rank) return x.rank - y.rank;
  if (x.rank >= nanRank) return 0;
  const order = typeof x.value === 'number' && typeof y.value === 'number' ? x.value - y.value : collator.compare(String(x.value), String(y.value));
  // ∞ − ∞ is NaN.
  return Number.isNaN(order) ? 0 : descending ? -order : order;
}

const nanRank = 2;

function rankOf(cell: Cell): { readonly rank: number; readonly value: number | string } {
  if (cell === undefined) return { rank: 3, value: '' };
  const number = typeof cell === 'number' ? cell : typeof cell === 'boolean' || cell === null ? null : numeric(cell);
  if (number !== null) return Number.isNaN(number) ? { rank: nanRank, value: 0 } : { rank: 0, value: number };
  return { rank: 1, value: typeof cell === 'object' && cell !== null ? JSON.stringify(cell, bigintText) : String(cell) };
}

const bigintText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/**
 * Items in order; those that compare equal keep theirs.
 * @param keys one reader of a value per sort key, first key first
 */
export function sortBy<T>(items: readonly T[], keys: readonly { readonly read: (item: T) => Cell; readonly descending: boolean }[]): readonly T[] {
  if (keys.length === 0) return items;
  const decorated = items.map((item) => ({ item, cells: keys.map((key) => key.read(item)) }));
  decorated.sort((a, b) => {
    for (let at = 0; at < keys.length; at += 1) {
      const order = compareCells(a.cells[at], b.cells[at], keys[at]?.descending ?? false);
      if (order !== 0) return order;
    }
    return 0;
  });
  return decorated.map(({ item }) => item);
}
