// R04: are data order and workers controlled?

import { isUnset, paramEvidence, paramsLike } from '../evidence';
import { type ChecklistItem, partial, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R04',
    question: 'Are data order and loader workers controlled?',
    section: 'seeds',
    weight: 'medium',
    reference: 'PyTorch reproducibility notes',
  },
  check({ run }) {
    const found = paramsLike(run, /^data_?seed$/i).filter(({ value }) => !isUnset(value));
    return found.length > 0
      ? partial('The data order has its own seed; how workers are seeded needs the training code.', paramEvidence(found))
      : unknown('Unknown: needs the training code.');
  },
  fix: (framework) =>
    framework === 'keras'
      ? { text: 'Keep tf.data deterministic.', code: 'options = tf.data.Options(); options.deterministic = True' }
      : {
          text: 'Give the loader a generator and seed its workers.',
          code: 'g = torch.Generator(); g.manual_seed(seed)\nDataLoader(ds, generator=g, worker_init_fn=seed_worker)',
        },
  examples: [
    { run: { params: { data_seed: 3 } }, verdict: 'partial' },
    { run: { params: { seed: 3 } }, verdict: 'unknown' },
  ],
};
