// What a proposed experiment is, and what is said of it.

import type { RunId } from '../base/units';
import type { Values } from '../model/values';

/**
 * exploit: the model expects it at the best or beyond · explore: it may be, and teaches where little is known · boundary: tries the edge of a
 * param whose effect is least certain · replicate: the same again with a new seed · disambiguate: sets apart two params that changed together
 */
export type Kind = 'exploit' | 'explore' | 'boundary' | 'replicate' | 'disambiguate';

export interface Prediction {
  readonly mean: number;
  /** 80 % of single runs there are expected inside. */
  readonly interval: readonly [low: number, high: number];
}

export interface Suggestion {
  /** Complete: everything that the runs set, within what is valid; a replicate has a new seed. */
  readonly params: Values;
  readonly kind: Kind;
  /** Null where no model may be trusted. */
  readonly predicted: Prediction | null;
  /** One or two sentences with the numbers that led here. */
  readonly why: string;
  /** The runs that it is most like, the nearest first. */
  readonly nearest: readonly (RunId | string)[];
  /** Milliseconds that it should take, by the runs near it; null where durations are not known. */
  readonly expectedMs: number | null;
  /** What outcome would speak against the reason it was proposed for. */
  readonly changesMind: string;
}

export interface Gate {
  readonly code: 'complete-runs' | 'comparable' | 'varied' | 'direction' | 'noise' | 'model';
  readonly passed: boolean;
  readonly message: string;
}

export interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  readonly gates: readonly Gate[];
  /** How they were made, in one line. */
  readonly method: string;
}

export interface SuggestOptions {
  /** How many. */
  readonly count: number;
  readonly seed: number;
  /** Whether a person stated the direction; else it was read from the metric's name. */
  readonly directionStated?: boolean;
}
