// The metric that runs are judged by, and the request that jobs over a table of trials get.

import { useMemo } from 'react';
import type { Run } from '../../core/model/run';
import type { RoleStatement } from '../../core/project/project';
import type { TargetMetric } from '../../core/view/target-metrics';
import type { job } from '../features/effects/jobs/effects-targets';
import { useSlice } from '../state/app';
import { parseJudgedBy } from '../state/judged-by';
import type { JobState } from '../workers/analysis-client';
import type { TrialsRequest } from '../workers/trials';
import { refsOf } from './run-refs';
import { useJob } from './use-job';
import { useRoles } from './use-roles';

export interface TrialsWish {
  readonly targets: JobState<readonly TargetMetric[]>;
  readonly metric: string | null;
  /** Which way is better, where a person said it; else null: as the name says. */
  readonly direction: 'min' | 'max' | null;
  /** Null while there is no metric. */
  readonly request: TrialsRequest | null;
}

/** @param runs in any order: it is no part of the request */
export function useTrials(runs: readonly Run[]): TrialsWish {
  const [{ metric: wanted, reading, directions }] = useSlice('judged-by', parseJudgedBy);
  const roles = useRoles();
  const refs = useMemo(() => refsOf(runs).toSorted((a, b) => (a.id < b.id ? -1 : 1)), [runs]);
  const targets = useJob<typeof job>(
    'effects-targets',
    useMemo(() => (refs.length > 0 ? { runs: refs } : null), [refs]),
  );
  const known = targets.kind === 'done' ? targets.result : targets.kind === 'running' ? targets.before : null;
  const metric = known?.some(({ name }) => name === wanted) ? wanted : (known?.[0]?.name ?? null);
  const direction = metric === null ? null : (directions[metric] ?? statedDirection(roles, metric));
  const request = useMemo(() => (metric === null || refs.length === 0 ? null : { runs: refs, metric, reading, direction }), [refs, metric, reading, direction]);
  return { targets, metric, direction, request };
}

function statedDirection(roles: readonly RoleStatement[], metric: string): 'min' | 'max' | null {
  const stated = roles.find((statement) => statement.metric === metric)?.direction;
  return stated === 'min' || stated === 'max' ? stated : null;
}
