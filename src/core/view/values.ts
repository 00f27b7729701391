// How logged values are written on screen and paper: short in a cell, exact beside it.

import type { Value } from '../model/values';
import { missing } from './format';

/** A number at full precision, as it reads back. */
export const exactNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** A number for a narrow cell: at most `digits` significant digits, an exponent where it is very large or small. */
export function shortNumber(value: number, digits = 5): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (value === 0 || (Number.isInteger(value) && size < 1e7)) return minus(exactNumber(value));
  return minus(size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(digits))) : value.toExponential(Math.max(0, digits - 2)));
}

const minus = (digits: string): string => digits.replace(/^-/, '−');

/** A value as one line of text, at full precision. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return missing;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return exactNumber(value);
  if (value === null) return 'None';
  if (typeof value === 'object') return JSON.stringify(value, (_, inner: Value) => (typeof inner === 'bigint' ? `${inner}` : inner));
  return String(value);
}

/** The type of a value in the words of the field. */
export function typeText(value: Value): string {
  if (value === null) return 'none';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'str' : Array.isArray(value) ? 'list' : 'dict';
}

/** Signed difference with its share of the reference: `+0.012 (+3.1 %)`. */
export function deltaText(delta: number, reference: number | null): string {
  const sign = delta > 0 ? '+' : '';
  const share = reference === null || reference === 0 ? Number.NaN : (100 * delta) / Math.abs(reference);
  return `${sign}${shortNumber(delta)}${Number.isFinite(share) ? ` (${sign}${minus(share.toFixed(1))} %)` : ''}`;
}
