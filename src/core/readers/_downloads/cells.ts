// Cells of downloads as the values that they stand for.

import { parseJson } from '../../formats/json';
import { exactInteger, parseNumber } from '../../formats/numbers';
import type { Value } from '../../model/values';

/** A cell of a table that does not keep types: numbers, switches and lists are told from text by how they are written. */
export function cellValue(cell: string): Value {
  if (/^[+-]?\d+$/.test(cell)) return exactInteger(cell);
  if (/^(?:true|false)$/i.test(cell)) return cell.toLowerCase() === 'true';
  const number = /^["']/.test(cell) ? null : parseNumber(cell);
  if (number !== null) return number;
  if (!/^[[{]/.test(cell)) return cell;
  try {
    return parseJson(cell);
  } catch {
    return cell;
  }
}

/** A row's values by name, without the cells that are empty. */
export const filled = <T>(entries: Iterable<readonly [string, string]>, value: (cell: string) => T): Record<string, T> =>
  Object.fromEntries([...entries].flatMap(([name, cell]) => (cell === '' ? [] : [[name, value(cell)] as const])));
