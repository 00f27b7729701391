// The coverage view: what of ten axes is recorded, with the lines that show it.

import { type CoverageAxis, coverageAxes, type SetupReview } from './finding';
import type { SetupContext } from './rule';

/** Each axis as far as it can be told; unknown where nothing says. */
export function coverageOf(_context: SetupContext): SetupReview['coverage'] {
  return Object.fromEntries(coverageAxes.map((axis) => [axis, { state: 'unknown', places: [] }])) as unknown as Record<
    CoverageAxis,
    SetupReview['coverage'][CoverageAxis]
  >;
}
