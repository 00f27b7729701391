// What the reader of run folders and the connection to a server say of W&B.

import type { ReaderMeta } from '../../source/reader';

export const wandb = {
  id: 'wandb',
  family: 'wandb',
  tracker: { name: 'Weights & Biases', short: 'W&B' },
  words: { experiment: 'project', param: 'config' },
  records: {
    seed: 'optional',
    data: 'optional',
    commit: 'auto',
    patch: 'auto',
    packages: 'auto',
    python: 'auto',
    hardware: 'auto',
    command: 'auto',
    config: 'optional',
    end: 'auto',
  },
} as const satisfies Partial<ReaderMeta>;
