// Code on which E-11 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a draw of NumPy after the training, of which a value is stored',
      files: {
        'train.py':
          'import jax, optax\nfrom jax import random\nimport numpy as np\nimport wandb\nwandb.init(config={"lr": 0.1, "subkeys": True})\nkey = random.PRNGKey(0)\nparams = model.init(key, x)\nfor epoch in range(9000):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x)\n    updates, opt = tx.update(grads, opt)\n    params = optax.apply_updates(params, updates)\n    wandb.log({"loss": loss})\nm = np.random.normal(size=16)\nerror = distance(m, solve(params, m))\nwandb.log({"error": error})\n',
      },
      at: 'train.py:13',
    },
    {
      title: 'a loader of torch that shuffles beside a key of JAX',
      files: {
        'data.py': 'from torch.utils.data import DataLoader\ndef rows(data):\n    return [x for x, y in DataLoader(data, batch_size=8, shuffle=True)]\n',
        'train.py':
          'from data import rows\nimport jax, optax\nfrom jax import random\nimport numpy as np\nimport wandb\nwandb.init(config={"lr": 0.1, "subkeys": True})\nkey = random.PRNGKey(0)\nparams = model.init(key, x)\nx = rows(data)\nfor epoch in range(9000):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x)\n    updates, opt = tx.update(grads, opt)\n    params = optax.apply_updates(params, updates)\n    wandb.log({"loss": loss})\n',
      },
      at: 'data.py:3',
    },
    {
      title: 'a loader of PyTorch feeds a training in JAX',
      files: {
        'train.py':
          'import jax\nimport optax\nfrom torch.utils.data import DataLoader\nfrom lab import rows, loss_fn, made\nkey = jax.random.PRNGKey(0)\nparams = made(key)\noptimizer = optax.adam(0.1)\nstate = optimizer.init(params)\nloader = DataLoader(rows, batch_size=8, shuffle=True)\nfor epoch in range(9):\n    for batch in loader:\n        grads = jax.grad(loss_fn)(params, batch)\n        updates, state = optimizer.update(grads, state)\n        params = optax.apply_updates(params, updates)\n',
      },
      at: 'train.py:9',
    },
    {
      title: 'a pipeline of tf.data that is shuffled beside keys of JAX',
      files: {
        'train.py':
          'import jax, optax\nimport tensorflow as tf\nkey = jax.random.PRNGKey(0)\ndata = tf.data.Dataset.from_tensor_slices(rows).shuffle(1000).batch(32)\nfor batch in data.as_numpy_iterator():\n    grads = jax.grad(loss_fn)(params, batch)\n    params = optax.apply_updates(params, grads)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'NumPy draws, torch is seeded',
      files: {
        'train.py':
          'import numpy as np\nimport torch\ntorch.manual_seed(0)\nnet = torch.nn.Linear(2, 1)\nfor x, y in data:\n    x = x + np.random.normal()\n    net(x).sum().backward()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'torch trains, only NumPy is seeded',
      files: {
        'train.py':
          'import numpy as np\nimport torch\nnp.random.seed(0)\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), 0.1)\nfor x, y in data:\n    net(x).sum().backward()\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'before the Trainer seeds',
      files: {
        'train.py':
          'import random\nfrom transformers import Trainer\nrows = [r for r in rows if random.random() < 0.5]\nTrainer(model=model, train_dataset=rows).train()\n',
      },
      at: 'train.py:3',
    },
  ],
  silent: [
    {
      title: 'a draw of NumPy after the training, for a picture',
      files: {
        'train.py':
          'import jax, optax\nfrom jax import random\nimport numpy as np\nimport wandb\nwandb.init(config={"lr": 0.1, "subkeys": True})\nkey = random.PRNGKey(0)\nparams = model.init(key, x)\nfor epoch in range(9000):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x)\n    updates, opt = tx.update(grads, opt)\n    params = optax.apply_updates(params, updates)\n    wandb.log({"loss": loss})\nm = np.random.normal(size=16)\nplt.plot(solve(params, m))\n',
      },
    },
    {
      title: 'a loader of torch that shuffles, and torch is seeded',
      files: {
        'data.py':
          'import torch\nfrom torch.utils.data import DataLoader\ndef rows(data):\n    torch.manual_seed(0)\n    return [x for x, y in DataLoader(data, batch_size=8, shuffle=True)]\n',
        'train.py':
          'from data import rows\nimport jax, optax\nfrom jax import random\nimport numpy as np\nimport wandb\nwandb.init(config={"lr": 0.1, "subkeys": True})\nkey = random.PRNGKey(0)\nparams = model.init(key, x)\nx = rows(data)\nfor epoch in range(9000):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x)\n    updates, opt = tx.update(grads, opt)\n    params = optax.apply_updates(params, updates)\n    wandb.log({"loss": loss})\n',
      },
    },
    {
      title: 'a loader of PyTorch that feeds a training in JAX, and is seeded',
      files: {
        'train.py':
          'import jax\nimport optax\nimport torch\nfrom torch.utils.data import DataLoader\nfrom lab import rows, loss_fn, made\ntorch.manual_seed(0)\nkey = jax.random.PRNGKey(0)\nparams = made(key)\noptimizer = optax.adam(0.1)\nstate = optimizer.init(params)\nloader = DataLoader(rows, batch_size=8, shuffle=True)\nfor epoch in range(9):\n    for batch in loader:\n        grads = jax.grad(loss_fn)(params, batch)\n        updates, state = optimizer.update(grads, state)\n        params = optax.apply_updates(params, updates)\n',
      },
    },
    {
      title: 'a draw of a way that ends before anything trains',
      files: {
        'train.py':
          'import sys\nimport torch\ndef noise():\n    return torch.randn(4, 2)\ndef sample(net):\n    return net(noise())\ndef train(net):\n    torch.manual_seed(0)\n    opt = torch.optim.SGD(net.parameters(), 0.1)\n    for step in range(9):\n        opt.zero_grad()\n        net(noise()).sum().backward()\n        opt.step()\ndef main(only_sample=False):\n    net = build()\n    if only_sample:\n        print(sample(net))\n        return\n    train(net)\nmain()\n',
      },
    },
    {
      title: 'a pipeline of tf.data with a seed of its own',
      files: {
        'train.py':
          'import jax, optax\nimport tensorflow as tf\nkey = jax.random.PRNGKey(0)\ndata = tf.data.Dataset.from_tensor_slices(rows).shuffle(1000, seed=0).batch(32)\nfor batch in data.as_numpy_iterator():\n    grads = jax.grad(loss_fn)(params, batch)\n    params = optax.apply_updates(params, grads)\n',
      },
    },
    {
      title: 'a generator of its own, with a seed; the name of a run',
      files: {
        'train.py':
          'import random\nimport numpy as np\nimport torch\ntorch.manual_seed(0)\nrng = np.random.default_rng(0)\nname = f"run-{random.randint(0, 9)}"\nnet = torch.nn.Linear(2, 1)\nfor x, y in data:\n    net(x + rng.normal()).sum().backward()\n',
      },
    },
    {
      title: 'workers of a loader, which seeds NumPy in each',
      files: {
        'train.py':
          'import numpy as np\nimport torch\nfrom torch.utils.data import DataLoader, Dataset\nclass Noisy(Dataset):\n    def __getitem__(self, i):\n        return np.random.normal()\ntorch.manual_seed(0)\nnet = torch.nn.Linear(2, 1)\nfor x in DataLoader(Noisy(), num_workers=4):\n    net(x).sum().backward()\n',
      },
    },
  ],
};
