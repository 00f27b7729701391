// Days and moments as the project file writes them: ISO text, in UTC unless it says otherwise.

const dayMs = 86_400_000;
const isoDate = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds since the epoch of `2026-12-31` (its beginning, UTC) or `2026-12-31T18:00:00+01:00`; null for anything else, a 30 February included. */
export function momentOf(text: string): number | null {
  const [, day, time] = isoDate.exec(text) ?? [];
  if (day === undefined) return null;
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || dayText(start) !== day) return null;
  const ms = time === undefined ? start : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** A moment as text: only its day where it is the beginning of one. */
export const momentText = (ms: number): string => (ms % dayMs === 0 ? dayText(ms) : new Date(ms).toISOString());

/** The first moment after what `until` names: a day holds until it is over, a moment until it comes. */
export function endOf(text: string): number | null {
  const ms = momentOf(text);
  return ms !== null && !text.includes('T') ? ms + dayMs : ms;
}

/** How an end is written, so that `endOf` gives it back: the last day on which it holds. */
export const endText = (ms: number): string => (ms % dayMs === 0 ? dayText(ms - dayMs) : new Date(ms).toISOString());

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
