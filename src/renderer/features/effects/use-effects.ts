// What all parts of the tab are about: the runs, the metric they are judged by, and the request that jobs get.

import { useMemo } from 'react';
import type { Run } from '../../../core/model/run';
import type { TargetMetric } from '../../../core/view/target-metrics';
import { refsOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import { useRoles } from '../../queries/use-roles';
import { useRunList } from '../../queries/use-run-list';
import { useWorkspace } from '../../state/app';
import type { Roles } from '../../state/roles';
import type { JobState } from '../../workers/analysis-client';
import type { job as targetsJob } from './jobs/effects-targets';
import type { EffectsSlice } from './slice';
import type { TrialsRequest } from './trials';

export interface EffectsInput {
  /** Those that are checked; where none is, all of the list. */
  readonly runs: readonly Run[];
  readonly checked: boolean;
  readonly targets: JobState<readonly TargetMetric[]>;
  readonly metric: string | null;
  /** Which way is better, where a person said it; else null: as the name says. */
  readonly direction: 'min' | 'max' | null;
  /** Null while there is no metric. */
  readonly request: TrialsRequest | null;
}

export function useEffectsInput(slice: EffectsSlice): EffectsInput {
  const { matched } = useRunList();
  const chosen = useWorkspace((workspace) => workspace.checked);
  const roles = useRoles();
  const { runs, checked } = useMemo(() => {
    const some = matched.filter((run) => chosen.has(run.id));
    return { runs: some.length > 0 ? some : matched, checked: some.length > 0 };
  }, [matched, chosen]);
  const refs = useMemo(() => [...refsOf(runs)].sort((a, b) => (a.id < b.id ? -1 : 1)), [runs]);
  const targets = useJob<typeof targetsJob>(
    'effects-targets',
    useMemo(() => (refs.length > 0 ? { runs: refs } : null), [refs]),
  );
  const known = targets.kind === 'done' ? targets.result : targets.kind === 'running' ? targets.before : null;
  const metric = known?.some(({ name }) => name === slice.metric) ? slice.metric : (known?.[0]?.name ?? null);
  const direction = metric === null ? null : (slice.directions[metric] ?? statedDirection(roles, metric));
  const { reading } = slice;
  const request = useMemo(() => (metric === null || refs.length === 0 ? null : { runs: refs, metric, reading, direction }), [refs, metric, reading, direction]);
  return { runs, checked, targets, metric, direction, request };
}

/** What was stated of the metric in any experiment. */
function statedDirection(roles: Roles, metric: string): 'min' | 'max' | null {
  const stated = Object.values(roles)
    .flat()
    .find((statement) => statement.metric === metric && statement.direction !== 'none');
  return stated && stated.direction !== 'none' ? stated.direction : null;
}
