// Runs that are likely one training recorded twice, as far as nobody has said yes or no to it.

import { useMemo } from 'react';
import type { RunId } from '../../core/base/units';
import type { RunPair } from '../../core/compare/pairs';
import type { Run } from '../../core/model/run';
import type { job } from '../features/runs/jobs/pairs';
import { useLibrary, useWorkspace } from '../state/app';
import { isAbout, linksIn, pairsIn } from '../state/pairs';
import { memoLast } from './memo-last';
import { refsOf } from './run-refs';
import { useJob } from './use-job';

const nothing: readonly RunPair[] = [];

/** Of all experiments: another tracker may call its own otherwise. */
const present = memoLast((runs: ReadonlyMap<RunId, Run>): readonly Run[] => [...runs.values()].filter((run) => !run.deleted));

/** Proposals that are neither linked nor refused; none until they are known. */
export function usePairs(): readonly RunPair[] {
  const runs = present(useLibrary((state) => state.runs));
  const slice = useWorkspace(pairsIn);
  const request = useMemo(() => (runs.length < 2 ? null : { runs: refsOf(runs) }), [runs]);
  const state = useJob<typeof job>('pairs', request, true);
  const pairs = state.kind === 'done' ? state.result : nothing;
  return useMemo(() => {
    const settled = [...slice.links, ...slice.refused];
    // Many runs, few settled: looked up by one of the two.
    const known = new Map<RunId, (typeof settled)[number][]>();
    for (const one of settled) for (const id of one) known.set(id, [...(known.get(id) ?? []), one]);
    return pairs.filter(({ runs: [a, b] }) => !known.get(a)?.some((one) => isAbout(one, a, b)));
  }, [pairs, slice]);
}

/** A run → the run that it is shown under. */
export const useLinks = (): ReadonlyMap<RunId, RunId> => useWorkspace(linksIn);
