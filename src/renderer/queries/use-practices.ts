// How a project is kept, as the practices judge it.

import { useMemo } from 'react';
import type { Run } from '../../core/model/run';
import type { PracticesResult } from '../../core/practices/assess';
import type { job } from '../features/health/jobs/practices';
import { useProject } from '../state/project';
import type { JobState } from '../workers/analysis-client';
import { refsOf } from './run-refs';
import { useJob } from './use-job';

const dayMs = 86_400_000;
/** By the day, so that asking twice is one question. */
const today = Math.floor(Date.now() / dayMs) * dayMs;

/** @param runs null asks for nothing */
export function usePractices(runs: readonly Run[] | null): JobState<PracticesResult> {
  const [project] = useProject();
  const request = useMemo(() => (runs === null ? null : { runs: refsOf(runs.filter((run) => !run.deleted)), project, now: today }), [runs, project]);
  return useJob<typeof job>('practices', request);
}
