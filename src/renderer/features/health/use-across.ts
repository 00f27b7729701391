// What is said of the chosen runs together.

import { useMemo } from 'react';
import type { Run } from '../../../core/model/run';
import { refOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import { useRoles } from '../../queries/use-roles';
import type { JobState } from '../../workers/analysis-client';
import type { AcrossResult, job } from './jobs/health-across';

/** @param runs null asks for nothing */
export function useAcross(runs: readonly Run[] | null): JobState<AcrossResult> {
  const roles = useRoles();
  const request = useMemo(
    () =>
      runs === null || runs.length < 2
        ? null
        : {
            // In one order, so that arranging the list asks for nothing new.
            runs: runs.map((run) => ({ ...refOf(run), experiment: run.experiment })).sort((a, b) => (a.id < b.id ? -1 : 1)),
            roles: Object.fromEntries(runs.map((run) => [run.experiment ?? '', roles[run.experiment ?? ''] ?? []])),
          },
    [runs, roles],
  );
  return useJob<typeof job>('health-across', request);
}
