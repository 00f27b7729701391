// What the health rules say of runs, as it becomes known.

import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { RunId } from '../../core/base/units';
import type { RunHealth } from '../../core/health/finding';
import type { Run } from '../../core/model/run';
import { useApp } from '../state/app';

export interface HealthOfRuns {
  readonly judged: ReadonlyMap<RunId, RunHealth>;
  /** Runs that could not be judged, with the reason. */
  readonly failed: ReadonlyMap<RunId, string>;
  /** Runs that are not judged yet. */
  readonly waiting: number;
}

/** Looks at runs: they are judged before all others. */
export function useHealth(runs: readonly Run[]): HealthOfRuns {
  const { health } = useApp();
  const { judged, failed } = useStore(health.store);
  useEffect(() => health.want(runs.map((run) => run.id)), [health, runs]);
  return useMemo(
    () => ({ judged, failed, waiting: runs.reduce((sum, run) => sum + Number(!judged.has(run.id) && !failed.has(run.id)), 0) }),
    [judged, failed, runs],
  );
}

/** What is known of one run; undefined until it is judged. */
export const useRunHealth = (run: RunId): RunHealth | undefined => useStore(useApp().health.store, (state) => state.judged.get(run));
