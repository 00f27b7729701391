// How a person wants the tree of attributes ordered; `auto` follows the run's tracker.

import type { AttributeOrder } from '../../../../core/view/attributes';

export interface RunSlice {
  readonly tree: AttributeOrder | 'auto';
}

const standard: RunSlice = { tree: 'auto' };

/** Reads what was stored, which may be of another version or damaged. */
export function parseSlice(stored: unknown): RunSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const { tree } = stored as Partial<RunSlice>;
  return tree === 'auto' || tree === 'path' || tree === 'kind' ? (stored as RunSlice) : standard;
}
