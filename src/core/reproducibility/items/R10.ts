// R10: is the separation of training and evaluation plausible?

import { inFramework } from '../fixes';
import { type ChecklistItem, unknown } from '../item';

export const item: ChecklistItem = {
  meta: { id: 'R10', question: 'Are training and evaluation data separate?', section: 'data', weight: 'high', reference: 'REFORMS, leakage module' },
  check: () => unknown('Unknown: needs the ids or hashes of the members of each part.'),
  fix: (framework) =>
    inFramework(
      'Hash the ids of each part, record the hashes, and check that no member is in both.',
      { pytorch: 'assert not set(train_ids) & set(test_ids)\ndigest = hashlib.sha256("\\n".join(sorted(test_ids)).encode()).hexdigest()' },
      framework ?? 'pytorch',
    ),
  examples: [{ run: {}, verdict: 'unknown' }],
};
