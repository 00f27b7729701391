// Which failures pass by themselves, and how long to wait before asking again.
import type { HttpError } from '../../core/source/http';

/** What the official clients of trackers ask again for. */
const passing: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const mostTries = 5;
/** Nobody listens: a server that restarts is worth a second, one that is down is not. */
const mostTriesToReach = 3;
const firstWaitMs = 500;
/** A person rather hears that a server wants longer than that. */
export const longestWaitMs = 120_000;

export interface Failure {
  readonly error: HttpError;
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly retryAfter: string | null;
}

/**
 * Milliseconds until the next try, or null where it should be given up.
 * @param tries made so far, 1 or more
 * @param now milliseconds since the epoch: `Retry-After` may be a date
 */
export function waitMs({ error, status, retryAfter }: Failure, tries: number, now: number): number | null {
  const isPassing = status === null ? ['cut-off', 'timed-out', 'unreachable'].includes(error.code) : passing.has(status);
  if (!isPassing || tries >= (error.code === 'unreachable' ? mostTriesToReach : mostTries)) return null;
  const asked = retryAfter === null ? null : afterMs(retryAfter, now);
  if (asked !== null && asked > longestWaitMs) return null;
  return asked ?? firstWaitMs * 2 ** (tries - 1);
}

/** `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function afterMs(text: string, now: number): number | null {
  if (/^\s*\d+\s*$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
