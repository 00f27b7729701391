// Runs out of the library, as hooks.

import { useMemo } from 'react';
import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';
import { withRoles } from '../../core/project/metric-roles';
import type { RoleStatement } from '../../core/project/project';
import { showsDeleted } from '../../core/view/run-list';
import { useLibrary, useWorkspace } from '../state/app';
import { memoLast } from './memo-last';
import { type Words, withWords } from './own-words';
import { useRoles } from './use-roles';

const ofExperiment = memoLast(
  (
    runs: ReadonlyMap<RunId, Run>,
    experiment: string | null,
    roles: readonly RoleStatement[],
    notes: Words['notes'],
    labels: Words['labels'],
  ): readonly Run[] => {
    const all = [...runs.values()];
    return (experiment === null ? all : all.filter((run) => run.experiment === experiment)).map((run) => withWords(stated(run, roles), { notes, labels }));
  },
);

function useWords(): Words {
  const notes = useWorkspace((workspace) => workspace.notes);
  const labels = useWorkspace((workspace) => workspace.labels);
  return { notes, labels };
}

/** Runs with what a person stated of their metrics: the same object as long as run and statements are. */
const statedRuns = new WeakMap<Run, { readonly roles: readonly RoleStatement[]; readonly run: Run }>();
function stated(run: Run, roles: readonly RoleStatement[]): Run {
  if (roles.length === 0) return run;
  const known = statedRuns.get(run);
  if (known?.roles === roles) return known.run;
  const made = withRoles(run, roles);
  statedRuns.set(run, { roles, run: made });
  return made;
}

/** All runs of the open experiment, in the order of import, before search and filter; metrics are what a person says they are. */
export function useRuns(): readonly Run[] {
  const runs = useLibrary((state) => state.runs);
  const experiment = useWorkspace((workspace) => workspace.experiment);
  const { notes, labels } = useWords();
  return ofExperiment(runs, experiment, useRoles(), notes, labels);
}

/** One run, or undefined where there is none (any more). */
export function useRun(id: RunId | null): Run | undefined {
  const run = useLibrary((state) => (id === null ? undefined : state.runs.get(id)));
  const roles = useRoles();
  const words = useWords();
  return run && withWords(stated(run, roles), words);
}

/** Runs that can be seen at all: a run deleted in its tracker has no row whose eye or box could be closed. */
function useListable(): readonly Run[] {
  const runs = useRuns();
  const deleted = useWorkspace(showsDeleted);
  return useMemo(() => (deleted ? runs : runs.filter((run) => !run.deleted)), [runs, deleted]);
}

/** The runs whose eye is open, in the order of the list: what charts draw. */
export function useVisibleRuns(): readonly Run[] {
  const runs = useListable();
  const visible = useWorkspace((workspace) => workspace.visible);
  return useMemo(() => runs.filter((run) => visible.has(run.id)), [runs, visible]);
}

/** The runs that are checked; where none is, those that are visible. What a comparison is about. */
export function useChosenRuns(): readonly Run[] {
  const runs = useListable();
  const checked = useWorkspace((workspace) => workspace.checked);
  const visible = useWorkspace((workspace) => workspace.visible);
  return useMemo(() => {
    const chosen = runs.filter((run) => checked.has(run.id));
    return chosen.length > 0 ? chosen : runs.filter((run) => visible.has(run.id));
  }, [runs, checked, visible]);
}

export function useBaseline(): Run | undefined {
  return useRun(useWorkspace((workspace) => workspace.baseline));
}
