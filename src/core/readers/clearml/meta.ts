// What the reader of offline sessions and the connection to a server say of ClearML.

import type { ReaderMeta } from '../../source/reader';

export const clearml = {
  id: 'clearml',
  family: 'clearml',
  tracker: { name: 'ClearML', short: 'ClearML' },
  words: { run: 'task', experiment: 'project', param: 'hyperparameter', metric: 'scalar' },
  records: { commit: 'auto', patch: 'auto', packages: 'auto', python: 'auto', command: 'auto', config: 'auto', hardware: 'optional' },
} as const satisfies Partial<ReaderMeta>;
