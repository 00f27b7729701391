// What all parts of the tab are about: the runs, and the metric they are judged by.

import { useMemo } from 'react';
import type { Run } from '../../../core/model/run';
import { useRunList } from '../../queries/use-run-list';
import { type TrialsWish, useTrials } from '../../queries/use-trials';
import { useWorkspace } from '../../state/app';

export interface EffectsInput extends TrialsWish {
  /** Those that are checked; where none is, all of the list. */
  readonly runs: readonly Run[];
  readonly checked: boolean;
}

export function useEffectsInput(): EffectsInput {
  const { matched } = useRunList();
  const chosen = useWorkspace((workspace) => workspace.checked);
  const about = useMemo(() => {
    const some = matched.filter((run) => chosen.has(run.id));
    return { runs: some.length > 0 ? some : matched, checked: some.length > 0 };
  }, [matched, chosen]);
  return { ...about, ...useTrials(about.runs) };
}
