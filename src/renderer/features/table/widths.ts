// How wide a column is before anyone has set it: from its kind and its name.

import type { Column } from '../../../core/view/table-columns';
import { leastWidth, mostWidth, type TableSlice } from './slice';

const letter = 7.2;

export function widthOf(column: Column, slice: Pick<TableSlice, 'widths' | 'deltas'>, withDelta: boolean): number {
  const set = slice.widths[column.id];
  if (typeof set === 'number' && Number.isFinite(set)) return Math.min(mostWidth, Math.max(leastWidth, set));
  const head = leafOf(column.title).length * letter + 40;
  const body =
    column.field.kind === 'metrics'
      ? withDelta
        ? 148
        : 96
      : column.field.kind === 'attributes'
        ? (attributeWidths[column.field.name] ?? 112)
        : column.numeric
          ? 88
          : 120;
  return Math.round(Math.min(220, Math.max(body, head)));
}

const attributeWidths: Readonly<Record<string, number>> = { status: 120, tracker: 148, started: 152, duration: 108, issues: 80, user: 112, experiment: 168 };

/** `optimizer.adam.lr` is told by its end; what comes before stands above it. */
export function leafOf(title: string): string {
  return title.slice(cutOf(title));
}

export function stemOf(title: string): string {
  return title.slice(0, cutOf(title));
}

function cutOf(title: string): number {
  // A context in braces belongs to the leaf.
  const end = title.includes(' {') ? title.indexOf(' {') : title.length;
  const cut = Math.max(title.lastIndexOf('/', end - 2), title.lastIndexOf('.', end - 2));
  return cut > 0 ? cut + 1 : 0;
}
