// Reads the JSON values of log items where they lie; nearly all are numbers.

import { parseDecimal } from '../../formats/decimal';

const point = 0x2e;

/** Tells numbers from everything else without making text or objects: after `read` look at `found`. */
export class Numeral {
  /** The value was a number; NaN and the infinities, which W&B writes bare, are numbers too. */
  found = false;

  read(bytes: Uint8Array, start: number, end: number): number {
    const first = bytes[start] as number;
    this.found = true;
    if (start < end) {
      if (first === 0x2d || (first >= 0x30 && first <= 0x39)) {
        const value = parseDecimal(bytes, start, end, point);
        if (!Number.isNaN(value)) return value;
        if (spells(bytes, start, end, '-Infinity')) return Number.NEGATIVE_INFINITY;
      } else if (first === 0x4e && spells(bytes, start, end, 'NaN')) return Number.NaN;
      else if (first === 0x49 && spells(bytes, start, end, 'Infinity')) return Number.POSITIVE_INFINITY;
    }
    this.found = false;
    return Number.NaN;
  }
}

function spells(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at++) if (bytes[start + at] !== word.charCodeAt(at)) return false;
  return true;
}
