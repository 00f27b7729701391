// R10: is the separation of training and evaluation plausible?

import { type ChecklistItem, unknown } from '../item';

export const item: ChecklistItem = {
  meta: { id: 'R10', question: 'Are training and evaluation data separate?', section: 'data', weight: 'high', reference: 'REFORMS, leakage module' },
  check: () => unknown('Unknown: needs the ids or hashes of the members of each part.'),
  fix: () => ({ text: 'Hash the ids before splitting, log both sets, and check that they share none.' }),
  examples: [{ run: {}, verdict: 'unknown' }],
};
