// Code on which E-40 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const head = 'import mlflow\nfrom sklearn.metrics import mean_squared_error\n';

export const examples: SetupExamples = {
  fires: [
    { title: 'MSE called RMSE', files: { 'a.py': `${head}mlflow.log_metric("rmse", mean_squared_error(y, p))\n` }, at: 'a.py:3' },
    { title: 'a root called MSE', files: { 'a.py': `${head}import math\nv = math.sqrt(mean_squared_error(y, p))\nmlflow.log_metric("mse", v)\n` } },
  ],
  silent: [
    {
      title: 'a root called RMSE',
      files: { 'a.py': `${head}mlflow.log_metric("rmse", mean_squared_error(y, p) ** 0.5)\nmlflow.log_metric("mse", mean_squared_error(y, p))\n` },
    },
    { title: 'squared=False', files: { 'a.py': `${head}mlflow.log_metric("rmse", mean_squared_error(y, p, squared=False))\n` } },
  ],
};
