// What the table keeps of its own in the workspace, and how it is read back.

import type { ColumnChoices } from '../../../core/view/table-columns';

export interface TableSlice extends ColumnChoices {
  /** In pixels, by column id; `run` is the column of names. */
  readonly widths: Readonly<Record<string, number>>;
  /** Shows differences to the baseline beside numbers. */
  readonly deltas: boolean;
}

const fresh: TableSlice = { hidden: new Set(), pinned: [], order: [], search: '', differencesOnly: false, system: false, widths: {}, deltas: true };

/** The slice itself where it is one, else the default. */
export function parseTable(stored: unknown): TableSlice {
  if (typeof stored !== 'object' || stored === null) return fresh;
  const slice = stored as Partial<TableSlice>;
  const whole =
    slice.hidden instanceof Set &&
    Array.isArray(slice.pinned) &&
    Array.isArray(slice.order) &&
    typeof slice.search === 'string' &&
    typeof slice.differencesOnly === 'boolean' &&
    typeof slice.system === 'boolean' &&
    typeof slice.deltas === 'boolean' &&
    typeof slice.widths === 'object' &&
    slice.widths !== null;
  return whole ? (slice as TableSlice) : fresh;
}

export const leastWidth = 56;
export const mostWidth = 800;
export const nameWidth = 260;
export const nameColumn = 'run';
