// Dates and times as trackers write them: ISO 8601 with or without a zone, to the microsecond.

const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,12}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Milliseconds since the epoch; fractions of a millisecond are kept.
 * @param text without a zone it is taken for UTC
 * @returns null where it is no date with a time
 */
export function parseTimestamp(text: string): number | null {
  const [, day, clock, fraction = '0', zone = 'Z'] = pattern.exec(text.trim()) ?? [];
  if (day === undefined || clock === undefined) return null;
  const seconds = Date.parse(`${day}T${clock}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()}`);
  return Number.isNaN(seconds) ? null : seconds + Number(`0.${fraction}`) * 1000;
}
