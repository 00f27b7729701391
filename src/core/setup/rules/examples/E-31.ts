// Code on which E-31 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'the epoch in the name',
      files: {
        'train.py':
          'import torch\nfrom torch.utils.tensorboard import SummaryWriter\ntb = SummaryWriter()\nfor epoch in range(9):\n    for i, (x, y) in enumerate(data):\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        tb.add_scalar(f"loss_{epoch}", loss.item(), i)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'one family in two styles',
      files: {
        'train.py':
          'import torch, wandb\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    wandb.log({"Train Loss": loss.item(), "val_loss": check(net)})\n',
      },
      at: 'train.py:6',
    },
  ],
  silent: [
    {
      title: 'a split or a class in the name',
      files: {
        'train.py':
          'import torch, wandb\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    for k in range(3):\n        wandb.log({f"val/acc_class{k}": score(k)})\n    for split in ("train", "val"):\n        wandb.log({f"{split}/loss": loss.item()})\n',
      },
    },
  ],
};
