// Code on which E-32 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'two calls of an Accelerator in each epoch, and W&B behind it',
      files: {
        'train.py':
          'import torch\nfrom accelerate import Accelerator\naccelerator = Accelerator(log_with="wandb")\naccelerator.init_trackers("a", config=cfg)\nfor epoch in range(9):\n    for x, y in data:\n        loss = crit(net(x), y)\n        accelerator.backward(loss)\n        opt.step()\n    accelerator.log({"train/loss": loss.item()})\n    accelerator.log({"val/loss": check(net)})\n',
      },
      at: 'train.py:10',
    },
    {
      title: 'one step that counts batches in one place and epochs in another',
      files: {
        'train.py':
          'import torch\nfrom accelerate import Accelerator\naccelerator = Accelerator(log_with="wandb")\naccelerator.init_trackers("a", config=cfg)\ndef step(net, loader, epoch):\n    for i, (x, y) in enumerate(loader):\n        loss = crit(net(x), y)\n        accelerator.log({"batch_loss": loss.item()}, step=epoch * len(loader) + i)\n        accelerator.backward(loss)\n        opt.step()\nfor epoch in range(9):\n    step(net, loader, epoch)\n    accelerator.log({"val_loss": check(net)}, step=epoch)\n',
      },
      at: 'train.py:13',
    },
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
      title: 'two calls of an Accelerator in each epoch, and TensorBoard behind it',
      files: {
        'train.py':
          'import torch\nfrom accelerate import Accelerator\naccelerator = Accelerator(log_with="tensorboard")\naccelerator.init_trackers("a", config=cfg)\nfor epoch in range(9):\n    for x, y in data:\n        loss = crit(net(x), y)\n        accelerator.backward(loss)\n        opt.step()\n    accelerator.log({"train/loss": loss.item()})\n    accelerator.log({"val/loss": check(net)})\n',
      },
    },
    {
      title: 'batches of all epochs, and epochs on an axis of their own',
      files: {
        'train.py':
          'import torch\nfrom accelerate import Accelerator\naccelerator = Accelerator(log_with="wandb")\naccelerator.init_trackers("a", config=cfg)\nimport wandb\nwandb.define_metric("val_loss", step_metric="epoch")\ndef step(net, loader, epoch):\n    for i, (x, y) in enumerate(loader):\n        loss = crit(net(x), y)\n        accelerator.log({"batch_loss": loss.item()}, step=epoch * len(loader) + i)\n        accelerator.backward(loss)\n        opt.step()\nfor epoch in range(9):\n    step(net, loader, epoch)\n    accelerator.log({"val_loss": check(net)}, step=epoch)\n',
      },
    },
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
