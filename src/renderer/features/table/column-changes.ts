// Pure changes to the table's slice that head, picker and menus share.

import { type Column, moveColumn } from '../../../core/view/table-columns';
import { leastWidth, mostWidth, type TableSlice } from './slice';

type Change = (slice: TableSlice) => TableSlice;

export const togglePin =
  (id: string): Change =>
  (slice) => ({ ...slice, pinned: slice.pinned.includes(id) ? slice.pinned.filter((one) => one !== id) : [...slice.pinned, id] });

export const hideColumn =
  (id: string): Change =>
  (slice) => ({ ...slice, hidden: new Set([...slice.hidden, id]), pinned: slice.pinned.filter((one) => one !== id) });

/** Null takes a set width back. */
export const setWidth =
  (id: string, width: number | null): Change =>
  (slice) => {
    const { [id]: _old, ...rest } = slice.widths;
    return { ...slice, widths: width === null ? rest : { ...rest, [id]: Math.round(Math.min(mostWidth, Math.max(leastWidth, width))) } };
  };

/** Puts a column before another one, or last for null. */
export const putBefore =
  (shown: readonly Column[], id: string, before: string | null): Change =>
  (slice) => ({ ...slice, order: moveColumn(shown, id, before) });

/** One place to the left (−1) or right (1). */
export function shift(shown: readonly Column[], id: string, by: -1 | 1): Change {
  const at = shown.findIndex((column) => column.id === id);
  const before = shown[by < 0 ? at - 1 : at + 2]?.id ?? null;
  return at < 0 || (by < 0 && at === 0) ? (slice) => slice : putBefore(shown, id, before);
}
