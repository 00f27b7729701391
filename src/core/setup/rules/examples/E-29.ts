// Code on which E-29 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const torchHead = 'import torch\nfrom torch import nn\n';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'layers in a list',
      files: {
        'train.py':
          'import tensorflow as tf\nlayers = []\nlayers.append(tf.keras.layers.Flatten())\nlayers.append(tf.keras.layers.Dense(3, activation="softmax"))\nmodel = tf.keras.Sequential(layers)\nmodel.compile("adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))\nmodel.fit(x, y)\n',
      },
    },
    {
      title: 'a loss that was moved to a device',
      files: {
        'train.py':
          'import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\ncriterion = nn.CrossEntropyLoss().to("cuda")\nfor x, y in data:\n    loss = criterion(net(x), y)\n    loss.backward()\n',
      },
    },
    {
      title: 'softmax before cross entropy',
      files: {
        'train.py': `${torchHead}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n\n    def forward(self, x):\n        return torch.softmax(self.fc(x), dim=1)\n\n\nnet = Net()\ncrit = nn.CrossEntropyLoss()\nloss = crit(net(x), y)\n`,
      },
      at: 'train.py:9',
    },
    {
      title: 'sigmoid and from_logits',
      files: {
        'train.py':
          'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])\nmodel.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'logits into BCELoss',
      files: { 'train.py': `${torchHead}net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))\nloss = nn.BCELoss()(net(x), y)\n` },
    },
  ],
  silent: [
    {
      title: 'logits',
      files: {
        'train.py': `${torchHead}net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))\nloss = nn.CrossEntropyLoss()(net(x), y)\nprob = net(x).softmax(1)\n`,
      },
    },
    {
      title: 'log_softmax with its loss',
      files: { 'train.py': `${torchHead}import torch.nn.functional as F\nnet = nn.Linear(4, 3)\nloss = F.nll_loss(F.log_softmax(net(x), dim=1), y)\n` },
    },
    {
      title: 'softmax only to predict',
      files: {
        'train.py': `${torchHead}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n\n    def forward(self, x):\n        out = self.fc(x)\n        if self.training:\n            return out\n        return torch.softmax(out, dim=1)\n\n\nloss = nn.CrossEntropyLoss()(Net()(x), y)\n`,
      },
    },
  ],
};
