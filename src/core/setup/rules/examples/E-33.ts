// Code on which E-33 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'every image of every batch',
      files: {
        'train.py':
          'import torch, wandb\nfor epoch in range(9):\n    for x, y in loader:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        wandb.log({"loss": loss.item(), "x": [wandb.Image(one) for one in x]})\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'histograms of each step',
      files: {
        'train.py':
          'import torch, wandb\nwandb.watch(net, log="all", log_freq=1)\nfor x, y in loader:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n',
      },
      at: 'train.py:2',
    },
  ],
  silent: [
    {
      title: 'a picture per epoch, and one every hundred steps',
      files: {
        'train.py':
          'import torch, wandb\nfor epoch in range(9):\n    for i, (x, y) in enumerate(loader):\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        if i % 100 == 0:\n            wandb.log({"x": wandb.Image(x)})\n    wandb.log({"y": wandb.Image(y)})\n',
      },
    },
  ],
};
