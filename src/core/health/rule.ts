// The contract of a health rule: a description with its thresholds and their source, a pure check, and drawn examples.

import type { Run } from '../model/run';
import type { Values } from '../model/values';
import type { AcrossFinding, Finding } from './finding';
import type { PreparedRun } from './prepared-run';
import type { RunSketch } from './sketch';

/** Bump when a rule's meaning changes: findings of other versions are not comparable. */
export const healthRulesVersion = 1;

export interface Threshold {
  /** What is compared, in words: `rise of the validation loss above its best`. */
  readonly what: string;
  /** `≥ 10 %`. */
  readonly value: string;
  /** A publication, a tool's default, or the reason why it was chosen. */
  readonly source: string;
}

export interface RuleMeta {
  /** The file's name: `A-11`. */
  readonly id: string;
  readonly title: string;
  /** What it looks at and what it says, in one or two sentences. */
  readonly about: string;
  /** What has to be logged. */
  readonly needs: readonly string[];
  readonly reference: string;
  readonly thresholds: readonly Threshold[];
  /** What makes it wrong; also when it stays silent. */
  readonly wrongWhen: string;
  /** Rules that see the same thing more exactly: where one of them speaks as warn or critical, this one stays silent. */
  readonly yieldsTo?: readonly string[];
  /** As `yieldsTo`, but this one goes down to a note. */
  readonly noteBeside?: readonly string[];
  /** What may change its verdict though the training is the same: the level of the loss, the order and number of rows, a single point left out. */
  readonly sensitiveTo?: readonly ('level' | 'rows' | 'points')[];
}

/** What a rule found; the id is added by the judge. */
export type RuleFinding = Omit<Finding, 'rule'>;
export type RuleAcrossFinding = Omit<AcrossFinding, 'rule'>;

export type Outcome<F> =
  | { readonly kind: 'clear' }
  | { readonly kind: 'found'; readonly findings: readonly F[] }
  | { readonly kind: 'not-assessed'; readonly reason: string };

/** Looked, and nothing is wrong. */
export const clear: Outcome<never> = { kind: 'clear' };
/** One finding a phenomenon; several only for several phenomena. */
export const found = <F>(...findings: readonly F[]): Outcome<F> => (findings.length > 0 ? { kind: 'found', findings } : clear);
/** Names the input that is missing and how to log it, or why judging would be guessing. Never to be read as "fine". */
export const notAssessed = (reason: string): Outcome<never> => ({ kind: 'not-assessed', reason });

export type Expected = 'critical' | 'warn' | 'note' | 'clear' | 'not-assessed';

/**
 * A run drawn as text: one line a series, a name and then a path of points (test/support/run-drawing.ts reads it).
 *
 *     train/loss  /10 2.3 ±0.02 ~>0.2 x100 ->0.9 x50     a point each 10 steps; falls towards 0.2, then rises in a line
 *     val/loss    /100 @100 2.3 ~>0.4 x14 nan            first point at step 100
 */
export interface DrawnExample {
  readonly draw: string;
  readonly params?: Values;
  readonly run?: Partial<Pick<Run, 'status' | 'format' | 'name' | 'summary' | 'artifacts' | 'issues' | 'facts' | 'startedMs' | 'endedMs'>>;
}

export interface RuleExample extends DrawnExample {
  readonly says: Expected;
}

export interface AcrossExample {
  readonly runs: readonly DrawnExample[];
  readonly says: Expected;
}

/** Judges one run. */
export interface RunRule {
  readonly scope: 'run';
  readonly meta: RuleMeta;
  check(prepared: PreparedRun): Outcome<RuleFinding>;
  /** At least one that fires and one that stays silent. */
  readonly examples: readonly RuleExample[];
}

/** Judges runs together, from their sketches: points of all runs are never in memory at once. */
export interface AcrossRule {
  readonly scope: 'across';
  readonly meta: RuleMeta;
  check(sketches: readonly RunSketch[]): Outcome<RuleAcrossFinding>;
  readonly examples: readonly AcrossExample[];
}

export type HealthRule = RunRule | AcrossRule;
