// Drawn runs judged by every engine, as the command line and the page do before a review.

import type { RunId } from '../../src/core/base/units';
import { expectedMetrics } from '../../src/core/health/expected/missing';
import { judgeAcross, judgeRun } from '../../src/core/health/judge';
import type { ReadRun } from '../../src/core/model/run';
import { assessPractices } from '../../src/core/practices/assess';
import { cadencesOf } from '../../src/core/practices/cadence';
import { emptyProject, type Project } from '../../src/core/project/project';
import { checkRuns } from '../../src/core/reproducibility/checklist';
import type { Review } from '../../src/core/review/result';
import { reviewOf } from '../../src/core/review/review';
import { judgeTable, tableOfReview } from '../../src/core/review/trials';
import type { SetupReview } from '../../src/core/setup/finding';
import { targetMetrics } from '../../src/core/view/target-metrics';

export const reviewNow = Date.UTC(2026, 0, 31);

export interface Around {
  readonly project?: Partial<Project>;
  readonly setup?: SetupReview | null;
}

/** The review of runs with their points. */
export async function reviewed(read: readonly ReadRun[], { project = {}, setup = null }: Around = {}): Promise<Review> {
  const stated: Project = { ...emptyProject, ...project };
  const runs = read.map(({ run }) => run);
  const judged = read.map((one) => judgeRun(one));
  const cadences = new Map<RunId, ReturnType<typeof cadencesOf>>(read.map(({ run, points }) => [run.id, cadencesOf(run.series, points)]));
  const table = tableOfReview(runs, targetMetrics);
  return reviewOf({
    runs,
    health: judged.map(({ health }) => health),
    across: judgeAcross(judged.map(({ sketch }) => sketch)),
    practices: assessPractices({ runs, project: stated, now: reviewNow, cadence: (run, at) => cadences.get(run.id)?.[at] ?? null, repository: null }),
    checklists: checkRuns(runs, runs, { project: stated, nowMs: reviewNow }),
    expected: new Map(runs.map((run) => [run.id, expectedMetrics(run)])),
    trials: 'problem' in table ? table : await judgeTable(table),
    setup,
    statements: { project: stated, nowMs: reviewNow },
  });
}
