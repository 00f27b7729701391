// What a person arranged in this tab.

import type { FindingSeverity } from '../../../core/health/finding';
import { type HealthGrouping, severities } from '../../../core/view/health-list';

export const segments = ['runs', 'across', 'missing', 'practices', 'not-assessed'] as const;
export type Segment = (typeof segments)[number];

export interface HealthSlice {
  readonly segment: Segment;
  readonly grouping: HealthGrouping;
  readonly severities: readonly FindingSeverity[];
}

const standard: HealthSlice = { segment: 'runs', grouping: 'run', severities };

/** Reads what was stored, which may be of another version or damaged. */
export function parseSlice(stored: unknown): HealthSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const { segment, grouping, severities: chosen } = stored as Partial<HealthSlice>;
  const valid =
    segments.some((one) => one === segment) &&
    (grouping === 'run' || grouping === 'rule') &&
    Array.isArray(chosen) &&
    chosen.every((one) => severities.includes(one));
  return valid ? (stored as HealthSlice) : standard;
}
