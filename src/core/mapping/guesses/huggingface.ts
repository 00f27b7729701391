// The dicts that the trainer of Hugging Face prints; its own files are read by another reader.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule, stepOf } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'huggingface', title: 'Hugging Face printed logs', source: 'ProgressCallback and PrinterCallback of transformers' },
  certainty: 0.9,
  mapping: {
    ...plainMapping,
    // The printed dicts have no step: the epoch is a fraction.
    step: stepOf('epoch'),
    lines: [{ ...plainRule, pattern: String.raw`(?<pairs>\{'[^{}]*'epoch': [^{}]*\})`, pairs: true }],
  },
};
