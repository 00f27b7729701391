// Numbers and names as findings say them: short, the same everywhere.

/** Four digits: `0.2314`, `12.5`, `1.2e-7`. Evidence holds the full number. */
export function say(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? Number(value.toPrecision(3)).toExponential() : String(Number(value.toPrecision(4)));
  return text.replace('-', '−').replace('e−', 'e-').replace('e+', 'e');
}

/** A share as a percentage: `12 %`, `0.4 %`. */
export const percent = (share: number): string => `${say(Number((100 * share).toPrecision(Math.abs(share) < 0.1 ? 2 : 3)))} %`;

/** `3 points`, `1 point`. */
export const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
