// The contract of a practice: a description, a pure check over the runs of a project, and examples that prove it.

import type { Advice } from '../advice/advice';
import type { RunId } from '../base/units';
import type { FindingSeverity } from '../health/finding';
import type { Run } from '../model/run';
import type { Values } from '../model/values';
import type { Project } from '../project/project';
import type { Cadence } from './cadence';
import type { ExampleProject } from './example';

/** Bump when a rule's meaning changes. */
export const practicesVersion = 1;

/** The Git repository that runs lie in, as far as it was looked at. */
export interface Repository {
  /** Folder of a run, relative to the root, and whether the repository's ignore files leave it out. */
  readonly folders: ReadonlyMap<RunId, { readonly path: string; readonly ignored: boolean }>;
  /** Files with secrets, such as `.env`, that are there and not ignored. */
  readonly exposed: readonly string[];
}

export interface PracticeContext {
  /** Runs that are not deleted, in a fixed order. */
  readonly runs: readonly Run[];
  readonly project: Project;
  /** Milliseconds since the epoch: core has no clock. */
  readonly now: number;
  /** How a series was logged, by its index in `run.series`; null where its points are not at hand. */
  cadence(run: Run, series: number): Cadence | null;
  /** Null where no repository is in view. */
  readonly repository: Repository | null;
}

export interface PracticeMeta {
  /** `G-04`. */
  readonly id: string;
  readonly title: string;
  /** What is checked; one or two sentences, printed in docs/practices.md. */
  readonly check: string;
  readonly severity: Exclude<FindingSeverity, 'critical'>;
  /** Runs only where the project file names the rule, or states what it needs. */
  readonly optIn: boolean;
}

/** What a rule claims of some runs. Severity and mode are settled by assess.ts. */
export interface PracticeClaim {
  readonly runs: readonly RunId[];
  /** One sentence with its numbers. */
  readonly summary: string;
  readonly evidence: Values;
  /** What would make the claim wrong; one sentence. */
  readonly caveat: string;
  readonly advice: Advice;
}

export interface PracticeOutcome {
  readonly claims: readonly PracticeClaim[];
  /** Why the rule could not judge, or not all of it. */
  readonly notAssessed?: string;
}

export interface PracticeRule {
  readonly meta: PracticeMeta;
  check(context: PracticeContext): PracticeOutcome;
  /** At least one that fires and one that stays silent. */
  readonly examples: readonly { readonly given: ExampleProject; readonly claims: number }[];
}

export const claims = (found: readonly PracticeClaim[], notAssessed?: string): PracticeOutcome => ({
  claims: found,
  ...(notAssessed === undefined ? {} : { notAssessed }),
});

/** Too little is known to judge: said, and never to be read as "fine". */
export const notAssessed = (reason: string): PracticeOutcome => ({ claims: [], notAssessed: reason });
