// Decimal text in bytes to float64 without making a string of it: bit for bit what Number() gives.

const tens = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Dekker's constant: splits a float64 into two halves whose products are exact. */
const splitter = 134217729;
const zero = 0x30;

/**
 * The number that ASCII bytes [start, end) spell as plain decimal text (`-1.5e-05`, no blanks), or NaN where they spell none.
 * Up to 20 digits are done in double-double arithmetic; what that cannot decide goes through Number().
 * @param point the byte of the decimal point: 0x2e, or 0x2c where a comma is written
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, point: number): number {
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative || bytes[at] === 0x2b) at++;
  let head = 0;
  let tail = 0;
  let digits = 0;
  let scale = 0;
  let seen = false;
  let fraction = false;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= zero && byte <= zero + 9) {
      seen = true;
      if (fraction) scale--;
      if (digits === 0 && byte === zero) continue;
      if (digits < 15) head = head * 10 + (byte - zero);
      else if (digits < 20) tail = tail * 10 + (byte - zero);
      digits++;
    } else if (byte === point && !fraction) fraction = true;
    else break;
  }
  if (!seen) return Number.NaN;
  if (at < end) {
    if ((bytes[at]! | 0x20) !== 0x65) return Number.NaN;
    at++;
    const down = bytes[at] === 0x2d;
    if (down || bytes[at] === 0x2b) at++;
    if (at >= end) return Number.NaN;
    let exponent = 0;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte < zero || byte > zero + 9) return Number.NaN;
      exponent = Math.min(exponent * 10 + (byte - zero), 100_000);
    }
    scale += down ? -exponent : exponent;
  }
  let value: number;
  if (digits <= 15 && scale >= -22 && scale <= 22) value = scale < 0 ? head / tens[-scale]! : head * tens[scale]!;
  else if (digits <= 20 && scale >= -22 && scale <= 0) value = divided(head, tens[digits - 15]!, tail, tens[-scale]!);
  else value = Number.NaN;
  if (Number.isNaN(value)) return viaText(bytes, start, end, point);
  return negative ? -value : value;
}

/** (head × shift + tail) ÷ divisor rounded once, or NaN where that is too close to a tie to tell. */
function divided(head: number, shift: number, tail: number, divisor: number): number {
  // The dividend as an exact pair of doubles: high + low.
  const product = head * shift;
  const sum = product + tail;
  const carried = sum - product;
  const low = productError(head, shift, product) + (product - (sum - carried)) + (tail - carried);
  const quotient = sum / divisor;
  const back = quotient * divisor;
  const rest = (sum - back - productError(quotient, divisor, back) + low) / divisor;
  const doubt = quotient * 2 ** -98;
  const value = quotient + (rest + doubt);
  return value === quotient + (rest - doubt) ? value : Number.NaN;
}

/** What `product` = a × b lost by rounding (Dekker). */
function productError(a: number, b: number, product: number): number {
  const bigA = splitter * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = splitter * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

function viaText(bytes: Uint8Array, start: number, end: number, point: number): number {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] === point ? 0x2e : bytes[at]!);
  return Number(text);
}
