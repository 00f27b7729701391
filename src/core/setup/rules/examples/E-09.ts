// Code on which E-09 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a schedule of an Estimator',
      files: {
        'train.py':
          'import tensorflow as tf\ndef model_fn(features, labels, mode, params):\n    rate = tf.train.exponential_decay(params["lr"], tf.train.get_global_step(), 1000, 0.5)\n    train_op = tf.train.AdamOptimizer(rate).minimize(loss_of(features, labels), global_step=tf.train.get_global_step())\n    return tf.estimator.EstimatorSpec(mode, train_op=train_op)\nestimator = tf.estimator.Estimator(model_fn, model_dir="out", params={"lr": 0.1})\nestimator.train(input_fn, max_steps=9000)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a schedule that an option picks by its name',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.optim import lr_scheduler\nclass Trainer:\n    def __init__(self, config, net):\n        self.opt_net = torch.optim.SGD(net.parameters(), lr=config.lr)\n        self.sched = getattr(lr_scheduler, config.schedule)(self.opt_net)\n    def fit(self, data, net):\n        for epoch in range(9):\n            for x in data:\n                self.opt_net.zero_grad()\n                loss = net(x).mean()\n                loss.backward()\n                self.opt_net.step()\n                wandb.log({"loss": loss.item()})\n            self.sched.step()\nwandb.init(config=vars(args))\nTrainer(args, torch.nn.Linear(2, 1)).fit(data, net)\n',
      },
      at: 'train.py:15',
    },
    {
      title: 'the rate of Keras’ optimiser, set by hand between fits',
      files: {
        'train.py':
          'import keras\nmodel = keras.Sequential([])\nlog = keras.callbacks.CSVLogger("log.csv", append=True)\nrate = 0.1\nwhile rate > 1e-4:\n    model.fit(x, y, epochs=1, callbacks=[log])\n    rate *= 0.5\n    model.optimizer.learning_rate = rate\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a schedule that settings choose',
      files: {
        'train.py':
          'import torch\nfrom torch.utils.tensorboard import SummaryWriter\nwriter = SummaryWriter("runs/a")\nnet = torch.nn.Linear(2, 1)\noptimizer = torch.optim.SGD(net.parameters(), 0.1)\nscheduler = getattr(torch.optim.lr_scheduler, config["schedule"])(optimizer, **config["args"])\nfor epoch in range(9):\n    loss = net(x).sum()\n    loss.backward()\n    optimizer.step()\n    scheduler.step()\n    writer.add_scalar("loss", loss.item(), epoch)\n',
      },
      at: 'train.py:11',
    },
    {
      title: 'StepLR whose rate is not logged',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nsched = torch.optim.lr_scheduler.StepLR(opt, 3)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metrics({"train/loss": loss.item()}, step=epoch)\n    sched.step()\n',
      },
      at: 'train.py:10',
    },
    {
      title: 'Lightning without a monitor',
      files: {
        'train.py':
          'import torch\nimport lightning as L\nclass Net(L.LightningModule):\n    def training_step(self, batch, i):\n        loss = self(batch).mean()\n        self.log("loss", loss)\n        return loss\n    def configure_optimizers(self):\n        opt = torch.optim.SGD(self.parameters())\n        return [opt], [torch.optim.lr_scheduler.StepLR(opt, 3)]\ntrainer = L.Trainer(max_epochs=3)\ntrainer.fit(Net(), loader)\n',
      },
      at: 'train.py:10',
    },
  ],
  silent: [
    {
      title: 'get_last_lr is logged',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nsched = torch.optim.lr_scheduler.StepLR(opt, 3)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    sched.step()\n    mlflow.log_metrics({"loss": loss.item(), "rate": sched.get_last_lr()[0]}, step=epoch)\n',
      },
    },
    {
      title: 'LearningRateMonitor',
      files: {
        'train.py':
          'import torch\nimport lightning as L\nclass Net(L.LightningModule):\n    def training_step(self, batch, i):\n        return self(batch).mean()\n    def configure_optimizers(self):\n        opt = torch.optim.SGD(self.parameters())\n        return [opt], [torch.optim.lr_scheduler.StepLR(opt, 3)]\ntrainer = L.Trainer(callbacks=[L.pytorch.callbacks.LearningRateMonitor()])\ntrainer.fit(Net(), loader)\n',
      },
    },
  ],
};
