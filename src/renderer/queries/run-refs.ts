// Runs as jobs name them: a change of anything in a run is another stamp, and so another request.

import type { Run } from '../../core/model/run';
import type { RunRef } from '../registry/jobs';
import { withoutWords } from './own-words';

/** A run that changes is a new object in the library: its number is its version. */
const stamps = new WeakMap<Run, number>();
let next = 1;

export function refOf(shown: Run): RunRef {
  const run = withoutWords(shown);
  let stamp = stamps.get(run);
  if (stamp === undefined) {
    stamp = next++;
    stamps.set(run, stamp);
  }
  return { id: run.id, stamp };
}

/** In the order given, which is part of the request. */
export const refsOf = (runs: readonly Run[]): readonly RunRef[] => runs.map(refOf);
