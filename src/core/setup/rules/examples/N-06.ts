// Code on which N-06 fires, and code on which it stays silent.

import { notebookText } from '../../project/notebook-text';
import type { SetupExamples } from '../../rule';

const train = 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)';

export const examples: SetupExamples = {
  fires: [{ title: 'a notebook alone', files: { 'a.ipynb': notebookText([{ source: train }]) } }],
  silent: [
    { title: 'a script trains too', files: { 'a.ipynb': notebookText([{ source: train }]), 'train.py': train } },
    { title: 'run by papermill', files: { 'a.ipynb': notebookText([{ source: train }]), 'params.yaml': 'papermill:\n  seed: 1\n' } },
  ],
};
