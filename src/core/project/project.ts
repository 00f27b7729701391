// What a person stated about runs and rules, and what the project demands of runs that are compared.

import type { Direction, Split } from '../model/run';
import type { Values } from '../model/values';
import type { LimitName } from './limits';

/** A bump needs an upgrader and a kept sample (test/upgrades). */
export const projectVersion = 1;

/** "I know that it is so": counts half at most, and is shown as said by a person. */
export interface Attestation {
  /** Id of a checklist item: `R06`. */
  readonly item: string;
  /** Run id, or null for every run of the project. */
  readonly run: string | null;
  readonly by: string;
  readonly note: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** "Leave this aside": the rule still runs, its finding is listed as waived until the day given. */
export interface Waiver {
  /** Id of a checklist item or a rule: `R19`, `G-04`, `A-25`. */
  readonly rule: string;
  readonly run: string | null;
  /** Of a rule of training code: only in files that this pattern names, as one of `.gitignore` does. Everywhere unless given. */
  readonly path?: string;
  readonly reason: string;
  /** First moment at which it no longer holds; null for good. */
  readonly untilMs: number | null;
}

/** What a metric is, where the name does not say it or says it wrongly. Null leaves to the name what it says. */
export interface RoleStatement {
  /** The series' name as logged. */
  readonly metric: string;
  /** `none` says that it plays no role. */
  readonly role: string | null;
  readonly split: Split | null;
  readonly direction: Direction | null;
  readonly unit: string | null;
}

/** What runs must agree on before they are ranked. A field that is left out demands nothing. */
export interface ComparabilityContract {
  readonly metric?: string;
  readonly direction?: Exclude<Direction, 'none'>;
  readonly split?: Split;
  /** Params and their values that every run must have. */
  readonly params?: Values;
  readonly datasetDigest?: string;
  readonly lastStep?: number;
  readonly seeds?: number;
}

/** How much weight the findings of a rule have. A rule that is off by default runs once its mode is stated. */
export type RuleMode =
  /** Listed, never more than a note. */
  | 'observe'
  /** Listed as a warning at least. */
  | 'warn'
  /** As warn, and the command line exits 1. */
  | 'gate';

export interface Project {
  readonly attestations: readonly Attestation[];
  readonly waivers: readonly Waiver[];
  readonly roles: readonly RoleStatement[];
  readonly contract: ComparabilityContract | null;
  /** Tags that every run must carry (G-06). */
  readonly requiredTags: readonly string[];
  /** Rule → mode, for rules of practices. A rule that is not named has its own severity and gates nothing. */
  readonly modes: Readonly<Record<string, RuleMode>>;
  /** Thresholds that differ from the defaults in limits.ts. */
  readonly limits: Partial<Readonly<Record<LimitName, number>>>;
}

export const emptyProject: Project = { attestations: [], waivers: [], roles: [], contract: null, requiredTags: [], modes: {}, limits: {} };
