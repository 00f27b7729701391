// timm (PyTorch Image Models): the log of train.py.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule } from '../mapping';

const mean = (name: string) => String.raw`\s*\S+ \(\s*(?<${name}>[^\s)]+)\)`;

export const guess: TextGuess = {
  meta: { id: 'timm', title: 'timm', source: 'train.py of timm 0.4 to 1.0' },
  certainty: 0.95,
  mapping: {
    ...plainMapping,
    step: { kind: 'within', epoch: 'epoch', iteration: 'batch', perEpoch: '_of', firstEpoch: 0 },
    lines: [
      {
        ...plainRule,
        pattern: String.raw`Train: (?<epoch>\d+) \[\s*(?<batch>\d+)/(?<_of>\d+) \(\s*\d+%\)\]\s+Loss:\s*(?<loss>\S+) \(\s*(?<loss_mean>[^\s)]+)\).*\sLR: (?<lr>\S+)`,
        carry: ['epoch', 'batch', '_of'],
        prefix: 'train/',
      },
      {
        ...plainRule,
        pattern: String.raw`Test(?: \(\w+\))?: \[\s*(?<_batch>\d+)/(?<_batches>\d+)\].*Loss:${mean('loss')}\s+Acc@1:${mean('acc1')}\s+Acc@5:${mean('acc5')}`,
        equal: ['_batch', '_batches'],
        prefix: 'eval/',
      },
    ],
  },
};
