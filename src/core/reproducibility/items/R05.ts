// R05: was nondeterminism measured?

import type { Run } from '../../model/run';
import { seedParams } from '../evidence';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const seedOf = (run: Run): string =>
  seedParams(run)
    .map(({ key, value }) => `${key}=${value}`)
    .join();

export const item: ChecklistItem = {
  meta: {
    id: 'R05',
    question: 'Was the spread between repeated runs measured?',
    section: 'seeds',
    weight: 'high',
    reference: 'NeurIPS paper checklist; Bouthillier et al. 2021',
  },
  check({ replicates }) {
    const seeds = new Set(replicates.map(seedOf)).size;
    const repeated = replicates.length > seeds;
    const text = `${replicates.length} runs of this configuration with ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
    if (repeated && seeds >= 3) return pass(`${text}: spread at one seed and across seeds can be measured.`);
    if (repeated || seeds >= 3) return partial(`${text}: ${repeated ? 'spread at one seed' : 'spread across seeds'} can be measured.`);
    return unknown(replicates.length < 2 ? 'Unknown: this configuration was run once.' : `${text}: too few to measure a spread.`);
  },
  fix: () => ({ text: 'Repeat the run once with the same seed, then with three to five seeds.' }),
  examples: [
    { run: { params: { lr: 1, seed: 0 }, replicates: [{ seed: 0 }, { seed: 1 }, { seed: 2 }] }, verdict: 'pass' },
    { run: { params: { lr: 1, seed: 0 }, replicates: [{ seed: 1 }, { seed: 2 }] }, verdict: 'partial' },
    { run: { params: { lr: 1, seed: 0 } }, verdict: 'unknown' },
  ],
};
