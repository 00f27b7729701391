// The job that looks for runs which two trackers recorded of one training.

import { pairSteps, type RunPair } from '../../../../core/compare/pairs';
import type { Job, RunRef } from '../../../registry/jobs';

export const job: Job<{ readonly runs: readonly RunRef[] }, readonly RunPair[]> = {
  meta: { id: 'pairs' },
  async run({ runs }, { store, breathe }) {
    const steps = pairSteps(await store.runs(runs));
    for (;;) {
      await breathe();
      const step = steps.next();
      if (step.done) return step.value;
    }
  },
};
