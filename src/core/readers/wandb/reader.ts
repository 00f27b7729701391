// Weights & Biases run folders, offline and online: the transaction log, and what lies beside it.

import type { RunReader } from '../../source/reader';
import { findRuns } from './find';
import { isLog, magicBytes } from './magic';

export const reader: RunReader = {
  meta: {
    id: 'wandb',
    family: 'wandb',
    title: 'Weights & Biases run folders',
    tracker: { name: 'Weights & Biases', short: 'W&B' },
    accepts: 'a wandb folder, a run folder in it, or a .wandb file',
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
  },
  probe: (tree, context) => findRuns(tree, async (file) => isLog(await context.head(file, magicBytes))),
  load: () => import('./read'),
};
