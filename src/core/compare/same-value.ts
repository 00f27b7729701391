// When two values mean the same although their trackers type them differently.

import type { Value } from '../model/values';

const number = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const special: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['none', null],
  ['null', null],
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/** A string that spells a number, boolean or null becomes it; everything else stays. Integers beyond 2^53 become bigint. */
export function normalise(value: Value): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value !== 'string') return value;
  const text = value.trim();
  const known = special.get(text.toLowerCase());
  if (known !== undefined) return known;
  if (!number.test(text)) return value;
  const parsed = Number(text);
  return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(parsed) ? BigInt(text) : parsed;
}

/** Equality for comparison only: types are ignored where the meaning is the same, NaN equals NaN, 0 equals −0. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const x = normalise(a);
  const y = normalise(b);
  if (typeof x === 'number' && typeof y === 'number') return x === y || (Number.isNaN(x) && Number.isNaN(y));
  if (x === null || y === null || typeof x !== 'object' || typeof y !== 'object') return x === y;
  if (Array.isArray(x) || Array.isArray(y)) {
    return Array.isArray(x) && Array.isArray(y) && x.length === y.length && x.every((item: Value, index) => sameValue(item, y[index] as Value));
  }
  const left = x as { readonly [key: string]: Value };
  const right = y as { readonly [key: string]: Value };
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]));
}

/** Number behind a value, or null: `"0.02"` → 0.02. */
export function numeric(value: Value | undefined): number | null {
  if (value === undefined) return null;
  const plain = normalise(value);
  if (typeof plain === 'bigint') return Number(plain);
  return typeof plain === 'number' ? plain : null;
}
