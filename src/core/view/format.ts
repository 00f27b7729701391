// How values, times and sizes are written on the screen; full precision stays one click away.

import type { Value } from '../model/values';
import { writeDate } from './date-style';
import { digitsFor, takesExponent } from './number-style';

/** What a missing value looks like: never 0, never "null". */
export const missingText = '–';

/** A number at full precision, as it reads back. */
export function exactNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A number for a narrow cell: at most `digits` significant digits in the standard style, an exponent where it is very large or small. */
export function shortNumber(value: number, digits?: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const kept = digitsFor(digits);
  const text =
    value === 0 || (Number.isInteger(value) && !takesExponent(size, [0, 1e7]))
      ? exactNumber(value)
      : takesExponent(size, [1e-4, 1e6])
        ? value.toExponential(Math.max(0, kept - 2))
        : plainNumber(value, kept);
  return text.replace(/^-/, '−');
}

/** Without an exponent, also where the language would write one. */
export function plainNumber(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  return size !== 0 && size < 1e-6 ? rounded.toFixed(Math.min(100, digits - 1 - Math.floor(Math.log10(size)))).replace(/0+$/, '') : String(rounded);
}

/** A value as one line of text, at full precision. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return missingText;
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

/**
 * Whether a difference is more than rounding: float32 and float64 of one number differ by up to 6e-8 of it, and a tracker that
 * keeps float32 would otherwise seem a little better or worse.
 */
export const isNotable = (delta: number, reference: number): boolean => !(Math.abs(delta) <= 1e-6 * Math.abs(reference));

/** Signed difference with its share of the reference: `+0.012 (+3.1 %)`; a share of a thousand percent says nothing and is left out. */
export function deltaText(delta: number, reference: number | null): string {
  const sign = delta > 0 ? '+' : '';
  const share = reference === null || reference === 0 ? Number.NaN : (100 * delta) / Math.abs(reference);
  return `${sign}${shortNumber(delta)}${Math.abs(share) < 1000 ? ` (${sign}${share.toFixed(1).replace(/^-/, '−')} %)` : ''}`;
}

/** Date and time, to the second unless told otherwise, in the style of the page. */
export const dateText = (ms: number | null, to: 'second' | 'minute' = 'second'): string =>
  ms === null || !Number.isFinite(ms) ? missingText : writeDate(ms, to);

/** ISO 8601 in UTC, for the hint on hover. */
export const isoText = (ms: number | null): string | undefined => (ms === null || !Number.isFinite(ms) ? undefined : new Date(ms).toISOString());

/** `0.4 s`, `12 min`, `3 h 05 min`. */
export function durationText(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || ms < 0) return missingText;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes in powers of 1024. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) return missingText;
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** `1 run`, `2 runs`, `12,400 runs`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} ${count === 1 ? one : many}`;
