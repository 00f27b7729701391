// Code on which E-28 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const head =
  'import torch\nimport wandb\nfrom torch import nn\nnet = nn.Linear(4, 2)\ncrit = nn.CrossEntropyLoss()\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor epoch in range(9):\n    total = 0.0\n    n = 0\n';
const step = '    for x, y in loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'summed as a tensor',
      files: { 'train.py': `${head}${step}        total += loss\n        n += 1\n    wandb.log({"train/loss": total / n})\n` },
      at: 'train.py:15',
    },
    {
      title: 'a meter that adds up tensors',
      files: {
        'train.py': `${head.replace('for epoch', 'class Meter:\n    def __init__(self):\n        self.sum = 0\n\n    def update(self, value, n):\n        self.sum += value * n\n\n\nmeter = Meter()\nfor epoch')}${step}        meter.update(loss, len(y))\n`,
      },
    },
    { title: 'the last batch for the epoch', files: { 'train.py': `${head}${step}    wandb.log({"train/loss": loss.item()})\n` }, at: 'train.py:15' },
    {
      title: 'means of batches divided by examples',
      files: { 'train.py': `${head}${step}        total += loss.item()\n        n += len(y)\n    wandb.log({"train/loss": total / n})\n` },
      at: 'train.py:17',
    },
    {
      title: 'the mean of a batch divided by its size again',
      files: { 'train.py': `${head}${step}        total += loss.item() / x.size(0)\n    wandb.log({"train/loss": total})\n` },
      at: 'train.py:15',
    },
  ],
  silent: [
    {
      title: 'a sum over the batch, divided by its size',
      files: {
        'train.py': `${head.replace('CrossEntropyLoss()', 'CrossEntropyLoss(reduction="sum")')}${step}        total += loss.item() / x.size(0)\n    wandb.log({"train/loss": total})\n`,
      },
    },
    {
      title: 'a share of the mean over the batches',
      files: { 'train.py': `${head}${step}        total += loss.item() / len(loader)\n    wandb.log({"train/loss": total})\n` },
    },
    {
      title: 'item times size',
      files: { 'train.py': `${head}${step}        total += loss.item() * len(y)\n        n += len(y)\n    wandb.log({"train/loss": total / n})\n` },
    },
    {
      title: 'losses added for one backward',
      files: { 'train.py': `${head}    for x, y in loader:\n        total += crit(net(x), y)\n    opt.zero_grad()\n    total.backward()\n    opt.step()\n` },
    },
    {
      title: 'a curve of every hundredth step',
      files: { 'train.py': `${head}${step}        n += 1\n        if n % 100 == 0:\n            wandb.log({"train/loss": loss.item()})\n` },
    },
  ],
};
