// Numbers as a chart writes them: short on axes, a little longer in a tooltip, whole on demand.

import { plainNumber } from './format';
import { digitsFor, takesExponent } from './number-style';

/** At most `digits` significant digits in the standard style, without an exponent where that stays short: 0.0312, 1.2e-7, 12,400, 1.5e9. */
export const shortNumber = (value: number, digits?: number): string => numberTo(digitsFor(digits), value);

/** The same with exactly so many digits, whatever the style says: neighbouring ticks must not read the same. */
export function numberTo(digits: number, value: number): string {
  if (!Number.isFinite(value)) return fullNumber(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (takesExponent(size, [1e-4, 1e7])) return trimExponent(value.toExponential(digits - 1));
  const text = plainNumber(value, digits);
  return size >= 10_000 ? grouped(text) : text.replace('-', '−');
}

/** Every digit, as JavaScript writes the number back: nothing is rounded. */
export function fullNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return '∞';
  if (value === Number.NEGATIVE_INFINITY) return '−∞';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A count with thousands separated: 1,204,311. */
export const countText = (count: number): string => grouped(String(Math.round(count)));

/** Counts as a badge: 980, 12.4k, 1.2M. */
export function shortCount(count: number): string {
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e4, 'k'],
  ] as const)
    if (count >= size) return `${Number((count / (unit === 'k' ? 1e3 : size)).toPrecision(3))}${unit}`;
  return countText(count);
}

const grouped = (text: string): string => {
  const [whole = '', rest] = text.replace('-', '−').split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return rest === undefined ? spaced : `${spaced}.${rest}`;
};

const trimExponent = (text: string): string =>
  text
    .replace(/\.?0+e/, 'e')
    .replace('e+', 'e')
    .replaceAll('-', '−');
