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

export interface DateParts {
  readonly year: number;
  /** `Jan` to `Dec`. */
  readonly monthName: string;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (part: number): string => String(part).padStart(2, '0');

/** What calendar and clock show in the zone of the page. */
export function datePartsOf(ms: number): DateParts {
  const date = new Date(ms - offsetMs(ms));
  return {
    year: date.getUTCFullYear(),
    monthName: months[date.getUTCMonth()] ?? '',
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
}

/** UTC less the time of the page's zone, in milliseconds. */
export const offsetMs = (ms: number): number => (chosen.zone === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000);

/** Date and time, to the second or to the minute; UTC says so. */
export function writeDate(at: number, to: 'second' | 'minute' = 'second'): string {
  const { year, month, monthName, day, hour, minute, second } = datePartsOf(at);
  const days = chosen.words ? `${day} ${monthName} ${year}` : `${year}-${two(month)}-${two(day)}`;
  return `${days} ${two(hour)}:${two(minute)}${to === 'second' ? `:${two(second)}` : ''}${chosen.zone === 'utc' ? ' UTC' : ''}`;
}
