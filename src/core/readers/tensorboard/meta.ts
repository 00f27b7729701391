// What the reader of event files and the connection to a running TensorBoard say of it.

import type { ReaderMeta } from '../../source/reader';

export const tensorboard = {
  id: 'tensorboard',
  family: 'tensorboard',
  tracker: { name: 'TensorBoard', short: 'TB' },
  words: { param: 'hyperparameter', metric: 'tag' },
  records: { config: 'optional' },
} as const satisfies Partial<ReaderMeta>;
