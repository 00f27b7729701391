// How dates are written: chosen once for the page, as numbers are (number-style.ts).

export interface DateStyle {
  readonly zone: 'local' | 'utc';
  /** `25 Nov 2026` instead of `2026-11-25`. */
  readonly words: boolean;
}

export const standardDates: DateStyle = { zone: 'local', words: false };

let chosen: DateStyle = standardDates;

/** Sets the style of this page. */
export const setDateStyle = (style: DateStyle): void => {
  chosen = style;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (part: number): string => String(part).padStart(2, '0');

/** Date and time, to the second or to the minute; UTC says so. */
export function writeDate(ms: number, to: 'second' | 'minute' = 'second'): string {
  const utc = chosen.zone === 'utc';
  // The parts of UTC are those of the local time of a clock that is moved by the offset; the platform knows both.
  const date = new Date(ms);
  const [year, month, day, hour, minute, second] = utc
    ? [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    : [date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
  const days = chosen.words ? `${day} ${months[month]} ${year}` : `${year}-${two(month + 1)}-${two(day)}`;
  return `${days} ${two(hour)}:${two(minute)}${to === 'second' ? `:${two(second)}` : ''}${utc ? ' UTC' : ''}`;
}
