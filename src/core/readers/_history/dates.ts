// Dates as people and spreadsheets write them, where they are not ISO 8601.

/** What comes first in a date with slashes. */
export type DateOrder = 'day' | 'month';

const clock = String.raw`(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(AM|PM)?)?$`;
const dotted = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${clock}`, 'i');
const slashed = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${clock}`, 'i');
const yearFirst = new RegExp(String.raw`^(\d{4})/(\d{1,2})/(\d{1,2})${clock}`, 'i');

/** The order of dates such as `23/11/2026`, where one of them shows it (no month is the 23rd); null where none does: such dates are not guessed. */
export function dateOrderOf(texts: readonly string[]): DateOrder | null {
  for (const text of texts) {
    const [, first, second] = slashed.exec(text.trim()) ?? [];
    if (Number(first) > 12) return 'day';
    if (Number(second) > 12) return 'month';
  }
  return null;
}

/** `23.11.2026 10:20:30`, `2026/11/23`, and `11/23/2026 10:20 AM` where the order is known: milliseconds since the epoch as if in UTC, else NaN. */
export function localTimeMs(text: string, order: DateOrder | null): number {
  const german = dotted.exec(text);
  if (german) return momentOf(german, 3, 2, 1);
  const japanese = yearFirst.exec(text);
  if (japanese) return momentOf(japanese, 1, 2, 3);
  const either = order === null ? null : slashed.exec(text);
  return either === null ? Number.NaN : order === 'day' ? momentOf(either, 3, 2, 1) : momentOf(either, 3, 1, 2);
}

function momentOf(match: RegExpExecArray, yearAt: number, monthAt: number, dayAt: number): number {
  const part = (at: number): number => Number(match[at] ?? 0);
  const [month, day, hour, minute, second] = [part(monthAt), part(dayAt), part(4), part(5), part(6)];
  const date = new Date(Date.UTC(part(yearAt), month - 1, day));
  // The 31st of June is no day.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const half = match[8]?.toUpperCase();
  const hours = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0);
  return date.getTime() + ((hours * 60 + minute) * 60 + second + Number(`0.${match[7] ?? 0}`)) * 1000;
}
