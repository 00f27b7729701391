// The job that computes what the report says of groups and effects.

import { type TrialAnalyses, trialAnalysesOf } from '../../../../core/report/trial-analyses';
import type { Job } from '../../../registry/jobs';
import { type OrProblem, type TrialsRequest, withTrials } from '../../../workers/trials';

export const job: Job<TrialsRequest, OrProblem<{ readonly analyses: TrialAnalyses }>> = {
  meta: { id: 'report-trials' },
  run: (request, context) => withTrials(request, context, (table) => ({ analyses: trialAnalysesOf(table) })),
};
