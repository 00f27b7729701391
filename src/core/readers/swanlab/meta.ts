// What the reader of run folders and the connection to a server say of SwanLab.

import type { ReaderMeta } from '../../source/reader';

export const swanlab = {
  id: 'swanlab',
  family: 'swanlab',
  tracker: { name: 'SwanLab', short: 'SwanLab' },
  words: { run: 'experiment', experiment: 'project', param: 'config' },
  records: { commit: 'auto', packages: 'auto', python: 'auto', hardware: 'auto', command: 'auto', config: 'auto', end: 'auto' },
} as const satisfies Partial<ReaderMeta>;
