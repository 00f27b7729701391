// What a review of training code says: plain data for the screen, the command line, the five-part review and code hosts.

import type { Severity } from '../base/issues';

/** A place in the code as a person finds it. In a notebook `cell` counts from 0 and `line` within the cell. Lines count from 1. */
export interface CodePlace {
  /** Relative to the folder reviewed, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly cell: number | null;
}

/** Replaces the UTF-16 range [from, to) of a file's (of a notebook: of a cell's) text. */
export interface TextEdit {
  readonly file: string;
  readonly cell: number | null;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface SetupFix {
  /** One or two sentences, as one engineer says it to another. */
  readonly text: string;
  /** A few lines in the project's own framework and tracker, where they are known. */
  readonly code: string | null;
  /** Edits that do it, where they are safe to make; they do not overlap and leave valid Python. */
  readonly edits: readonly TextEdit[];
}

export interface SetupFinding {
  /** `E-10`. */
  readonly rule: string;
  /** Where code is spoken of, they are called high, medium, low and info. */
  readonly severity: Severity;
  /** 0 to 1: how sure the review is that the rule's fault is there. */
  readonly confidence: number;
  /** Empty for the project as a whole. The first place is where to look, others belong to it. */
  readonly places: readonly CodePlace[];
  /** One sentence that names what was found. */
  readonly summary: string;
  readonly why: string;
  readonly fix: SetupFix | null;
  /** What imported runs of the project say of it; left out where none were joined, or where they cannot tell. */
  readonly byRuns?: RunsVerdict;
}

/** A finding that a person set aside: by a comment beside the code, or by a waiver of the project file. */
export interface SuppressedFinding extends SetupFinding {
  readonly suppressed: Suppression;
}

export type Suppression =
  | {
      readonly by: 'comment';
      /** The comment as it is written: `# exp-review: ignore E-12: the seed is set by the launcher`. */
      readonly comment: string;
      /** What it says besides; null where it says no more. */
      readonly reason: string | null;
      readonly untilMs: null;
    }
  | {
      readonly by: 'project';
      readonly reason: string;
      /** First moment at which it no longer holds; null for good. */
      readonly untilMs: number | null;
    };

/** What runs really hold decides over what code seems to say. */
export interface RunsVerdict {
  readonly verdict: 'confirmed' | 'withdrawn';
  /** Runs that speak for the verdict, of all that were joined. */
  readonly runs: number;
  readonly of: number;
  /** One sentence: “A learning rate is in 12 of 12 runs.” */
  readonly reason: string;
}

export const coverageAxes = ['tracker', 'params', 'train_metrics', 'val_metrics', 'lr', 'checkpoints', 'seeds', 'data_version', 'code_env', 'naming'] as const;
export type CoverageAxis = (typeof coverageAxes)[number];
/** Absent only when the whole path was seen; else unknown. */
export type CoverageState = 'present' | 'partial' | 'absent' | 'unknown';

export interface ReviewedTraining {
  readonly framework: string;
  /** The call that trains, or the one that shows the loop. */
  readonly place: CodePlace;
}

export interface SetupReview {
  /** Reviewed files, sorted. */
  readonly files: readonly string[];
  /** Where models are trained, by file and line. */
  readonly trainings: readonly ReviewedTraining[];
  /** Settings that a framework trains from by a command of its own; told where no code trains. */
  readonly recipes: readonly ReviewedTraining[];
  /** Frameworks that train here, e.g. `pytorch`, `lightning`; sorted. */
  readonly frameworks: readonly string[];
  readonly trackers: readonly string[];
  /** Worst first, then file and line. */
  readonly findings: readonly SetupFinding[];
  /** Findings that the imported runs refute. */
  readonly withdrawn: readonly SetupFinding[];
  /** Findings that a person set aside: listed, and no part of any gate. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Rules that could not be answered, and what was missing. */
  readonly unknown: readonly { readonly rule: string; readonly reason: string }[];
  readonly coverage: Readonly<Record<CoverageAxis, { readonly state: CoverageState; readonly places: readonly CodePlace[] }>>;
}
