// What every job over a table of trials begins with: the runs that are meant, and what they are judged by. Runs in the worker.

import type { RunId } from '../../core/base/units';
import type { Points, Run } from '../../core/model/run';
import { trialsFromRuns } from '../../core/trials/from-runs';
import type { Reading, TrialProblem, TrialTable } from '../../core/trials/trial';
import type { JobContext, RunRef } from '../registry/jobs';

export interface TrialsRequest {
  /** Sorted by id, so that arranging the list asks for nothing new. */
  readonly runs: readonly RunRef[];
  readonly metric: string;
  readonly reading: Reading;
  /** Null: as the metric's name says. */
  readonly direction: 'min' | 'max' | null;
}

/** A result, or why there is no table to compute it from. */
export type OrProblem<T> = ({ readonly problem: null } & T) | { readonly problem: TrialProblem };

/** Makes the table and computes something of it. */
export async function withTrials<T>(request: TrialsRequest, context: JobContext, compute: (table: TrialTable) => T): Promise<OrProblem<T>> {
  const runs = await context.store.runs(request.runs);
  const points = request.reading === 'mean-tail' ? await tailPoints(runs, request.metric, context) : undefined;
  await context.breathe();
  const { metric, reading, direction } = request;
  const { table, problem } = trialsFromRuns(runs, { metric, reading, ...(direction ? { direction } : {}) }, points);
  if (problem) return { problem };
  await context.breathe();
  return { problem: null, ...compute(table) };
}

/** Points of the metric alone, at the place that the series has in its run. */
async function tailPoints(runs: readonly Run[], metric: string, { store, breathe, progress }: JobContext): Promise<ReadonlyMap<RunId, readonly Points[]>> {
  const found = new Map<RunId, readonly Points[]>();
  for (const [done, run] of runs.entries()) {
    const indices = [...run.series.keys()].filter((at) => run.series[at]?.name === metric);
    const read = await store.points(run.id, indices);
    const placed: Points[] = [];
    for (const [i, at] of indices.entries()) if (read[i]) placed[at] = read[i];
    found.set(run.id, placed);
    progress({ done, total: runs.length, label: 'runs' });
    await breathe();
  }
  return found;
}
