// Code on which E-08 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a tagger whose model has its own loss',
      files: {
        'train.py':
          'import csv, torch\nfrom torchcrf import CRF\nclass Tagger(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.crf = CRF(9)\n    def loss(self, x, y):\n        return -self.crf(x, y)\nnet = Tagger()\nout = csv.writer(open("log.csv", "w"))\nfor epoch in range(9):\n    for x, y in data:\n        loss = net.loss(x, y)\n        loss.backward()\n    out.writerow([epoch, loss.item()])\n',
      },
      at: 'train.py:11',
    },
    {
      title: 'generators of images are no generator of a GAN',
      files: {
        'train.py':
          'import keras\nfrom keras.preprocessing.image import ImageDataGenerator\ntrain_generator = ImageDataGenerator(rescale=1 / 255).flow_from_directory("data/train", class_mode="binary")\nmodel = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])\nmodel.compile(loss="binary_crossentropy", optimizer="adam")\nmodel.fit_generator(train_generator, epochs=9, validation_data=valid_generator, callbacks=[keras.callbacks.TensorBoard("logs")])\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'settings that are written with the state of the run among them',
      files: {
        'train.py':
          'import json, torch\nfrom torch.utils.tensorboard import SummaryWriter\ntb = SummaryWriter()\nconfig = {"epochs": 9}\nfor epoch in range(9):\n    for x, y in data:\n        loss = torch.nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n        opt.step()\n    tb.add_scalar("train/loss", loss.item(), epoch)\nconfig["status"] = f"ERROR: {state}"\nwith open("config.json", "w") as f:\n    json.dump(config, f)\n',
      },
    },
    {
      title: 'a loss of classes that is in no file in view, and an Accelerator',
      files: {
        'train.py':
          'import torch\nfrom accelerate import Accelerator\naccelerator = Accelerator(log_with="wandb")\naccelerator.init_trackers("a", config=cfg)\nimport losses\ncrit = losses.WeightedCELoss()\nfor epoch in range(9):\n    for x, y in data:\n        loss = crit(net(x), y)\n        accelerator.backward(loss)\n        opt.step()\n    accelerator.log({"train/loss": loss.item()}, step=epoch)\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'cross-entropy, and only the loss is logged',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 3)\nfor epoch in range(9):\n    for x, y in data:\n        loss = torch.nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\n',
      },
      at: 'train.py:3',
    },
  ],
  silent: [
    {
      title: 'a tagger that is scored by F1',
      files: {
        'train.py':
          'import csv, torch\nfrom torchcrf import CRF\nclass Tagger(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.crf = CRF(9)\n    def loss(self, x, y):\n        return -self.crf(x, y)\nnet = Tagger()\nout = csv.writer(open("log.csv", "w"))\nfor epoch in range(9):\n    for x, y in data:\n        loss = net.loss(x, y)\n        loss.backward()\n    f1 = score(net, dev)\n    out.writerow([epoch, loss.item(), f1])\n',
      },
    },
    {
      title: 'a small model of language',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch import nn\nblock_size = 64\nfor epoch in range(9):\n    for x, y in data:\n        loss = nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'the names are keys of what a helper measures',
      files: {
        'train.py':
          'import torch\nfrom dvclive import Live\nnet = torch.nn.Linear(2, 3)\ndef measure(y, scores, hits):\n    metrics = {}\n    metrics["loss"] = torch.nn.functional.cross_entropy(scores, y).item()\n    metrics["acc"] = (hits == y).sum().item() / len(y)\n    return metrics\nwith Live() as live:\n    for epoch in range(9):\n        loss = torch.nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n        for k, v in measure(y, net(x), best(net(x))).items():\n            live.log_metric(f"train/{k}", v)\n        live.next_step()\n',
      },
    },
    {
      title: 'accuracy is logged',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 3)\nfor epoch in range(9):\n    for x, y in data:\n        out = net(x)\n        loss = torch.nn.functional.cross_entropy(out, y)\n        loss.backward()\n    mlflow.log_metrics({"loss": loss.item(), "acc": (out.argmax(1) == y).float().mean().item()}, step=epoch)\n',
      },
    },
    {
      title: 'regression',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 3)\nfor epoch in range(9):\n    for x, y in data:\n        loss = torch.nn.functional.mse_loss(net(x), y)\n        loss.backward()\n    mlflow.log_metric("loss", loss.item(), step=epoch)\n',
      },
    },
  ],
};
