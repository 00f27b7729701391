// Code on which N-03 fires, and code on which it stays silent.

import { notebookText } from '../../project/notebook-text';
import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [{ title: 'no version', files: { 'a.ipynb': notebookText([{ source: '!pip install seaborn -q' }]) } }],
  silent: [{ title: 'exact', files: { 'a.ipynb': notebookText([{ source: '!pip install seaborn==0.13.2' }]) } }],
};
