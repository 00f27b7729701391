// The one order in which runs are printed: experiment, started, name, id.

import type { Run } from '../core/model/run';

export type Ordered = Pick<Run, 'experiment' | 'startedMs' | 'name' | 'id'>;

/** Texts by code unit, so that the order is the same everywhere; what is unknown comes last. */
export const byRunOrder = (a: Ordered, b: Ordered): number =>
  compare(a.experiment, b.experiment) || compare(a.startedMs, b.startedMs) || compare(a.name, b.name) || compare(a.id, b.id);

function compare<T extends string | number>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
