// R05: was nondeterminism measured?

import { inFramework } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';
import { repeatsOf } from '../replicates';

export const item: ChecklistItem = {
  meta: {
    id: 'R05',
    question: 'Was the spread between repeated runs measured?',
    section: 'seeds',
    weight: 'high',
    reference: 'NeurIPS paper checklist; Bouthillier et al. 2021',
  },
  check(context) {
    const { runs, seeds, repeated } = repeatsOf(context);
    const text = `${runs} finished runs of this configuration with ${seeds === 0 ? 'no recorded seed' : `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`}`;
    if (repeated && seeds >= 3) return pass(`${text}: spread at one seed and across seeds can be measured.`);
    if (repeated || seeds >= 3) return partial(`${text}: ${repeated ? 'spread at one seed' : 'spread across seeds'} can be measured.`);
    if (seeds === 0 && runs >= 3) return partial(`${text}: their spread can be measured, what it comes from cannot.`);
    return unknown(runs < 2 ? 'Unknown: this configuration was run once.' : `Unknown: ${text}: too few to measure a spread.`);
  },
  fix: (framework) =>
    inFramework(
      'Repeat the run once with the same seed, then with three to five seeds.',
      { pytorch: 'for seed in (0, 0, 1, 2): subprocess.run([sys.executable, "train.py", "--seed", str(seed)], check=True)' },
      framework ?? 'pytorch',
    ),
  examples: [
    { run: { params: { lr: 1, seed: 0 }, replicates: [{ seed: 0 }, { seed: 1 }, { seed: 2 }] }, verdict: 'pass' },
    { run: { params: { lr: 1, seed: 0 }, replicates: [{ seed: 1 }, { seed: 2 }] }, verdict: 'partial' },
    { run: { params: { lr: 1 }, replicates: [{}, {}] }, verdict: 'partial' },
    { run: { params: { lr: 1 }, replicates: [{}] }, verdict: 'unknown' },
    { run: { params: { lr: 1, seed: 0 } }, verdict: 'unknown' },
  ],
};
