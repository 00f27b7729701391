// Code on which E-37 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const head =
  'import torch\nfrom torch.utils.data import DataLoader, TensorDataset\nnet = torch.nn.Linear(4, 2)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\ndata = TensorDataset(x_train, y_train)\n';

const loop =
  'for epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n';

export const examples: SetupExamples = {
  fires: [{ title: 'no shuffle', files: { 'train.py': `${head}train_loader = DataLoader(data, batch_size=64)\n${loop}` }, at: 'train.py:6' }],
  silent: [
    { title: 'shuffle', files: { 'train.py': `${head}train_loader = DataLoader(data, batch_size=64, shuffle=True)\n${loop}` } },
    {
      title: 'the other loader of a function that returns two',
      files: {
        'train.py': `${head}def loaders():\n    train_loader = DataLoader(data, batch_size=64, shuffle=True)\n    val_loader = DataLoader(data, batch_size=64)\n    return train_loader, val_loader\n\n\ntrain_loader, val_loader = loaders()\n${loop}`,
      },
    },
    {
      title: 'a loader that an engine gives back',
      files: {
        'train.py': `${head}train_loader = DataLoader(data, batch_size=64)\nnet, opt, train_loader = engine.make_private(module=net, optimizer=opt, data_loader=train_loader)\n${loop}`,
      },
    },
    { title: 'a sampler', files: { 'train.py': `${head}train_loader = DataLoader(data, batch_size=64, sampler=balanced)\n${loop}` } },
  ],
};
