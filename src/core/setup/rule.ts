// The contract of a set-up rule: what it is and a pure check over the project; and of the small projects that prove it.

import type { Severity } from '../base/issues';
import type { Run } from '../model/run';
import type { Training } from './facts/training';
import type { CodePlace, SetupFix } from './finding';
import type { Project } from './project/project';
import type { PyModule } from './python/module';
import type { Syntax } from './python/syntax';

export interface SetupContext {
  readonly project: Project;
  readonly trainings: readonly Training[];
  /** Those that are run from what is in view, and not only by users of a package. */
  readonly own: readonly Training[];
  /** Imported runs of this project; empty where none were joined. */
  readonly runs: readonly Run[];
}

export interface NodePlace {
  readonly module: PyModule;
  readonly node: Syntax;
}

/** A node of the code, or a line outside of it: of a requirement file, of a shell line in a notebook. */
export type FoundPlace = NodePlace | { readonly place: CodePlace; readonly node?: undefined; readonly module?: undefined };

export type Found =
  | {
      readonly kind: 'finding';
      /** Where it differs from the rule's own. */
      readonly severity?: Severity;
      readonly confidence: number;
      /** Empty for the project as a whole. */
      readonly places: readonly FoundPlace[];
      readonly summary: string;
      readonly fix?: SetupFix;
    }
  /** The rule applies here and cannot be answered: what could not be seen. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A small project: path → text. */
export interface SetupExample {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** For one that fires: `file:line` of its first place, or null for the project as a whole. */
  readonly at?: string | null;
}

export interface SetupRule {
  readonly meta: {
    /** `E-10`. */
    readonly id: string;
    readonly title: string;
    readonly severity: Severity;
    /** Why it matters, in one or two sentences. */
    readonly why: string;
    /** Rules whose finding says this one too: then it is not reported. */
    readonly impliedBy?: readonly string[];
    /** Who asks for it: shown in docs/setup.md. */
    readonly source: string;
  };
  /** `undefined` says nothing: there a review may be left for a moment, which no check should hold up for longer than a few files take. */
  check(context: SetupContext): Iterable<Found | undefined>;
}

/** What proves a rule, in `rules/examples` under its id: projects on which it fires, and projects on which it does not. */
export interface SetupExamples {
  readonly fires: readonly SetupExample[];
  readonly silent: readonly SetupExample[];
}
