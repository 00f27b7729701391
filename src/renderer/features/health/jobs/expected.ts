// The job that says which metrics runs of their kind lack.

import { type ExpectedMetrics, expectedMetrics } from '../../../../core/health/expected/missing';
import { withRoles } from '../../../../core/project/metric-roles';
import type { Job } from '../../../registry/jobs';
import type { HealthRequest } from '../../../state/health';

/** In the order of the runs asked for; null where the kind of problem is not clear, or the run is gone. */
export const job: Job<HealthRequest, readonly (ExpectedMetrics | null)[]> = {
  meta: { id: 'expected' },
  async run({ runs, roles }, { store, breathe, progress }) {
    const expected: (ExpectedMetrics | null)[] = [];
    for (const [done, ref] of runs.entries()) {
      progress({ done, total: runs.length, label: 'runs' });
      await breathe();
      const [run] = await store.runs([ref]);
      expected.push(run ? expectedMetrics(withRoles(run, roles)) : null);
    }
    return expected;
  },
};
