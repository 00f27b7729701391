// The job that judges runs one by one: asked in portions by state/health.ts.

import type { RunHealth } from '../../../../core/health/finding';
import type { Job } from '../../../registry/jobs';
import type { HealthRequest, HealthResult } from '../../../state/health';
import { judgeRuns } from '../../../workers/judge-runs';

export const job: Job<HealthRequest, HealthResult> = {
  meta: { id: 'health' },
  async run(request, context) {
    const judged: RunHealth[] = [];
    const failed: HealthResult['failed'][number][] = [];
    await judgeRuns(
      request,
      context,
      ({ health }) => judged.push(health),
      (run, message) => failed.push({ run, message }),
    );
    return { judged, failed };
  },
};
