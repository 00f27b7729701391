// What the health rules say of a run: findings with their numbers and places, and what could not be assessed.

import type { Advice } from '../advice/advice';
import type { RunId } from '../base/units';
import type { SeriesKey } from '../model/run';
import type { Values } from '../model/values';

export type FindingSeverity = 'critical' | 'warn' | 'note';

/** Severity as an order: the greater, the worse. */
export const severityOrder: Readonly<Record<FindingSeverity, number>> = { note: 0, warn: 1, critical: 2 };

/** A place on a curve, in the steps of that series as logged. `from` equals `to` for a point. */
export interface Mark {
  readonly series: SeriesKey;
  readonly from: number;
  readonly to: number;
  /** Two or three words that stand beside it on the curve: `best`, `spike × 4.2`. */
  readonly label: string;
}

interface Claim {
  /** `A-11`. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** One sentence with its numbers: what was seen and where. */
  readonly summary: string;
  /** The numbers behind the summary by name, thresholds included, full precision. */
  readonly evidence: Values;
  /** What would make the finding wrong; one sentence. */
  readonly caveat: string;
  readonly advice: Advice;
}

export interface Finding extends Claim {
  readonly series: readonly SeriesKey[];
  /** Where it begins: a logged step, and its share of the run's length (0 to 1). Null where it has no beginning. */
  readonly onset: { readonly step: number; readonly fraction: number } | null;
  readonly marks: readonly Mark[];
}

/** Said of several runs together. */
export interface AcrossFinding extends Claim {
  readonly runs: readonly RunId[];
  readonly series: readonly SeriesKey[];
}

export interface NotAssessed {
  readonly rule: string;
  /** Which input is missing, or why judging it would be guessing. */
  readonly reason: string;
}

export interface RunHealth {
  readonly run: RunId;
  /** Worst first, then by rule. */
  readonly findings: readonly Finding[];
  /** Never to be read as "fine". */
  readonly notAssessed: readonly NotAssessed[];
  /** Rules that were assessed and found nothing. */
  readonly clear: readonly string[];
}
