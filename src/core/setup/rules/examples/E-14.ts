// Code on which E-14 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'switched on at the top',
      files: {
        'train.py':
          'import torch\nimport torch.backends.cudnn as cudnn\ncudnn.benchmark = True\nloss = torch.nn.Linear(2, 1)(x).sum()\nloss.backward()\nopt.step()\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'through the Trainer',
      files: { 'train.py': 'import lightning as L\ntrainer = L.Trainer(max_epochs=2, benchmark=True)\ntrainer.fit(model)\n' },
      at: 'train.py:2',
    },
  ],
  silent: [
    {
      title: 'off, and on only with an option',
      files: {
        'train.py':
          'import torch\ntorch.backends.cudnn.benchmark = False\nif args.fast:\n    torch.backends.cudnn.benchmark = True\nloss = torch.nn.Linear(2, 1)(x).sum()\nloss.backward()\nopt.step()\n',
      },
    },
  ],
};
