// The runs as list and table show them: one arrangement, computed once for both.

import { useDeferredValue } from 'react';
import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';
import type { Grouping } from '../../core/view/run-groups';
import { arrangeRuns, type Matched, type MetricChoices, matchRuns, type RunListView, type SortKey } from '../../core/view/run-list';
import { useSession, useWorkspace } from '../state/app';
import { memoLast } from './memo-last';
import { useLinks } from './use-pairs';
import { useRuns } from './use-runs';

export interface RunListState extends RunListView {
  /** The same runs in the order of import: it changes only when other runs pass. */
  readonly matched: readonly Run[];
  readonly problem: Matched['problem'];
}

const match = memoLast((runs: readonly Run[], search: string, filter: string, deleted: boolean, metrics: MetricChoices) =>
  matchRuns(runs, { search, filter, deleted, metrics }),
);
const arrange = memoLast(
  (
    matched: Matched,
    grouping: Grouping,
    sort: readonly SortKey[],
    metrics: MetricChoices,
    unfolded: ReadonlySet<string>,
    links: ReadonlyMap<RunId, RunId>,
  ): RunListState => ({
    ...arrangeRuns(matched.runs, { grouping, sort, metrics, unfolded, links }),
    matched: matched.runs,
    problem: matched.problem,
  }),
);

/** What is typed shows at once; the runs follow as soon as there is time. */
export function useRunList(): RunListState {
  const runs = useRuns();
  const search = useDeferredValue(useWorkspace((workspace) => workspace.search));
  const filter = useDeferredValue(useWorkspace((workspace) => workspace.filter));
  const deleted = useWorkspace((workspace) => workspace.deleted);
  const grouping = useWorkspace((workspace) => workspace.grouping);
  const sort = useWorkspace((workspace) => workspace.sort);
  const metrics = useWorkspace((workspace) => workspace.metrics);
  const unfolded = useSession((state) => state.unfolded);
  return arrange(match(runs, search, filter, deleted, metrics), grouping, sort, metrics, unfolded, useLinks());
}
