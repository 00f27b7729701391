// What is said of the chosen runs together.

import { useMemo } from 'react';
import type { Run } from '../../core/model/run';
import type { AcrossResult, job } from '../features/health/jobs/health-across';
import type { JobState } from '../workers/analysis-client';
import { refsOf } from './run-refs';
import { useJob } from './use-job';
import { useRoles } from './use-roles';

/** @param runs null asks for nothing */
export function useAcross(runs: readonly Run[] | null): JobState<AcrossResult> {
  const roles = useRoles();
  const request = useMemo(
    () =>
      runs === null || runs.length < 2
        ? null
        : {
            // In one order, so that arranging the list asks for nothing new.
            runs: refsOf(runs).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
            roles,
          },
    [runs, roles],
  );
  return useJob<typeof job>('health-across', request);
}
