// Code on which E-19 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [{ title: 'a script alone', files: { 'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n' }, at: null }],
  silent: [
    {
      title: 'any file of requirements',
      files: { 'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n', 'environment.yml': 'dependencies:\n  - scikit-learn\n' },
    },
    {
      title: 'the run stores what is installed',
      files: {
        'train.py':
          'import importlib.metadata as md\nfrom sklearn.linear_model import Ridge\nrecord = {d.name: d.version for d in md.distributions()}\nRidge().fit(x, y)\n',
      },
    },
    { title: 'W&B freezes', files: { 'train.py': 'import wandb\nfrom sklearn.linear_model import Ridge\nwandb.init()\nRidge().fit(x, y)\n' } },
  ],
};
