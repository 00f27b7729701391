// Code on which E-30 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'the norm is thrown away',
      files: {
        'train.py':
          'import torch, wandb\nnet = torch.nn.Linear(2, 1)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)\n    wandb.log({"loss": loss.item()})\n',
      },
      at: 'train.py:6',
    },
  ],
  silent: [
    {
      title: 'the norm is logged',
      files: {
        'train.py':
          'import torch, wandb\nnet = torch.nn.Linear(2, 1)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)\n    wandb.log({"loss": loss.item(), "size": norm.item()})\n',
      },
    },
  ],
};
