// Code on which E-13 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a generator made in __init__',
      files: {
        'train.py':
          'import numpy as np\nfrom torch.utils.data import DataLoader, Dataset\nclass Noisy(Dataset):\n    def __init__(self):\n        self.rng = np.random.default_rng(0)\n    def __getitem__(self, i):\n        return self.rng.normal()\nloader = DataLoader(Noisy(), num_workers=4)\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'NumPy with an old torch',
      files: {
        'train.py':
          'import numpy as np\nfrom torch.utils.data import DataLoader, Dataset\nclass Noisy(Dataset):\n    def __getitem__(self, i):\n        return np.random.normal()\nloader = DataLoader(Noisy(), num_workers=4)\n',
        'requirements.txt': 'torch==1.8.1\n',
      },
      at: 'train.py:5',
    },
  ],
  silent: [
    {
      title: 'a worker_init_fn, or a generator for each item',
      files: {
        'train.py':
          'import numpy as np\nfrom torch.utils.data import DataLoader, Dataset\nclass Noisy(Dataset):\n    def __getitem__(self, i):\n        rng = np.random.default_rng(i)\n        return rng.normal() + np.random.normal()\nloader = DataLoader(Noisy(), num_workers=4)\n',
      },
    },
    {
      title: 'no workers',
      files: {
        'train.py':
          'import numpy as np\nfrom torch.utils.data import DataLoader, Dataset\nclass Noisy(Dataset):\n    def __init__(self):\n        self.rng = np.random.default_rng(0)\n    def __getitem__(self, i):\n        return self.rng.normal()\nloader = DataLoader(Noisy())\n',
      },
    },
  ],
};
