// The job that judges whether a project is kept in good order.

import { assessPractices, type PracticesResult } from '../../../../core/practices/assess';
import type { Project } from '../../../../core/project/project';
import type { Job, RunRef } from '../../../registry/jobs';
import { cadencesOfRuns } from '../../../workers/cadences';

export interface PracticesRequest {
  readonly runs: readonly RunRef[];
  readonly project: Project;
  /** By the day, so that the same question asked twice a day has one answer. */
  readonly now: number;
}

export const job: Job<PracticesRequest, PracticesResult> = {
  meta: { id: 'practices' },
  async run({ runs: refs, project, now }, context) {
    const runs = await context.store.runs(refs);
    const cadences = await cadencesOfRuns(refs, runs, context);
    await context.breathe();
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
