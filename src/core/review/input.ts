// What is reviewed: the runs and everything that was judged of them before.

import type { RunId } from '../base/units';
import type { Effects } from '../effects/effects';
import type { GroupStudy } from '../groups/study';
import type { ExpectedMetrics } from '../health/expected/missing';
import type { RunHealth } from '../health/finding';
import type { AcrossHealth } from '../health/judge';
import type { Run } from '../model/run';
import type { PracticesResult } from '../practices/assess';
import type { Statements } from '../project/statements';
import type { Checklist } from '../reproducibility/checklist';
import type { SetupReview } from '../setup/finding';
import type { Suggestions } from '../suggest/suggestion';
import type { TrialTable } from '../trials/trial';

/** The runs as one table, and what it says. */
export interface TrialsJudged {
  readonly table: TrialTable;
  readonly groups: GroupStudy;
  readonly effects: Effects;
  readonly next: Suggestions;
}

export interface ReviewInput {
  /** In any order; those that their tracker calls deleted are left out. */
  readonly runs: readonly Run[];
  readonly health: readonly RunHealth[];
  readonly across: AcrossHealth;
  readonly practices: PracticesResult;
  readonly checklists: readonly Checklist[];
  /** Null for runs whose kind of problem is not clear. */
  readonly expected: ReadonlyMap<RunId, ExpectedMetrics | null>;
  /** Or why the runs are no table. */
  readonly trials: TrialsJudged | { readonly problem: string };
  /** Null where no code was given. */
  readonly setup: SetupReview | null;
  readonly statements: Statements;
}

/** The input in one order, without deleted runs: what engines see. */
export interface Judged extends ReviewInput {
  readonly names: ReadonlyMap<RunId, string>;
}
