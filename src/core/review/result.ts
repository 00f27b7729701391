// The five-part review as plain data: for the screen, the command line, documents and agents.

import type { Severity } from '../base/issues';
import type { RunId } from '../base/units';
import type { Values } from '../model/values';
import type { CodePlace, TextEdit } from '../setup/finding';

/** Where the page shows it: the parts of its address after `#/`. */
export interface ReviewLink {
  readonly label: string;
  readonly place: readonly string[];
}

/** What one engine says, and of which runs or lines. */
export interface ReviewEvidence {
  /** `health`, `checklist`, `setup` …: the file's name in engines/. */
  readonly engine: string;
  readonly rule: string;
  readonly summary: string;
  /** The numbers behind the summary, full precision. */
  readonly numbers: Values;
  /** Sorted; empty where it is about code or the project. */
  readonly runs: readonly RunId[];
  readonly series: readonly string[];
  /** The logged step at which it begins; null where it has none. */
  readonly step: number | null;
  readonly places: readonly CodePlace[];
  readonly link: ReviewLink | null;
}

export interface ReviewFix {
  readonly text: string;
  readonly code: string | null;
  /** Edits of the reviewed code that do it; empty where there are none that are safe. */
  readonly edits: readonly TextEdit[];
}

export type ReviewPart = 'critical' | 'recommendations' | 'organization';

/** One cause with everything that is known of it. */
export interface ReviewItem {
  /** Of the cause, or of the rule where no other engine says the same; unique in the review. */
  readonly id: string;
  /** The rule that says it best, and all that say it. */
  readonly rule: string;
  readonly rules: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  /** 0 to 1: how sure it is that the trouble is there. */
  readonly confidence: number;
  /** Severity × confidence: what items are ranked by. */
  readonly weight: number;
  readonly summary: string;
  /** Why it matters; null where the summary says it. */
  readonly why: string | null;
  /** What would make it wrong. */
  readonly caveat: string | null;
  readonly runs: readonly RunId[];
  readonly evidence: readonly ReviewEvidence[];
  /** Pieces of evidence beyond those listed. */
  readonly more: number;
  readonly fix: ReviewFix | null;
}

export interface AssessmentItem {
  /** `scope`: what the runs are · `result` · `good` · `matters`: what counts most · `doubt`: what this cannot tell. */
  readonly rule: 'scope' | 'result' | 'good' | 'matters' | 'doubt';
  readonly text: string;
  readonly evidence: Values;
  readonly runs: readonly RunId[];
}

export interface NextStep {
  readonly id: string;
  /** `experiment`: a run to make · `measure`: what to log · `confirm`: what only a person can say. */
  readonly kind: 'experiment' | 'measure' | 'confirm';
  readonly rule: string;
  readonly title: string;
  readonly text: string;
  /** Who can do it; null where anybody can. */
  readonly who: string | null;
  readonly evidence: Values;
  readonly runs: readonly RunId[];
  readonly fix: ReviewFix | null;
  readonly link: ReviewLink | null;
}

/** What a person said: it stands beside the evidence, never in its place. */
export interface Stated {
  readonly kind: 'waived' | 'attested';
  readonly rule: string;
  readonly runs: readonly RunId[];
  readonly summary: string;
  /** The reason or the note, with who and until when. */
  readonly words: string;
}

export interface NotAssessed {
  readonly engine: string;
  readonly rule: string;
  readonly reason: string;
  /** Runs that it was not assessed of; empty where it is about all of them together or about code. */
  readonly runs: readonly RunId[];
}

export interface Review {
  /** Runs that were reviewed, by id. */
  readonly runs: readonly { readonly id: RunId; readonly name: string }[];
  /** Files of training code; null where none was given. */
  readonly code: { readonly files: number } | null;
  readonly assessment: readonly AssessmentItem[];
  readonly critical: readonly ReviewItem[];
  readonly recommendations: readonly ReviewItem[];
  readonly organization: readonly ReviewItem[];
  readonly nextSteps: readonly NextStep[];
  readonly stated: readonly Stated[];
  readonly notAssessed: readonly NotAssessed[];
}

export const reviewParts = ['critical', 'recommendations', 'organization'] as const satisfies readonly ReviewPart[];

/** Items of the three parts that hold them, in their order. */
export const itemsOf = (review: Review): readonly ReviewItem[] => reviewParts.flatMap((part) => review[part]);
