// How numbers are shortened: chosen once for the page, the same for every text. Exact texts (copies, CSV, JSON) do not ask.

export interface NumberStyle {
  /** Significant digits of a shortened number, 2 to 15. */
  readonly digits: number;
  readonly exponents: 'standard' | 'early' | 'late' | 'always';
}

export const standardNumbers: NumberStyle = { digits: 5, exponents: 'standard' };

/** One person reads one page: a parameter through every view model would say the same thing everywhere (decision 0361). */
let chosen: NumberStyle = standardNumbers;

/** Sets the style of this page. Commands and workers keep the standard one. */
export const setNumberStyle = (style: NumberStyle): void => {
  chosen = style;
};

/** Digits where a text asks for `wanted` of the standard style: a little more or less goes along with the choice. */
export const digitsFor = (wanted: number = standardNumbers.digits): number => Math.min(17, Math.max(2, wanted + chosen.digits - standardNumbers.digits));

const bounds = { early: [1e-2, 1e4], late: [1e-7, 1e9], always: [Number.POSITIVE_INFINITY, 0] } as const;

/** Whether a number of this size, not 0, is written with an exponent. @param standard the bounds of the text in question: below, and from */
export function takesExponent(size: number, standard: readonly [number, number]): boolean {
  const [below, from] = chosen.exponents === 'standard' ? standard : bounds[chosen.exponents];
  return size < below || size >= from;
}
