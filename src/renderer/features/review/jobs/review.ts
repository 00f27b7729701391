// The job that reviews runs: judges curves, names, evidence and params, and puts what they say into five parts.

import type { RunId } from '../../../../core/base/units';
import { type ExpectedMetrics, expectedMetrics } from '../../../../core/health/expected/missing';
import type { RunHealth } from '../../../../core/health/finding';
import { judgeAcross } from '../../../../core/health/judge';
import type { RunSketch } from '../../../../core/health/sketch';
import { assessPractices } from '../../../../core/practices/assess';
import { withRoles } from '../../../../core/project/metric-roles';
import type { Project } from '../../../../core/project/project';
import { type Checklist, checkRun, contextsOf } from '../../../../core/reproducibility/checklist';
import { items } from '../../../../core/reproducibility/index';
import type { Review } from '../../../../core/review/result';
import { reviewOf } from '../../../../core/review/review';
import { type JudgedBy, judgeTable, tableOfReview } from '../../../../core/review/trials';
import type { SetupReview } from '../../../../core/setup/finding';
import { targetMetrics } from '../../../../core/view/target-metrics';
import type { Job, RunRef } from '../../../registry/jobs';
import { cadencesOfRuns } from '../../../workers/cadences';
import { judgeRuns } from '../../../workers/judge-runs';

export interface ReviewRequest {
  /** Sorted by id, so that arranging the list asks for nothing new. */
  readonly runs: readonly RunRef[];
  /** Every run of the experiment, sorted, so that repeats are found. */
  readonly known: readonly RunRef[];
  readonly project: Project;
  /** By the day. */
  readonly now: number;
  readonly judgedBy: JudgedBy | null;
  /** Of the code of these runs; null where none was given. */
  readonly setup: SetupReview | null;
}

export interface ReviewResult {
  readonly review: Review;
  /** Runs whose points could not be read. */
  readonly failed: readonly { readonly run: RunId; readonly message: string }[];
}

export const job: Job<ReviewRequest, ReviewResult> = {
  meta: { id: 'review' },
  async run({ runs: refs, known, project, now, judgedBy, setup }, context) {
    const { store, breathe, progress } = context;
    const statements = { project, nowMs: now };
    const health: RunHealth[] = [];
    const sketches: RunSketch[] = [];
    const failed: ReviewResult['failed'][number][] = [];
    await judgeRuns(
      { runs: refs, roles: project.roles },
      context,
      (judged) => {
        health.push(judged.health);
        sketches.push(judged.sketch);
      },
      (run, message) => failed.push({ run, message }),
    );
    const stored = await store.runs(refs);
    const cadences = await cadencesOfRuns(
      refs,
      stored.filter(({ id }) => !failed.some(({ run }) => run === id)),
      context,
    );
    const runs = stored.filter(({ deleted }) => !deleted).map((run) => withRoles(run, project.roles));
    const expected = new Map<RunId, ExpectedMetrics | null>();
    const checklists: Checklist[] = [];
    for (const [done, one] of contextsOf(runs, await store.runs(known)).entries()) {
      progress({ done, total: runs.length, label: 'runs' });
      await breathe();
      checklists.push(checkRun(one, items, statements));
      expected.set(one.run.id, expectedMetrics(one.run));
    }
    await breathe();
    const across = judgeAcross(sketches);
    await breathe();
    const practices = assessPractices({ runs, project, now, cadence: (run, series) => cadences.get(run.id)?.[series] ?? null, repository: null });
    await breathe();
    const table = tableOfReview(runs, targetMetrics, judgedBy);
    const trials = 'problem' in table ? table : await judgeTable(table, breathe);
    await breathe();
    return { review: reviewOf({ runs, health, across, practices, checklists, expected, trials, setup, statements }), failed };
  },
};
