// Code on which E-41 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const head = 'import torch\nfrom torch import nn\n';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'ReLU on the last layer',
      files: { 'train.py': `${head}net = nn.Sequential(nn.Linear(4, 3), nn.ReLU())\nloss = nn.CrossEntropyLoss()(net(x), y)\n` },
      at: 'train.py:3',
    },
  ],
  silent: [
    {
      title: 'ReLU between layers',
      files: { 'train.py': `${head}net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))\nloss = nn.CrossEntropyLoss()(net(x), y)\n` },
    },
  ],
};
