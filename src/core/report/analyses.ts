// What was judged before a report is put together: its sections only write it down. A field that is left out was not asked for.

import type { RunHealth } from '../health/finding';
import type { AcrossHealth } from '../health/judge';
import type { PracticesResult } from '../practices/assess';
import type { TrialAnalyses } from './trial-analyses';

export interface HealthAnalysis {
  /** One per run that could be judged. */
  readonly runs: readonly RunHealth[];
  readonly across: AcrossHealth;
}

export interface Analyses extends TrialAnalyses {
  readonly health?: HealthAnalysis;
  readonly practices?: PracticesResult;
}
