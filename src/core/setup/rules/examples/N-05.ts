// Code on which N-05 fires, and code on which it stays silent.

import { notebookText } from '../../project/notebook-text';
import type { SetupExamples } from '../../rule';

const make = { source: 'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(loss="mse")' };

const fit = 'model.fit(x, y, epochs=9)';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'numbers are missing between',
      files: {
        'a.ipynb': notebookText([
          { ...make, executed: 1 },
          { source: fit, executed: 4 },
        ]),
      },
    },
  ],
  silent: [
    {
      title: 'one after the other',
      files: {
        'a.ipynb': notebookText([
          { ...make, executed: 1 },
          { source: fit, executed: 2 },
        ]),
      },
    },
    { title: 'in one cell', files: { 'a.ipynb': notebookText([{ source: `${make.source}\n${fit}`, executed: 5 }]) } },
  ],
};
