// Values and numbers as cells of a report: short on the page, exact beside it.

import type { Value } from '../model/values';
import { exactNumber, missingText, shortNumber, valueText } from '../view/format';
import type { Cell } from './document';

export const none: Cell = { text: missingText, tone: 'muted' };

export const text = (value: string, more: Omit<Cell, 'text'> = {}): Cell => ({ text: value, ...more });

/** Five significant digits on the page, all of them in `exact`. */
export function numberCell(value: number | null | undefined, more: Omit<Cell, 'text'> = {}): Cell {
  if (value === null || value === undefined) return none;
  const shown = shortNumber(value);
  const exact = exactNumber(value);
  return { text: shown, ...(exact === shown ? {} : { exact }), ...more };
}

const longest = 240;

export function valueCell(value: Value | undefined, more: Omit<Cell, 'text'> = {}): Cell {
  if (value === undefined) return none;
  const shown = valueText(value);
  return shown.length > longest ? { text: `${shown.slice(0, longest - 1)}…`, exact: shown, ...more } : { text: shown, ...more };
}
