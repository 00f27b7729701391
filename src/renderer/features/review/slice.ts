// What a person arranged in this tab.

import type { Severity } from '../../../core/base/issues';

export const severities: readonly Severity[] = ['critical', 'warn', 'note', 'info'];

export interface ReviewSlice {
  readonly severities: readonly Severity[];
}

const standard: ReviewSlice = { severities };

/** Reads what was stored, which may be of another version or damaged. */
export function parseSlice(stored: unknown): ReviewSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const { severities: chosen } = stored as Partial<ReviewSlice>;
  return Array.isArray(chosen) && chosen.every((one) => severities.includes(one)) ? (stored as ReviewSlice) : standard;
}
