// An activation applied twice, or missing, for the loss in use.

import { type LossInput, lossInputsOf } from '../facts/loss-inputs';
import type { SetupRule } from '../rule';

const torchHead = 'import torch\nfrom torch import nn\n';

export const rule: SetupRule = {
  meta: {
    id: 'E-29',
    title: 'The activation fits the loss',
    severity: 'warn',
    why: 'A loss that applies softmax or sigmoid itself gets values between 0 and 1 instead of logits: gradients become small and the model learns slowly or badly. A loss that expects probabilities gives nonsense for logits.',
    source: 'PyTorch, CrossEntropyLoss and BCEWithLogitsLoss; Keras, from_logits',
  },
  *check({ project }) {
    for (const input of yield* lossInputsOf.steps(project)) {
      yield;
      const said = faultOf(input);
      if (!said) continue;
      yield {
        kind: 'finding',
        confidence: 0.9,
        places: [input.at, input.lossAt],
        summary: said.summary,
        fix: { text: said.text, code: said.code, edits: [] },
      };
    }
  },
  examples: {
    fires: [
      {
        title: 'layers in a list',
        files: {
          'train.py':
            'import tensorflow as tf\nlayers = []\nlayers.append(tf.keras.layers.Flatten())\nlayers.append(tf.keras.layers.Dense(3, activation="softmax"))\nmodel = tf.keras.Sequential(layers)\nmodel.compile("adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))\nmodel.fit(x, y)\n',
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
  },
};

function faultOf({ loss, expects, gets }: LossInput): { readonly summary: string; readonly text: string; readonly code: string | null } | null {
  if (expects === 'logits' && (gets === 'softmax' || gets === 'sigmoid'))
    return {
      summary: `\`${loss}\` applies its own activation, and its input has gone through ${gets} already.`,
      text: `Give the loss logits; apply ${gets} where probabilities are needed.`,
      code: `loss = loss_fn(logits, y)\nprob = logits.${gets}(${gets === 'softmax' ? 'dim=1' : ''})`,
    };
  if (expects === 'log-probabilities' && (gets === 'softmax' || gets === 'linear' || gets === 'sigmoid'))
    return {
      summary: `\`${loss}\` expects log-probabilities and gets ${gets === 'linear' ? 'the output of a linear layer' : `those of ${gets}`}.`,
      text: 'Apply log_softmax, or use cross entropy on logits.',
      code: 'loss = F.cross_entropy(logits, y)',
    };
  if (expects === 'probabilities' && gets === 'linear')
    return {
      summary: `\`${loss}\` expects probabilities and gets the output of a linear layer.`,
      text: 'Use the loss that takes logits, or apply the activation.',
      code: /crossentropy/i.test(loss) ? 'loss=keras.losses.BinaryCrossentropy(from_logits=True)' : 'loss = F.binary_cross_entropy_with_logits(logits, y)',
    };
  return null;
}
