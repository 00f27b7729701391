// The job that judges whether a project is kept in good order.

import type { RunId } from '../../../../core/base/units';
import { assessPractices, type PracticesResult } from '../../../../core/practices/assess';
import { type Cadence, cadencesOf } from '../../../../core/practices/cadence';
import type { Project } from '../../../../core/project/project';
import type { Job, RunRef } from '../../../registry/jobs';

export interface PracticesRequest {
  readonly runs: readonly RunRef[];
  readonly project: Project;
  /** By the day, so that the same question asked twice a day has one answer. */
  readonly now: number;
}

const cadencesKept = 4000;
const kept = new Map<string, readonly (Cadence | null)[]>();

export const job: Job<PracticesRequest, PracticesResult> = {
  meta: { id: 'practices' },
  async run({ runs: refs, project, now }, { store, breathe, progress }) {
    const runs = await store.runs(refs);
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
    await breathe();
    // No repository is in view of a page.
    return assessPractices({
      runs,
      project,
      now,
      cadence: (run, series) => cadences.get(run.id)?.[series] ?? null,
      repository: null,
    });
  },
};
