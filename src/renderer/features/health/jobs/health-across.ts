// The job that judges runs together: identical curves, failures in a range of params, a best at the edge.

import type { RunId } from '../../../../core/base/units';
import { type AcrossHealth, judgeAcross } from '../../../../core/health/judge';
import type { RunSketch } from '../../../../core/health/sketch';
import type { Job } from '../../../registry/jobs';
import type { HealthRequest } from '../../../state/health';
import { judgeRuns } from '../../../workers/judge-runs';

export interface AcrossResult extends AcrossHealth {
  /** Runs that could not be looked at. */
  readonly failed: readonly RunId[];
}

export const job: Job<HealthRequest, AcrossResult> = {
  meta: { id: 'health-across' },
  async run(request, context) {
    const sketches: RunSketch[] = [];
    const failed: RunId[] = [];
    await judgeRuns(
      request,
      context,
      ({ sketch }) => sketches.push(sketch),
      (run) => failed.push(run),
    );
    await context.breathe();
    return { ...judgeAcross(sketches), failed };
  },
};
