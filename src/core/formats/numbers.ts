// Reads numbers as trackers spell them: decimal text, and every spelling of not-a-number and infinity.

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** `nan`, `-nan(ind)`, `inf`, `+Infinity`, `1.#QNAN`, `-1.#INF` (the last two from the C library of Windows). */
const special = /^([+-]?)(?:(nan(?:\([\w]*\))?|1\.#(?:q|s)?nan\d*|1\.#ind\d*)|(?:inf|infinity|1\.#inf\d*))$/i;

/**
 * The number a text stands for, or null where it is none. Blanks around it and one pair of quotes are allowed;
 * hexadecimal, thousands separators and the empty text are not numbers.
 */
export function parseNumber(text: string): number | null {
  let body = text.trim();
  if (body.length > 1 && (body[0] === '"' || body[0] === "'") && body.at(-1) === body[0]) body = body.slice(1, -1).trim();
  if (decimal.test(body)) return Number(body);
  const match = special.exec(body);
  if (!match) return null;
  if (match[2] !== undefined) return Number.NaN;
  return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** An integer's text as a number where float64 holds it exactly, else as bigint. */
export function exactInteger(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
}

/** A value of JSON or YAML as a number of a series: numbers, booleans as 0 and 1, quoted non-finite numbers; null for all else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && special.test(value.trim()) ? parseNumber(value) : null;
}
