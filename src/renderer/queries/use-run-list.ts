// The runs as list and table show them: one arrangement, computed once for both.

import { useMemo } from 'react';
import type { Run } from '../../core/model/run';
import { type ListOptions, listRuns, type RunListView } from '../../core/view/run-list';
import { useSession, useWorkspace } from '../state/app';
import { useRuns } from './use-runs';

let last: { readonly runs: readonly Run[]; readonly options: ListOptions; readonly view: RunListView } | null = null;

/** Several components ask for the same arrangement in one draw: the last one is kept for all of them. */
function arranged(runs: readonly Run[], options: ListOptions): RunListView {
  const keys = Object.keys(options) as (keyof ListOptions)[];
  const known = last;
  if (known && known.runs.length === runs.length && known.runs.every((run, at) => run === runs[at]) && keys.every((key) => known.options[key] === options[key]))
    return known.view;
  const view = listRuns(runs, options);
  last = { runs, options, view };
  return view;
}

export function useRunList(): RunListView {
  const runs = useRuns();
  const search = useWorkspace((workspace) => workspace.search);
  const filter = useWorkspace((workspace) => workspace.filter);
  const deleted = useWorkspace((workspace) => workspace.deleted);
  const grouping = useWorkspace((workspace) => workspace.grouping);
  const sort = useWorkspace((workspace) => workspace.sort);
  const metrics = useWorkspace((workspace) => workspace.metrics);
  const unfolded = useSession((state) => state.unfolded);
  return useMemo(
    () => arranged(runs, { search, filter, deleted, grouping, sort, metrics, unfolded }),
    [runs, search, filter, deleted, grouping, sort, metrics, unfolded],
  );
}
