// The MNIST example of PyTorch, which a great many training loops were copied from.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'pytorch-mnist', title: 'PyTorch MNIST example', source: 'mnist/main.py of pytorch/examples' },
  certainty: 0.9,
  mapping: {
    ...plainMapping,
    step: { kind: 'within', epoch: 'epoch', iteration: 'samples', perEpoch: '_of', firstEpoch: 1 },
    lines: [
      {
        ...plainRule,
        pattern: String.raw`^Train Epoch: (?<epoch>\d+) \[(?<samples>\d+)/(?<_of>\d+) \(\s*\d+%\)\]\s+Loss: (?<loss>\S+)`,
        carry: ['epoch', 'samples', '_of'],
        rename: { loss: 'train/loss' },
      },
      {
        ...plainRule,
        pattern: String.raw`^\s*(?:Test|Validation) set: Average loss: (?<loss>[^\s,]+), Accuracy: (?<correct>\d+)/\d+ \(\s*(?<accuracy>[\d.]+)%\)`,
        prefix: 'test/',
      },
    ],
  },
};
