// A table of keys × runs, the form of every "what differs" list.

import type { RunId } from '../base/units';
import type { Run } from '../model/run';
import type { Value, Values } from '../model/values';
import { sameValue } from './same-value';

export interface Row {
  readonly key: string;
  /** A run that has no such key is absent: the screen shows "–", never 0 or null. */
  readonly values: ReadonlyMap<RunId, Value>;
  readonly differs: boolean;
}

/** One row per key that any run has, sorted by key; a key that some runs lack differs. */
export function rowsOf(runs: readonly Run[], valuesOf: (run: Run) => Values): readonly Row[] {
  const columns = new Map<string, Map<RunId, Value>>();
  for (const run of runs) {
    const values = valuesOf(run);
    for (const key of Object.keys(values)) {
      const column = columns.get(key) ?? new Map<RunId, Value>();
      column.set(run.id, values[key] as Value);
      columns.set(key, column);
    }
  }
  return [...columns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, values]) => ({ key, values, differs: differs(values, runs.length) }));
}

function differs(values: ReadonlyMap<RunId, Value>, runs: number): boolean {
  if (values.size !== runs) return true;
  const [first, ...rest] = values.values();
  return rest.some((value) => !sameValue(first, value));
}
