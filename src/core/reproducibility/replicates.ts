// Which runs of one configuration tell its spread: those that came to an end, and whose seeds can be told apart.

import type { Run } from '../model/run';
import { seedParams } from './evidence';
import type { CheckContext } from './item';

export interface Repeats {
  /** Runs that count, the run itself included. */
  readonly runs: number;
  /** Different seeds among them; 0 where no seed is recorded, so that nothing can be told apart. */
  readonly seeds: number;
  /** At least two of them share a recorded seed. */
  readonly repeated: boolean;
}

/** A run that failed, was stopped or still runs has no result to compare; the run itself is counted whatever it did. */
export function repeatsOf({ run, replicates }: Pick<CheckContext, 'run' | 'replicates'>): Repeats {
  const counted = replicates.filter((one) => one === run || one.id === run.id || (!one.deleted && (one.status === 'finished' || one.status === 'unknown')));
  const seeds = counted.map(seedText).filter((text) => text !== '');
  const different = new Set(seeds).size;
  return { runs: counted.length, seeds: different, repeated: seeds.length > different };
}

const seedText = (run: Run): string =>
  seedParams(run)
    .map(({ key, value }) => `${key}=${String(value)}`)
    .join();
