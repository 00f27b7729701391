// The contract of a checklist item: a description, a pure check with five verdicts, and examples that prove it.

import type { Framework } from '../advice/framework';
import type { Evidence } from '../model/facts';
import type { Run } from '../model/run';
import type { Recordable } from '../source/reader';
import type { ExamplePatch } from './example';
import type { TrackerFamily } from './fixes';

/** Bump when a rule's meaning changes: scores of other versions are not comparable. */
export const rulesVersion = 2;

export type Verdict = 'pass' | 'partial' | 'fail' | 'unknown' | 'n.a.';
export type Section = 'seeds' | 'data' | 'code' | 'environment' | 'hardware' | 'config' | 'checkpoints' | 'evaluation' | 'hygiene';
export type Weight = 'critical' | 'high' | 'medium' | 'low';

export const sectionTitles: Readonly<Record<Section, string>> = {
  seeds: 'Seeds and determinism',
  data: 'Data',
  code: 'Code',
  environment: 'Environment',
  hardware: 'Hardware and budget',
  config: 'Command and configuration',
  checkpoints: 'Checkpoints and artifacts',
  evaluation: 'Evaluation',
  hygiene: 'Run hygiene',
};

export interface Outcome {
  readonly verdict: Verdict;
  /** One sentence that says what was found or what is needed. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

export interface Fix {
  readonly text: string;
  readonly code?: string;
}

export interface ItemMeta {
  readonly id: string;
  readonly question: string;
  readonly section: Section;
  readonly weight: Weight;
  /** Where the demand comes from: NeurIPS and ML reproducibility checklists, framework documentation. */
  readonly reference: string;
}

export interface CheckContext {
  readonly run: Run;
  /** What the run's tracker can record. */
  readonly records: Readonly<Partial<Record<Recordable, 'auto' | 'optional' | 'never'>>>;
  /** The tracker's name for people. */
  readonly tracker: string;
  /** Family of the reader; undefined where none is known. */
  readonly family?: TrackerFamily;
  /** Runs of the same experiment with the same params apart from seeds, this one included. */
  readonly replicates: readonly Run[];
  /** Runs of the same experiment, this one included. */
  readonly experiment: readonly Run[];
}

export interface ChecklistItem {
  readonly meta: ItemMeta;
  check(context: CheckContext): Outcome;
  /** How to mend it, in the words of the run's framework and tracker where they are known. */
  fix(framework: Framework | null, tracker?: TrackerFamily): Fix;
  /** At least one example that earns something and one that does not; an item that needs the code has only the latter. */
  readonly examples: readonly { readonly run: ExamplePatch; readonly verdict: Verdict }[];
}

const outcome =
  (verdict: Verdict) =>
  (reason: string, evidence: readonly Evidence[] = []): Outcome => ({ verdict, reason, evidence });

export const pass = outcome('pass');
export const partial = outcome('partial');
export const fail = outcome('fail');
export const unknown = outcome('unknown');
/** Leaves the score's denominator, so it needs positive evidence that the question does not arise. */
export const notApplicable = outcome('n.a.');

/** Nothing was found: a fail where the tracker records it by itself, otherwise unknown. */
export function missing(context: CheckContext, kind: Recordable, what: string): Outcome {
  const ability = context.records[kind] ?? 'never';
  if (ability === 'auto') return fail(`${context.tracker} normally records ${what}, and did not here.`);
  if (ability === 'optional') return unknown(`Unknown: ${context.tracker} records ${what} only when asked to.`);
  return unknown(`Unknown: ${context.tracker} has no place for ${what}.`);
}
