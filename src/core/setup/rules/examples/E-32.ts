// Code on which E-32 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'the batch index from one as step',
      files: {
        'train.py':
          'import torch, wandb\nfor epoch in range(9):\n    for i in range(100):\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        wandb.log({"loss": loss.item()}, step=i + 1)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'two log calls in each epoch',
      files: {
        'train.py':
          'import torch, wandb\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    wandb.log({"train/loss": loss.item()})\n    wandb.log({"val/loss": check(net)})\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'the batch index as step',
      files: {
        'train.py':
          'import torch\nfrom torch.utils.tensorboard import SummaryWriter\ntb = SummaryWriter()\nfor epoch in range(9):\n    for i, (x, y) in enumerate(data):\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        tb.add_scalar("loss", loss.item(), i)\n',
      },
      at: 'train.py:8',
    },
  ],
  silent: [
    {
      title: 'one call per training step and one per epoch',
      files: {
        'train.py':
          'import torch, wandb\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        wandb.log({"train/loss": loss.item()})\n    wandb.log({"val/loss": check(net)})\n',
      },
    },
    {
      title: 'a counter over all epochs',
      files: {
        'train.py':
          'import torch\nfrom torch.utils.tensorboard import SummaryWriter\ntb = SummaryWriter()\nfor epoch in range(9):\n    for i, (x, y) in enumerate(data):\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        tb.add_scalar("loss", loss.item(), epoch * len(data) + i)\n',
      },
    },
  ],
};
