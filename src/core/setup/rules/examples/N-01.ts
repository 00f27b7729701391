// Code on which N-01 fires, and code on which it stays silent.

import { notebookText } from '../../project/notebook-text';
import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a later number above',
      files: {
        'a.ipynb': notebookText([
          { source: 'x = 1', executed: 4 },
          { source: 'print(x)', executed: 2 },
        ]),
      },
    },
    {
      title: 'a gap',
      files: {
        'a.ipynb': notebookText([
          { source: 'x = 1', executed: 1 },
          { source: 'print(x)', executed: 7 },
        ]),
      },
    },
  ],
  silent: [
    {
      title: 'run once, in order',
      files: {
        'a.ipynb': notebookText([
          { source: 'x = 1', executed: 1 },
          { source: 'print(x)', executed: 2 },
        ]),
      },
    },
    { title: 'outputs were cleared', files: { 'a.ipynb': notebookText([{ source: 'x = 1' }, { source: 'print(x)' }]) } },
  ],
};
