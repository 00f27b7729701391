// Code on which E-27 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a plain loop without zero_grad',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    opt.step()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'the schedule goes first',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nsched = torch.optim.lr_scheduler.ExponentialLR(opt, 0.9)\nfor epoch in range(9):\n    sched.step()\n    for x, y in data:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n    print(epoch)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'a schedule over epochs stepped per batch',
      files: {
        'train.py':
          'import torch\nepochs = 90\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nsched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=epochs)\nfor epoch in range(epochs):\n    for x, y in data:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n        sched.step()\n    print(epoch)\n',
      },
      at: 'train.py:12',
    },
  ],
  silent: [
    {
      title: 'zero_grad of the model',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    net.zero_grad()\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    opt.step()\n',
      },
    },
    {
      title: 'a schedule over batches, stepped per batch',
      files: {
        'train.py':
          'import torch\nepochs = 90\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nsched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=epochs * len(data))\nfor epoch in range(epochs):\n    for x, y in data:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n        sched.step()\n',
      },
    },
  ],
};
