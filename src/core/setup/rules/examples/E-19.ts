// Code on which E-19 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'Neptune stores packages only where it is told to',
      files: {
        'train.py':
          'import neptune\nfrom sklearn.linear_model import Ridge\nrun = neptune.init_run(project="a/b")\nmodel = Ridge().fit(x, y)\nrun["rows"] = rows\nrun["r2"].append(model.score(a, b))\n',
      },
    },
    { title: 'a script alone', files: { 'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n' }, at: null },
  ],
  silent: [
    {
      title: 'Neptune is told to store packages',
      files: {
        'train.py':
          'import neptune\nfrom sklearn.linear_model import Ridge\nrun = neptune.init_run(project="a/b", dependencies="infer")\nmodel = Ridge().fit(x, y)\nrun["rows"] = rows\nrun["r2"].append(model.score(a, b))\n',
      },
    },
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
