// By what runs are judged wherever they are ranked: a metric, what stands for its curve, and which way is better. Part of the workspace.

import { type Reading, readings } from '../../core/trials/trial';

export interface JudgedBy {
  /** Null: the likeliest. */
  readonly metric: string | null;
  readonly reading: Reading;
  /** Metric → which way is better, where a person said it. */
  readonly directions: Readonly<Record<string, 'min' | 'max'>>;
}

export const standardJudgedBy: JudgedBy = { metric: null, reading: 'last', directions: {} };

/** Reads what was stored, which may be of another version or damaged. */
export function parseJudgedBy(stored: unknown): JudgedBy {
  if (typeof stored !== 'object' || stored === null) return standardJudgedBy;
  const { metric, reading, directions } = stored as Partial<Record<keyof JudgedBy, unknown>>;
  const valid =
    (metric === null || typeof metric === 'string') &&
    readings.some((one) => one === reading) &&
    typeof directions === 'object' &&
    directions !== null &&
    Object.values(directions).every((one) => one === 'min' || one === 'max');
  return valid ? (stored as JudgedBy) : standardJudgedBy;
}
