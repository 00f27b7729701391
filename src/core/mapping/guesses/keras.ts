// Keras progress bars, of Keras 2 and 3, on a screen or in a file; of each epoch only its end counts.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule, stepOf } from '../mapping';

const equal = ['_batch', '_batches'] as const;

export const guess: TextGuess = {
  meta: { id: 'keras', title: 'Keras progress bars', source: 'Progbar of Keras 2.15 and 3' },
  certainty: 0.9,
  mapping: {
    ...plainMapping,
    step: stepOf('epoch'),
    lines: [
      { ...plainRule, pattern: String.raw`^Epoch (?<epoch>\d+)/\d+\s*$`, carry: ['epoch'] },
      {
        ...plainRule,
        pattern: String.raw`^\s*(?<_batch>\d+)/(?<_batches>\d+) .*? ?\d+[mun]?s(?:/(?:step|epoch|sample))? - (?<pairs>\w+: .*)$`,
        pairs: true,
        equal,
      },
      { ...plainRule, pattern: String.raw`^\s*\d+/(?:\d+|Unknown) .*(?:ETA|step|\.\.)`, to: 'nothing' },
    ],
  },
};
