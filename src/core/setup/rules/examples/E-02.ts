// Code on which E-02 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'the loss is printed, a score at the end is logged',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    print("loss", loss.item())\nmlflow.log_metric("score", net(z).mean().item())\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'the score of the test data is only told at the end',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\ntest_acc = score(net, test_loader)\nprint(f"accuracy {test_acc:.3f}")\n',
      },
      at: 'train.py:9',
    },
  ],
  silent: [
    {
      title: 'the score of the test data at the end is stored too',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\ntest_acc = score(net, test_loader)\nprint(f"accuracy {test_acc:.3f}")\nmlflow.log_metric("test/accuracy", test_acc)\n',
      },
    },
    {
      title: 'what is logged is derived from it',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    total = 0\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        total += loss.item()\n        print("loss", loss.item())\n    mlflow.log_metric("loss", total, step=epoch)\n',
      },
    },
  ],
};
