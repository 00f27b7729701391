// Which way is better: as given, else as the metric's name says, else a problem that names the remedy.

import type { Direction } from '../model/run';
import type { TrialOptions, TrialProblem } from './trial';

/** Below it a direction read from a name is a guess, and ranking by a guess is worse than asking. */
export const leastConfidence = 0.6;

interface Known {
  readonly direction: Direction;
  readonly confidence: number;
}

/** The direction to judge by, or the problem where nothing says it or the runs disagree. */
export function directionOf(options: TrialOptions, known: readonly Known[]): Exclude<Direction, 'none'> | TrialProblem {
  if (options.direction) return options.direction;
  const told = new Set(known.filter(({ confidence }) => confidence >= leastConfidence).map(({ direction }) => direction));
  told.delete('none');
  const [only] = told;
  if (told.size === 1 && only !== undefined && only !== 'none') return only;
  const why = told.size > 1 ? 'the runs disagree on' : 'its name does not say';
  return {
    code: 'no-direction',
    message: `whether more or less of '${options.metric}' is better is not known (${why} it): give --direction min or --direction max`,
    candidates: [],
  };
}
