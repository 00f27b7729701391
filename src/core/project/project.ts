// What a person stated about runs and rules, and what the project demands of runs that are compared.

import type { Direction, Split } from '../model/run';
import type { Values } from '../model/values';

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
  readonly reason: string;
  /** First moment at which it no longer holds; null for good. */
  readonly untilMs: number | null;
}

/** What a metric is, where the name does not say it or says it wrongly. */
export interface RoleStatement {
  /** The series' name as logged. */
  readonly metric: string;
  readonly role: string | null;
  readonly split: Split;
  readonly direction: Direction;
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

export interface Project {
  readonly attestations: readonly Attestation[];
  readonly waivers: readonly Waiver[];
  readonly roles: readonly RoleStatement[];
  readonly contract: ComparabilityContract | null;
  /** Tags that every run must carry (G-06). */
  readonly requiredTags: readonly string[];
}

export const emptyProject: Project = { attestations: [], waivers: [], roles: [], contract: null, requiredTags: [] };
