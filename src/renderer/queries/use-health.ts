// What the health rules say of runs, as it becomes known.

import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { RunId } from '../../core/base/units';
import type { RunHealth } from '../../core/health/finding';
import type { Run } from '../../core/model/run';
import { useApp } from '../state/app';
import type { HealthState } from '../state/health';

export interface HealthOfRuns {
  readonly judged: ReadonlyMap<RunId, RunHealth>;
  /** Runs that could not be judged, with the reason. */
  readonly failed: ReadonlyMap<RunId, string>;
  /** Runs that are not judged yet. */
  readonly waiting: number;
}

/** Looks at runs: they are judged before all others. The answer is the same object until something of these runs changes. */
export function useHealth(runs: readonly Run[]): HealthOfRuns {
  const { health } = useApp();
  const state = useStore(health.store);
  useEffect(() => health.want(runs.map((run) => run.id)), [health, runs]);
  const last = useRef<HealthOfRuns>(nothing);
  return useMemo(() => {
    const next = ofRuns(runs, state);
    if (!same(last.current, next)) last.current = next;
    return last.current;
  }, [runs, state]);
}

const nothing: HealthOfRuns = { judged: new Map(), failed: new Map(), waiting: 0 };

function ofRuns(runs: readonly Run[], state: HealthState): HealthOfRuns {
  const judged = new Map<RunId, RunHealth>();
  const failed = new Map<RunId, string>();
  for (const { id } of runs) {
    const found = state.judged.get(id);
    const failure = state.failed.get(id);
    if (found) judged.set(id, found);
    else if (failure !== undefined) failed.set(id, failure);
  }
  return { judged, failed, waiting: runs.length - judged.size - failed.size };
}

const same = (a: HealthOfRuns, b: HealthOfRuns): boolean => a.waiting === b.waiting && sameEntries(a.judged, b.judged) && sameEntries(a.failed, b.failed);

function sameEntries<V>(a: ReadonlyMap<RunId, V>, b: ReadonlyMap<RunId, V>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of b) if (a.get(key) !== value) return false;
  return true;
}

/** What is known of one run; undefined until it is judged. */
export const useRunHealth = (run: RunId): RunHealth | undefined => useStore(useApp().health.store, (state) => state.judged.get(run));
