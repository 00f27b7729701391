// Anything that prints names and numbers: `epoch 3 | loss 0.41`, `step=10 lr=1e-3`.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule, stepOf } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'key-value', title: 'Names and numbers', source: 'no program: what people print' },
  certainty: 0.4,
  mapping: {
    ...plainMapping,
    step: stepOf(
      ...['global_step', 'step', 'Step', 'steps', 'iteration', 'Iteration', 'iter', 'Iter', 'it', 'update', 'num_updates', 'batch', 'epoch', 'Epoch', 'EPOCH'],
    ),
    ignore: ['eta', 'ETA'],
    lines: [
      { ...plainRule, pattern: String.raw`^\W*(?i:epoch)\W*(?<epoch>\d+)(?:\s*/\s*\d+)?\W*$`, carry: ['epoch'] },
      { ...plainRule, pairs: true },
    ],
  },
};
