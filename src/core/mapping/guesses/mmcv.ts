// MMDetection 2 and its siblings: the text log of mmcv.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule } from '../mapping';

const within = { kind: 'within', epoch: 'epoch', iteration: 'iteration', perEpoch: '_per_epoch', firstEpoch: 1 } as const;
const carry = ['epoch', 'iteration', '_per_epoch'];

export const guess: TextGuess = {
  meta: { id: 'mmcv', title: 'MMDetection (mmcv)', source: 'TextLoggerHook of mmcv 1.x' },
  certainty: 0.95,
  mapping: {
    ...plainMapping,
    step: within,
    ignore: ['eta'],
    lines: [
      { ...plainRule, pattern: String.raw`Epoch \[(?<epoch>\d+)\]\[(?<iteration>\d+)/(?<_per_epoch>\d+)\]\s+(?<pairs>lr: .*)$`, pairs: true, carry },
      {
        ...plainRule,
        pattern: String.raw`Iter \[(?<iter>\d+)/\d+\]\s+(?<pairs>lr: .*)$`,
        pairs: true,
        carry: ['iter'],
        step: { kind: 'columns', columns: ['iter'] },
      },
      { ...plainRule, pattern: String.raw`Epoch\(val\) \[(?<_epoch>\d+)\]\[\d+\]\s+(?<pairs>.*)$`, pairs: true, prefix: 'val/' },
      { ...plainRule, pattern: String.raw`Iter\(val\) \[\d+\]\s+(?<pairs>.*)$`, pairs: true, prefix: 'val/', step: { kind: 'columns', columns: ['iter'] } },
    ],
  },
};
