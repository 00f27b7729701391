// Code on which E-36 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    { title: 'torch.load as it was', files: { 'train.py': 'import torch\nstate = torch.load("last.pt", map_location="cpu")\n' }, at: 'train.py:2' },
    {
      title: 'with an older torch pinned',
      files: { 'train.py': 'import torch\nstate = torch.load("last.pt")\n', 'requirements.txt': 'torch==2.4.1\n' },
      at: 'train.py:2',
    },
    {
      title: 'an ignore file that does not name what runs write',
      files: {
        '.gitignore': '__pycache__/\n*.pt\n',
        'train.py': 'import torch\nimport wandb\nrun = wandb.init(project="a", name="b")\ntorch.save(net.state_dict(), "net.pt")\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a pickle from the net',
      files: {
        'train.py':
          'import pickle\nimport urllib.request\nurllib.request.urlretrieve(URL, "vectors.pkl")\nwith open("vectors.pkl", "rb") as f:\n    d = pickle.load(f)\n',
      },
      at: 'train.py:5',
    },
  ],
  silent: [
    {
      title: 'tensors only, or a torch whose default is safe',
      files: { 'a.py': 'import torch\ntorch.load("a.pt", weights_only=True)\n', 'b.py': 'x = 1\n' },
    },
    { title: 'torch 2.6 is asked for', files: { 'a.py': 'import torch\ntorch.load("a.pt")\n', 'requirements.txt': 'torch>=2.6\n' } },
    {
      title: 'an ignore file that names it, none at all, or another place',
      files: { '.gitignore': 'wandb\n*.pt\n', 'train.py': 'import torch\nimport wandb\nrun = wandb.init()\ntorch.save(net.state_dict(), "out/net.pt")\n' },
    },
    { title: 'no ignore file', files: { 'train.py': 'import wandb\nrun = wandb.init()\n' } },
    { title: 'runs are kept elsewhere', files: { '.gitignore': '*.pyc\n', 'train.py': 'import wandb\nrun = wandb.init(dir="/scratch")\n' } },
    { title: 'a pickle of its own', files: { 'a.py': 'import pickle\nwith open("model.pkl", "rb") as f:\n    m = pickle.load(f)\n' } },
  ],
};
