// Code on which E-05 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'over a plain PyTorch loop',
      files: {
        'train.py':
          'import mlflow, torch\nmlflow.autolog()\nnet = torch.nn.Linear(2, 1)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'after the fit',
      files: { 'fit.py': 'import mlflow\nfrom sklearn.linear_model import Ridge\nmodel = Ridge()\nmodel.fit(x, y)\nmlflow.sklearn.autolog()\n' },
      at: 'fit.py:5',
    },
  ],
  silent: [
    { title: 'before the fit', files: { 'fit.py': 'import mlflow\nfrom sklearn.linear_model import Ridge\nmlflow.autolog()\nRidge().fit(x, y)\n' } },
    {
      title: 'another one covers what trains',
      files: {
        'fit.py':
          'import mlflow\nimport xgboost as xgb\nfrom sklearn.feature_extraction import DictVectorizer\nmlflow.sklearn.autolog()\nmlflow.xgboost.autolog()\nrows = xgb.DMatrix(DictVectorizer().fit_transform(records), label=y)\nxgb.train({"eta": 0.2}, rows)\n',
      },
    },
    {
      title: 'switched off, logged by hand',
      files: {
        'fit.py':
          'import mlflow, torch\nmlflow.autolog(disable=True)\nfor x, y in data:\n    loss = net(x).mean()\n    loss.backward()\n    mlflow.log_metric("loss", loss.item(), step=1)\n',
      },
    },
  ],
};
