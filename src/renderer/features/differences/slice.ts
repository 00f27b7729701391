// What a person arranged in this tab.

import type { Reduction } from '../../../core/compare/metrics';

export interface DifferencesSlice {
  readonly differencesOnly: boolean;
  readonly reduction: Reduction;
  readonly folded: readonly string[];
}

export const reductions: readonly Reduction[] = ['best', 'last', 'min', 'max', 'mean'];

const standard: DifferencesSlice = { differencesOnly: true, reduction: 'best', folded: [] };

/** Reads what was stored, which may be of another version or damaged. */
export function parseSlice(stored: unknown): DifferencesSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const { differencesOnly, reduction, folded } = stored as Partial<DifferencesSlice>;
  const valid =
    typeof differencesOnly === 'boolean' &&
    reductions.some((known) => known === reduction) &&
    Array.isArray(folded) &&
    folded.every((id) => typeof id === 'string');
  return valid ? (stored as DifferencesSlice) : standard;
}
