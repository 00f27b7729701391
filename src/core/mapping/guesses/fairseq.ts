// fairseq: `--log-format simple`, and `json`, in the layouts of 0.6 to 0.12.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule, stepOf } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'fairseq', title: 'fairseq', source: 'fairseq/logging/progress_bar.py (simple and json)' },
  certainty: 0.95,
  mapping: {
    ...plainMapping,
    step: stepOf('num_updates', 'train_num_updates', 'valid_num_updates'),
    lines: [
      { ...plainRule, pattern: String.raw`\| train_inner \| (?<pairs>\{.*\})`, pairs: true, prefix: 'train_inner/' },
      { ...plainRule, pattern: String.raw`\| (?:train|valid|test) \| (?<pairs>\{.*\})`, pairs: true },
      { ...plainRule, pattern: String.raw`\| epoch (?<epoch>\d+):\s+\d+ / \d+ (?<pairs>loss=.*)$`, pairs: true, prefix: 'train_inner/' },
      { ...plainRule, pattern: String.raw`\| epoch (?<epoch>\d+) \| valid on '[^']*' subset \| (?<pairs>.*)$`, pairs: true, prefix: 'valid/' },
      { ...plainRule, pattern: String.raw`\| epoch (?<epoch>\d+) \| (?<pairs>loss .*)$`, pairs: true, prefix: 'train/' },
    ],
  },
};
