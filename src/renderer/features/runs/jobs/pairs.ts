// The job that looks for runs which two trackers recorded of one training.

import { findPairs, type RunPair } from '../../../../core/compare/pairs';
import type { Job, RunRef } from '../../../registry/jobs';

export const job: Job<{ readonly runs: readonly RunRef[] }, readonly RunPair[]> = {
  meta: { id: 'pairs' },
  async run({ runs }, { store, breathe }) {
    const found = await store.runs(runs);
    await breathe();
    return findPairs(found);
  },
};
