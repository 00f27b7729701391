// Code on which N-02 fires, and code on which it stays silent.

import { notebookText } from '../../project/notebook-text';
import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    { title: 'an import that is gone', files: { 'a.ipynb': notebookText([{ source: 'x = [1, 2]' }, { source: 'plt.plot(x)' }]) } },
    { title: 'defined further down', files: { 'a.ipynb': notebookText([{ source: 'print(total)' }, { source: 'total = 3' }]) } },
  ],
  silent: [
    {
      title: 'all in order',
      files: {
        'a.ipynb': notebookText([
          { source: 'import math\nfiles = !ls' },
          { source: 'print([math.sqrt(x) for x in range(3)], files)' },
          { source: 'def f():\n    return later\nlater = 1\nf()' },
        ]),
      },
    },
  ],
};
