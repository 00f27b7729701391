// What a metric cannot be: a predicted accuracy of 1.1 would make the rest unbelievable.

import { inferRole } from '../series/roles';

/** Roles whose values are shares, as a fraction or in percent. */
const shares: ReadonlySet<string> = new Set(['accuracy', 'score']);
/** Roles that are never below 0 where none was. */
const positive: ReadonlySet<string> = new Set(['loss', 'error', 'perplexity', 'throughput']);

/** Where values of this metric lie, by its name and by those seen. */
export function boundsOf(metric: string, values: readonly number[]): readonly [low: number, high: number] {
  const { role } = inferRole(metric, []);
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (role !== null && shares.has(role) && low >= 0) {
    if (high <= 1) return [0, 1];
    if (high > 2 && high <= 100) return [0, 100];
  }
  return role !== null && (positive.has(role) || shares.has(role)) && low >= 0
    ? [0, Number.POSITIVE_INFINITY]
    : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}
