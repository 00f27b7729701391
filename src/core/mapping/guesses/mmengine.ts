// MMEngine, the trainer below MMDetection 3 and its siblings.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule } from '../mapping';

const within = { kind: 'within', epoch: 'epoch', iteration: 'iteration', perEpoch: '_per_epoch', firstEpoch: 1 } as const;
const iter = { kind: 'columns', columns: ['iter'] } as const;

export const guess: TextGuess = {
  meta: { id: 'mmengine', title: 'MMEngine', source: 'LogProcessor of mmengine 0.x' },
  certainty: 0.95,
  mapping: {
    ...plainMapping,
    step: within,
    ignore: ['eta'],
    lines: [
      {
        ...plainRule,
        pattern: String.raw`Epoch\(train\)\s+\[(?<epoch>\d+)\]\[\s*(?<iteration>\d+)/(?<_per_epoch>\d+)\]\s+(?<pairs>.*)$`,
        pairs: true,
        carry: ['epoch', 'iteration', '_per_epoch'],
      },
      { ...plainRule, pattern: String.raw`Iter\(train\)\s+\[\s*(?<iter>\d+)/\d+\]\s+(?<pairs>.*)$`, pairs: true, carry: ['iter'], step: iter },
      {
        ...plainRule,
        pattern: String.raw`Epoch\((?:val|test)\)\s+\[\d+\]\[\s*(?<_batch>\d+)/(?<_batches>\d+)\]\s+(?<pairs>.*)$`,
        pairs: true,
        equal: ['_batch', '_batches'],
        prefix: 'val/',
      },
      {
        ...plainRule,
        pattern: String.raw`Iter\((?:val|test)\)\s+\[\s*(?<_batch>\d+)/(?<_batches>\d+)\]\s+(?<pairs>.*)$`,
        pairs: true,
        equal: ['_batch', '_batches'],
        prefix: 'val/',
        step: iter,
      },
    ],
  },
};
