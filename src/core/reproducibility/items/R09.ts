// R09: are data size and class counts logged?

import { paramEvidence, paramsLike } from '../evidence';
import { logParam } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const size =
  /^(n|num|number_of)_?(train|val|test|samples|examples|rows|images|tokens)(_(samples|examples|rows|images))?$|^(train|val|test|dataset)_(size|samples|examples|rows)$/i;
const classes = /^(n|num)_?(classes|labels)$|class_counts|label_counts/i;

export const item: ChecklistItem = {
  meta: {
    id: 'R09',
    question: 'Are the size of the data and the class counts logged?',
    section: 'data',
    weight: 'low',
    reference: 'ACL reproducibility checklist',
  },
  check({ run }) {
    const sizes = paramsLike(run, size);
    const counts = paramsLike(run, classes);
    const evidence = paramEvidence([...sizes, ...counts]);
    if (sizes.length > 0 && counts.length > 0) return pass('Size and classes are recorded.', evidence);
    return evidence.length > 0
      ? partial(sizes.length > 0 ? 'The size is recorded, the classes are not.' : 'The classes are recorded, the size is not.', evidence)
      : unknown('Unknown: neither is recorded.');
  },
  fix: (_, tracker) => ({
    text: 'Record the number of examples of each part and of each class.',
    code: ['n_train', 'n_val', 'n_classes'].map((name) => logParam(name, name === 'n_classes' ? 'n_classes' : `len(${name.slice(2)})`, tracker)).join('\n'),
  }),
  examples: [
    { run: { params: { n_train: 1000, num_classes: 10 } }, verdict: 'pass' },
    { run: { params: { num_classes: 10 } }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
