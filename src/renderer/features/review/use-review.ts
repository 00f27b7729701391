// The review of the chosen runs and the code that is held: asked anew when runs, code, statements or the metric change, unless a person stopped it.

import { useMemo, useState } from 'react';
import type { Run } from '../../../core/model/run';
import type { SetupReview } from '../../../core/setup/finding';
import { refsOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import { useRuns } from '../../queries/use-runs';
import { useStatements } from '../../queries/use-statements';
import { useSlice } from '../../state/app';
import { parseJudgedBy } from '../../state/judged-by';
import { useProject } from '../../state/project';
import type { JobState } from '../../workers/analysis-client';
import type { job, ReviewRequest, ReviewResult } from './jobs/review';

export interface ReviewState {
  readonly state: JobState<ReviewResult>;
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly go: () => void;
}

const dayMs = 86_400_000;

/** @param setup of the code that is held; null where there is none */
export function useReview(runs: readonly Run[], setup: SetupReview | null): ReviewState {
  const known = useRuns();
  const [project] = useProject();
  const { nowMs } = useStatements();
  const [{ metric, directions }] = useSlice('judged-by', parseJudgedBy);
  const [stoppedFor, setStoppedFor] = useState<ReviewRequest | null>(null);
  const request = useMemo((): ReviewRequest | null => {
    if (runs.length === 0 && !setup) return null;
    const logged = metric !== null && runs.some((run) => run.series.some(({ name }) => name === metric));
    const stated = project.roles.find((role) => role.metric === metric)?.direction;
    const direction = (metric === null ? undefined : directions[metric]) ?? (stated === 'min' || stated === 'max' ? stated : null);
    return {
      runs: sorted(runs),
      known: sorted(known),
      project,
      now: Math.floor(nowMs / dayMs) * dayMs,
      judgedBy: logged ? { metric, direction } : null,
      setup,
    };
  }, [runs, known, project, nowMs, metric, directions, setup]);
  const stopped = stoppedFor !== null && stoppedFor === request;
  const state = useJob<typeof job>('review', stopped ? null : request);
  return { state, stopped, stop: () => setStoppedFor(request), go: () => setStoppedFor(null) };
}

const sorted = (runs: readonly Run[]) => refsOf(runs).toSorted((a, b) => (a.id < b.id ? -1 : 1));
