// Code on which E-26 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const head =
  'import torch\nfrom torch import nn\n\nnet = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 1))\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\n';

const trainStep =
  '    for x, y in train_loader:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n';

const nnx =
  'import optax\nfrom flax import nnx\n\n\nclass Net(nnx.Module):\n    def __init__(self, rngs):\n        self.linear = nnx.Linear(4, 8, rngs=rngs)\n        self.dropout = nnx.Dropout(0.1, rngs=rngs)\n\n    def __call__(self, x):\n        return self.dropout(self.linear(x))\n\n\ndef loss_fn(model, batch):\n    return ((model(batch["x"]) - batch["y"]) ** 2).mean()\n\n\n@nnx.jit\ndef train_step(model, optimizer, batch):\n    loss, grads = nnx.value_and_grad(loss_fn)(model, batch)\n    optimizer.update(model, grads)\n\n\n@nnx.jit\ndef eval_step(model, batch):\n    return loss_fn(model, batch)\n\n\nmodel = Net(nnx.Rngs(0))\noptimizer = nnx.Optimizer(model, optax.adam(1e-3), wrt=nnx.Param)\n';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a model of Flax NNX keeps its dropout while validating',
      files: {
        'train.py': `${nnx}for epoch in range(9):\n    for batch in train_batches:\n        train_step(model, optimizer, batch)\n    for batch in val_batches:\n        print(eval_step(model, batch))\n`,
      },
      at: 'train.py:26',
    },
    {
      title: 'a model of Flax NNX never goes back to training mode',
      files: {
        'train.py': `${nnx}for epoch in range(9):\n    for batch in train_batches:\n        train_step(model, optimizer, batch)\n    model.eval()\n    for batch in val_batches:\n        print(eval_step(model, batch))\n`,
      },
      at: 'train.py:34',
    },
    {
      title: 'dropout stays on while validating',
      files: {
        'train.py': `${head}for epoch in range(9):\n    net.train()\n${trainStep}    total = 0.0\n    for x, y in val_loader:\n        total += ((net(x) - y) ** 2).mean().item()\n    print(total)\n`,
      },
      at: 'train.py:14',
    },
    {
      title: 'the model comes back from accelerate',
      files: {
        'train.py':
          'import torch\nfrom accelerate import Accelerator\nfrom torch import nn\n\naccelerator = Accelerator()\nnet = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 1))\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nnet, opt, train_loader, val_loader = accelerator.prepare(net, opt, train_loader, val_loader)\nfor epoch in range(9):\n    net.train()\n    for x, y in train_loader:\n        opt.zero_grad()\n        accelerator.backward(net(x).mean())\n        opt.step()\n    for x, y in val_loader:\n        print(net(x).mean().item())\n',
      },
      at: 'train.py:15',
    },
    {
      title: 'a model of one of several kinds, moved to a device',
      files: {
        'train.py': `import sys\nimport torch\nfrom torch import nn\n\nkind = sys.argv[1]\nif kind == "a":\n    net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 1))\nelse:\n    raise ValueError(kind)\nnet = net.to("cuda")\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\n\n\ndef test():\n    net.eval()\n    return sum(net(x).mean().item() for x, y in val_loader)\n\n\nfor epoch in range(9):\n    net.train()\n${trainStep}    print(test())\n`,
      },
      at: 'train.py:16',
    },
    {
      title: 'forward called by its name',
      files: {
        'train.py': `${head}for epoch in range(9):\n    net.train()\n${trainStep.replace('net(x)', 'net.forward(x)')}    for x, y in val_loader:\n        print(net.forward(x).mean().item())\n`,
      },
      at: 'train.py:13',
    },
    {
      title: 'a function without no_grad',
      files: {
        'train.py': `${head}def evaluate(net, loader):\n    net.eval()\n    return sum(((net(x) - y) ** 2).mean().item() for x, y in loader)\n\n\nfor epoch in range(9):\n    net.train()\n${trainStep}    print(evaluate(net, val_loader))\n`,
      },
    },
    {
      title: 'evaluation mode is never left',
      files: {
        'train.py': `${head}net.train()\nfor epoch in range(9):\n${trainStep}    net.eval()\n    with torch.no_grad():\n        print(sum(((net(x) - y) ** 2).mean().item() for x, y in val_loader))\n`,
      },
    },
    {
      title: 'scored between two batches, and the rest of the epoch stays in evaluation mode',
      files: {
        'train.py': `${head}def score(model, loader):\n    model.eval()\n    with torch.no_grad():\n        return sum(model(x).mean().item() for x, y in loader)\n\n\nfor epoch in range(9):\n    net.train()\n    for step, (x, y) in enumerate(train_loader):\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n        if step % 100 == 0:\n            print(score(net, val_loader))\n`,
      },
      at: 'train.py:20',
    },
    {
      title: 'a model of one of several classes',
      files: {
        'train.py': `import sys\nimport torch\nfrom torch import nn\n\n\nclass A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layers = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8))\n\n    def forward(self, x):\n        return self.layers(x)\n\n\nclass B(A):\n    pass\n\n\nif sys.argv[1] == "a":\n    net = A().to("cuda")\nelse:\n    net = B().to("cuda")\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\n\n\ndef val():\n    net.eval()\n    total = 0\n    for x, y in val_loader:\n        total += net(x).mean().item()\n    return total\n\n\nfor epoch in range(9):\n    net.train()\n${trainStep}    print(val())\n`,
      },
      at: 'train.py:30',
    },
    {
      title: 'gradients of the held-out rows are asked for',
      files: {
        'train.py': `${head}for epoch in range(9):\n    net.train()\n${trainStep}    net.eval()\n    for x, y in val_loader:\n        x = x.requires_grad_()\n        print(net(x).mean().item())\n`,
      },
      at: 'train.py:14',
    },
  ],
  silent: [
    {
      title: 'a model of Flax NNX that changes its mode for validation and back',
      files: {
        'train.py': `${nnx}for epoch in range(9):\n    model.train()\n    for batch in train_batches:\n        train_step(model, optimizer, batch)\n    model.eval()\n    for batch in val_batches:\n        print(eval_step(model, batch))\n`,
      },
    },
    {
      title: 'a model of Flax NNX that is told its mode with each call',
      files: {
        'train.py': `${nnx.replace('self, x)', 'self, x, deterministic=True)').replace('self.linear(x))', 'self.linear(x), deterministic=deterministic)')}for epoch in range(9):\n    for batch in train_batches:\n        train_step(model, optimizer, batch)\n    for batch in val_batches:\n        print(eval_step(model, batch))\n`,
      },
    },
    {
      title: 'scored between two batches, and back',
      files: {
        'train.py': `${head}def score(model, loader):\n    model.eval()\n    with torch.no_grad():\n        total = sum(model(x).mean().item() for x, y in loader)\n    model.train()\n    return total\n\n\nfor epoch in range(9):\n    for step, (x, y) in enumerate(train_loader):\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n        if step % 100 == 0:\n            print(score(net, val_loader))\n`,
      },
    },
    {
      title: 'a device named dev is no development set',
      files: {
        'train.py':
          'import torch\ndev = "cuda" if torch.cuda.is_available() else "cpu"\nclass Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layers = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.Dropout())\n    def forward(self, x):\n        return self.layers(x)\ndef fit(loader, device):\n    net = Net().to(device)\n    opt = torch.optim.SGD(net.parameters(), 0.1)\n    for x in loader:\n        opt.zero_grad()\n        net(x).mean().backward()\n        opt.step()\nfit(loader=loader, device=dev)\n',
      },
    },
    {
      title: 'eval, no_grad, train',
      files: {
        'train.py': `${head}for epoch in range(9):\n    net.train()\n${trainStep}    net.eval()\n    with torch.no_grad():\n        for x, y in val_loader:\n            print(net(x))\n`,
      },
    },
    {
      title: 'one function for both, by a flag',
      files: {
        'train.py': `${head}def run(loader, train):\n    net.train(train)\n    with torch.set_grad_enabled(train):\n        for x, y in loader:\n            loss = ((net(x) - y) ** 2).mean()\n            if train:\n                opt.zero_grad()\n                loss.backward()\n                opt.step()\n\n\nfor epoch in range(9):\n    run(train_loader, True)\n    run(val_loader, False)\n`,
      },
    },
  ],
};
