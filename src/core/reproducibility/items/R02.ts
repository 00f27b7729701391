// R02: are all random generators covered?

import { type ChecklistItem, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R02',
    question: 'Are all random generators seeded?',
    section: 'seeds',
    weight: 'high',
    reference: 'PyTorch and TensorFlow reproducibility notes',
  },
  check: () => unknown('Unknown: needs the training code.'),
  fix: () => ({ text: 'Seed Python, NumPy and the framework in one helper, called before anything else.' }),
  examples: [{ run: { params: { seed: 1 } }, verdict: 'unknown' }],
};
