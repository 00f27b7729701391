// How regularly the series of runs were logged, each run looked at once as long as it stays as it is. Runs in the worker.

import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';
import { type Cadence, cadencesOf } from '../../core/practices/cadence';
import type { JobContext, RunRef } from '../registry/jobs';

const cadencesKept = 4000;
const kept = new Map<string, readonly (Cadence | null)[]>();

export type Cadences = ReadonlyMap<RunId, readonly (Cadence | null)[]>;

export async function cadencesOfRuns(
  refs: readonly RunRef[],
  runs: readonly Run[],
  { store, breathe, progress }: Pick<JobContext, 'store' | 'breathe' | 'progress'>,
): Promise<Cadences> {
  const stamps = new Map(refs.map(({ id, stamp }) => [id, stamp]));
  const cadences = new Map<RunId, readonly (Cadence | null)[]>();
  for (const [done, run] of runs.entries()) {
    progress({ done, total: runs.length, label: 'runs' });
    await breathe();
    const key = `${run.id} ${stamps.get(run.id)}`;
    let found = kept.get(key);
    if (!found) {
      const points = await store.points(
        run.id,
        run.series.map((_, index) => index),
      );
      found = cadencesOf(run.series, points);
      kept.set(key, found);
      const [oldest] = kept.keys();
      if (kept.size > cadencesKept && oldest !== undefined) kept.delete(oldest);
    }
    cadences.set(run.id, found);
  }
  return cadences;
}
