// nanoGPT and the many scripts that grew out of it.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule, stepOf } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'nanogpt', title: 'nanoGPT', source: 'print calls of nanoGPT train.py' },
  certainty: 0.95,
  mapping: {
    ...plainMapping,
    step: stepOf('step'),
    lines: [
      {
        ...plainRule,
        pattern: String.raw`^step (?<step>\d+): train loss (?<train_loss>\S+), val loss (?<val_loss>\S+)`,
        rename: { train_loss: 'train/loss', val_loss: 'val/loss' },
      },
      {
        ...plainRule,
        pattern: String.raw`^iter (?<step>\d+): loss (?<loss>[^\s,]+)(?:, time (?<time_ms>\S+)ms)?(?:, mfu (?<mfu>\S+)%)?(?<pairs>.*)$`,
        pairs: true,
      },
      { ...plainRule, pattern: String.raw`^number of parameters: (?<parameters_millions>[\d.]+)M`, to: 'params' },
      { ...plainRule, pattern: String.raw`^Overriding: (?<pairs>\w+ = .*)$`, pairs: true, to: 'params' },
    ],
  },
};
