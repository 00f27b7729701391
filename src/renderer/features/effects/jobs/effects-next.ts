// The job that proposes the next experiments.

import { suggestNext } from '../../../../core/suggest/suggest';
import type { Suggestions } from '../../../../core/suggest/suggestion';
import type { Job } from '../../../registry/jobs';
import { type OrProblem, type TrialsRequest, withTrials } from '../../../workers/trials';

export interface NextRequest extends TrialsRequest {
  readonly count: number;
}

export interface Next {
  readonly next: Suggestions;
  readonly metric: string;
  readonly direction: 'min' | 'max';
}

export const job: Job<NextRequest, OrProblem<Next>> = {
  meta: { id: 'effects-next' },
  run: (request, context) =>
    withTrials(request, context, (table) => ({
      next: suggestNext(table, { count: request.count, seed: 1, directionStated: request.direction !== null }),
      metric: table.metric,
      direction: table.direction,
    })),
};
