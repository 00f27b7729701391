// One thing that one engine says, in the form that all engines share.

import type { Severity } from '../base/issues';
import type { NotAssessed, ReviewEvidence, ReviewFix } from './result';

export interface Claim extends Omit<ReviewEvidence, 'engine'> {
  /** The rule's own. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: number;
  readonly why: string | null;
  readonly caveat: string | null;
  readonly fix: ReviewFix | null;
}

/** Said by the engine that is named. */
export interface Said extends Claim {
  readonly engine: string;
}

export type Unassessed = Omit<NotAssessed, 'engine'>;

/** A claim with what most engines leave open. */
export const claim = (given: Pick<Claim, 'rule' | 'title' | 'severity' | 'confidence' | 'summary'> & Partial<Claim>): Claim => ({
  numbers: {},
  runs: [],
  series: [],
  step: null,
  places: [],
  link: null,
  why: null,
  caveat: null,
  fix: null,
  ...given,
});

/** An advice of a rule as a fix. */
export const fixOf = ({ text, code }: { readonly text: string; readonly code?: string }): ReviewFix => ({ text, code: code ?? null, edits: [] });
