// The job that lists the metrics that runs can be judged by.

import { type TargetMetric, targetMetrics } from '../../../../core/view/target-metrics';
import type { Job, RunRef } from '../../../registry/jobs';

export const job: Job<{ readonly runs: readonly RunRef[] }, readonly TargetMetric[]> = {
  meta: { id: 'effects-targets' },
  run: async ({ runs }, { store }) => targetMetrics(await store.runs(runs)),
};
