// What jsonpickle made of Python's objects, as plain values; nothing is ever built from it.

import { isObject } from '../../formats/flatten';
import type { Value } from '../../model/values';

/** Deeper values stay as they are. */
const maxDepth = 64;

/** Tuples and sets become lists, arrays and scalars of numpy their values, other objects the name of their class. */
export function plainValue(value: Value, depth = 0): Value {
  if (depth > maxDepth) return value;
  if (Array.isArray(value)) return value.map((item: Value) => plainValue(item, depth + 1));
  if (!isObject(value)) return value;
  const items = value['py/tuple'] ?? value['py/set'];
  if (items !== undefined) return plainValue(items, depth + 1);
  const kind = value['py/object'] ?? value['py/type'] ?? value['py/function'];
  if (typeof kind === 'string') {
    if (kind.startsWith('numpy.') && value.values !== undefined) return plainValue(value.values, depth + 1);
    return kind.startsWith('numpy.') && value.value !== undefined ? plainValue(value.value, depth + 1) : kind;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item, depth + 1)]));
}
