// A file of code as it is read on the screen.

import type { CodePlace } from '../setup/finding';

/** A file as it is read on the screen; the cells of a notebook one below the other, each under a line that names it. */
export interface CodeSheet {
  readonly text: string;
  /** Of a notebook: the cell's index, and the line of `text` on which its code begins. Null for a Python file. */
  readonly cells: readonly { readonly cell: number; readonly line: number }[] | null;
}

/** The line of a sheet on which a place is. */
export function sheetLine({ cells }: CodeSheet, { cell, line }: Pick<CodePlace, 'cell' | 'line'>): number {
  const start = cells?.find((one) => one.cell === cell)?.line ?? 1;
  return start + line - 1;
}
