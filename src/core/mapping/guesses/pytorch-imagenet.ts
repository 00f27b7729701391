// The ImageNet example of PyTorch: progress meters with the running mean in brackets.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'pytorch-imagenet', title: 'PyTorch ImageNet example', source: 'imagenet/main.py of pytorch/examples' },
  certainty: 0.9,
  mapping: {
    ...plainMapping,
    step: { kind: 'within', epoch: 'epoch', iteration: 'batch', perEpoch: '_of', firstEpoch: 0 },
    lines: [
      {
        ...plainRule,
        pattern: String.raw`^Epoch: \[(?<epoch>\d+)\]\[\s*(?<batch>\d+)/(?<_of>\d+)\]\s+(?<pairs>Time.*)$`,
        pairs: true,
        carry: ['epoch', 'batch', '_of'],
        prefix: 'train/',
      },
      { ...plainRule, pattern: String.raw`^\s*\*\s+(?<pairs>Acc@1 .*)$`, pairs: true, prefix: 'val/' },
      { ...plainRule, pattern: String.raw`^Test: \[\s*\d+/\d+\]\s`, to: 'nothing' },
    ],
  },
};
