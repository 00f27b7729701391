// Calendar days of statements: in UTC, so that a date reads the same wherever it is read.

/** `2026-11-25`; empty where the time is no time. */
export const dayText = (ms: number): string => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString().slice(0, 10) : '');
