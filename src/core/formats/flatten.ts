// Nested objects to flat names, as every tracker shows parameters.

import type { Value, Values } from '../model/values';

/** Deeper objects are kept as one value. */
const maxDepth = 64;

/**
 * `{a: {b: 1}}` → `{'a.b': 1}`. Arrays and empty objects are values. A later name wins over an equal earlier one.
 * @param separator what joins the names
 * @returns a record without a prototype; empty where `value` is no object
 */
export function flatten(value: Value, separator = '.'): Values {
  const result: Record<string, Value> = Object.create(null);
  if (isObject(value)) for (const key of Object.keys(value)) add(result, key, value[key] ?? null, separator, 1);
  return result;
}

function add(result: Record<string, Value>, name: string, value: Value, separator: string, depth: number): void {
  const keys = depth < maxDepth && isObject(value) ? Object.keys(value) : [];
  if (keys.length === 0) result[name] = value;
  else for (const key of keys) add(result, `${name}${separator}${key}`, (value as Values)[key] ?? null, separator, depth + 1);
}

/** An object of JSON or YAML, not an array and not null. */
export function isObject(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
