// Role, split and direction of a metric from its name (analysis.md B.2).

import type { Direction, Split } from '../model/run';

export interface MetricRole {
  readonly role: string | null;
  readonly split: Split;
  readonly direction: Direction;
  readonly confidence: number;
}

/** Placeholder until the tables of analysis.md B.2 land: everything is unknown. */
export function inferRole(_name: string, _siblings: readonly string[]): MetricRole {
  return { role: null, split: 'other', direction: 'none', confidence: 0 };
}
