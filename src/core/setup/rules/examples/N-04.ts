// Code on which N-04 fires, and code on which it stays silent.

import { notebookText } from '../../project/notebook-text';
import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    { title: 'a token was printed', files: { 'a.ipynb': notebookText([{ source: 'print(token)', executed: 1, output: `hf_${'aB3dE5gH7j'.repeat(4)}\n` }]) } },
  ],
  silent: [
    {
      title: 'a commit and an address',
      files: { 'a.ipynb': notebookText([{ source: 'print(x)', executed: 1, output: `${'0123456789abcdef'.repeat(2)}01234567 https://example.org/a@b\n` }]) },
    },
  ],
};
