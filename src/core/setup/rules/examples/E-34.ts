// Code on which E-34 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'rows under a name of their own are no tags',
      files: {
        'train.py':
          'import neptune\nfrom sklearn.linear_model import Ridge\nrun = neptune.init_run(project="a/b")\nmodel = Ridge().fit(x, y)\nrun["rows"] = rows\nrun["r2"].append(model.score(a, b))\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a project and nothing else',
      files: {
        'train.py':
          'import wandb, torch\nwandb.init(project="a")\nfor x in data:\n    loss = net(x).mean()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'a run of MLflow without a name',
      files: {
        'fit.py':
          'import mlflow\nfrom sklearn.linear_model import Ridge\nwith mlflow.start_run():\n    model = Ridge().fit(x, y)\n    mlflow.log_metric("r2", model.score(a, b))\n',
      },
      at: 'fit.py:3',
    },
  ],
  silent: [
    {
      title: 'a run of Neptune that is named later',
      files: {
        'train.py':
          'import neptune\nfrom sklearn.linear_model import Ridge\nrun = neptune.init_run(project="a/b")\nmodel = Ridge().fit(x, y)\nrun["sys/name"] = rows\nrun["r2"].append(model.score(a, b))\n',
      },
    },
    {
      title: 'a name',
      files: {
        'train.py':
          'import wandb, torch\nwandb.init(project="a", name="b")\nfor x in data:\n    loss = net(x).mean()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
    },
    {
      title: 'arguments that cannot be seen',
      files: { 'train.py': 'import wandb, torch\nwandb.init(**settings)\nfor x in data:\n    loss = net(x).mean()\n    loss.backward()\n' },
    },
  ],
};
