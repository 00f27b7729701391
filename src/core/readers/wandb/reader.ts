// Weights & Biases run folders, offline and online: the transaction log, and what lies beside it.

import type { RunReader } from '../../source/reader';
import { findRuns } from './find';
import { isLog, magicBytes } from './magic';
import { wandb } from './meta';

export const reader: RunReader = {
  meta: { title: 'Weights & Biases run folders', accepts: 'a wandb folder, a run folder in it, or a .wandb file', ...wandb },
  probe: (tree, context) => findRuns(tree, async (file) => isLog(await context.head(file, magicBytes))),
  load: () => import('./read'),
};
