// Code on which E-04 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'epochs beside a setting, with the callback of W&B for Keras',
      files: {
        'train.py':
          'from tensorflow import keras\nimport wandb\nfrom wandb.keras import WandbCallback\nrun = wandb.init(project="p", name="n")\nrun.config.width = 32\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=30, validation_data=(a, b), callbacks=[WandbCallback()])\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'constants of a class of which one is logged',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\nclass CFG:\n    name = "net"\n    step_size = 3e-4\n    rows = 32\nwandb.init(project="a", config={"name": CFG.name})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.Adam(net.parameters(), lr=CFG.step_size)\nfor x, y in DataLoader(train_set, batch_size=CFG.rows, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a batch size beside what an agent of W&B fills in',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\ntorch.manual_seed(1)\nwandb.init()\nlr = wandb.config.lr\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=lr)\nfor x, y in DataLoader(train_set, batch_size=64, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a constant of a file of settings that is imported whole',
      files: {
        'settings.py': 'ROWS = 32\n',
        'train.py':
          'import torch, wandb\nimport settings\nfrom torch.utils.data import DataLoader\nwandb.init(project="a", config={"lr": 0.1})\nnet = torch.nn.Linear(2, 1)\nfor x, y in DataLoader(train_set, batch_size=settings.ROWS, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'settings.py:1',
    },
    {
      title: 'epochs beside settings that the logger of W&B is made with',
      files: {
        'train.py':
          'import pytorch_lightning as pl\nfrom pytorch_lightning.loggers import WandbLogger\nclass Net(pl.LightningModule):\n    def training_step(self, batch, i):\n        loss = self.layer(batch).mean()\n        self.log("train_loss", loss)\n        return loss\nlogger = WandbLogger(project="a", config={"lr": lr, "width": 64})\npl.Trainer(max_epochs=1000, logger=logger).fit(Net(), loader)\n',
      },
      at: 'train.py:9',
    },
    {
      title: 'a default in a signature that nobody overrides',
      files: {
        'data.py':
          'from torch.utils.data import DataLoader\ndef loaders(train_set, batch_size=32):\n    return DataLoader(train_set, batch_size=batch_size, shuffle=True)\n',
        'train.py':
          'import torch, wandb\nfrom data import loaders\nwandb.init(project="a", config={"lr": 0.1})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=wandb.config.lr)\nfor x, y in loaders(rows):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'data.py:2',
    },
    {
      title: 'a constant of a file of settings',
      files: {
        'settings.py': 'DATA = "rows"\nWEIGHT_DECAY = 0.02\n',
        'train.py':
          'import torch, wandb\nfrom settings import WEIGHT_DECAY\nwandb.init(project="a", config={"lr": 0.1})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.AdamW(net.parameters(), lr=wandb.config.lr, weight_decay=WEIGHT_DECAY)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'settings.py:2',
    },
    {
      title: 'a learning rate beside the space of a search',
      files: {
        'tune.py':
          'import torch\nfrom ray import tune\ndef train(config):\n    net = torch.nn.Linear(config["width"], 1)\n    opt = torch.optim.SGD(net.parameters(), lr=0.1)\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n        tune.report(loss=loss.item())\ntune.run(train, config={"width": tune.choice([4, 8])})\n',
      },
      at: 'tune.py:5',
    },
    {
      title: 'rounds of boosting that the callback of W&B does not keep',
      files: {
        'fit.py':
          'import wandb\nimport xgboost as xgb\nfrom wandb.integration.xgboost import WandbCallback\nwandb.init(project="a")\nspace = {"eta": 0.1}\nwandb.config.update(space)\nxgb.train(space, train, 25, evals=[(valid, "valid")], callbacks=[WandbCallback()])\n',
      },
      at: 'fit.py:7',
    },
    {
      title: 'epochs of each fold',
      files: {
        'train.py':
          'import torch, wandb\nfrom tqdm import tqdm\nwandb.init(project="a", config={"lr": 0.1})\nfor fold in range(5):\n    net = torch.nn.Linear(2, 1)\n    for epoch in tqdm(range(40)):\n        for x, y in data:\n            loss = ((net(x) - y) ** 2).mean()\n            loss.backward()\n        wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'rounds of boosting beside settings that are logged',
      files: {
        'fit.py':
          'import mlflow\nimport xgboost as xgb\nspace = {"eta": 0.1, "max_depth": 4}\nmlflow.log_params(space)\nbooster = xgb.train(space, train, num_boost_round=900, evals=[(valid, "valid")])\nmlflow.log_metric("val/rmse", booster.best_score)\n',
      },
      at: 'fit.py:5',
    },
    {
      title: 'the dropout of an adapter',
      files: {
        'train.py':
          'import torch, wandb\nfrom peft import LoraConfig, get_peft_model\nLR = 0.1\nwandb.init(project="a", config={"lr": LR})\nnet = get_peft_model(base, LoraConfig(r=8, lora_dropout=0.05))\nopt = torch.optim.AdamW(net.parameters(), lr=LR)\nfor x, y in data:\n    loss = net(x).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a weight decay beside logged arguments',
      files: {
        'train.py':
          'import argparse, torch, wandb\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float)\nargs = p.parse_args()\nwandb.init(project="a", config=vars(args))\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.AdamW(net.parameters(), lr=args.lr, weight_decay=0.05)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'train.py:7',
    },
  ],
  silent: [
    {
      title: 'a class of constants that is logged whole',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\nclass CFG:\n    name = "net"\n    step_size = 3e-4\n    rows = 32\nwandb.init(project="a", config={k: v for k, v in vars(CFG).items() if not k.startswith("_")})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.Adam(net.parameters(), lr=CFG.step_size)\nfor x, y in DataLoader(train_set, batch_size=CFG.rows, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'an object of settings that is logged whole by a method of its own',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\nclass CFG:\n    name = "net"\n    step_size = 3e-4\n    rows = 32\n    def to_dict(self):\n        return {k: getattr(self, k) for k in dir(self)}\ncfg = CFG()\nwandb.init(project="a", config=cfg.to_dict())\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.Adam(net.parameters(), lr=cfg.step_size)\nfor x, y in DataLoader(train_set, batch_size=cfg.rows, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'a constant that an option replaces',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\nclass CFG:\n    name = "net"\n    step_size = 3e-4\n    rows = 32\nCFG.step_size = float(sys.argv[1])\nCFG.rows = int(sys.argv[2])\nwandb.init(project="a", config={"name": CFG.name})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.Adam(net.parameters(), lr=CFG.step_size)\nfor x, y in DataLoader(train_set, batch_size=CFG.rows, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'a default that a caller overrides with what is logged',
      files: {
        'train.py':
          'import argparse, torch, wandb\nfrom torch.utils.data import DataLoader\ndef loaders(train_set, size=32):\n    return DataLoader(train_set, batch_size=size, shuffle=True)\np = argparse.ArgumentParser()\np.add_argument("--rows", type=int)\nargs = p.parse_args()\nwandb.init(project="a", config=vars(args))\nnet = torch.nn.Linear(2, 1)\nfor x, y in loaders(rows, args.rows):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'a default that is logged under another name',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\ndef train(train_set, size=32):\n    wandb.init(project="a", config={"lr": 0.1, "rows at once": size})\n    net = torch.nn.Linear(2, 1)\n    for x, y in DataLoader(train_set, batch_size=size, shuffle=True):\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        wandb.log({"train/loss": loss.item()})\ntrain(rows)\n',
      },
    },
    {
      title: 'a module that keeps its own arguments',
      files: {
        'train.py':
          'import torch\nimport pytorch_lightning as pl\nclass Net(pl.LightningModule):\n    def __init__(self, rate=0.1):\n        super().__init__()\n        self.save_hyperparameters()\n        self.rate = rate\n        self.layer = torch.nn.Linear(2, 1)\n    def training_step(self, batch, i):\n        loss = self.layer(batch).mean()\n        self.log("train_loss", loss)\n        return loss\n    def configure_optimizers(self):\n        return torch.optim.SGD(self.parameters(), lr=self.rate)\npl.Trainer().fit(Net(), loader)\n',
      },
    },
    {
      title: 'a default of a layer',
      files: {
        'train.py':
          'import torch, wandb\nclass Block(torch.nn.Module):\n    def __init__(self, drop_between=0.1):\n        super().__init__()\n        self.rest = torch.nn.Dropout(drop_between)\nwandb.init(project="a", config={"lr": 0.1})\nnet = Block()\nopt = torch.optim.SGD(net.parameters(), lr=wandb.config.lr)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'a search that tries it',
      files: {
        'tune.py':
          'import torch\nfrom ray import tune\ndef train(config):\n    net = torch.nn.Linear(2, 1)\n    opt = torch.optim.SGD(net.parameters(), lr=config["lr"])\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n        tune.report(loss=loss.item())\ntune.run(train, config={"lr": tune.choice([0.1, 0.2])})\n',
      },
    },
    {
      title: 'constants of a file of settings that are logged',
      files: {
        'settings.py': 'DECAY_OF_WEIGHTS = 0.02\n',
        'train.py':
          'import torch, wandb\nfrom settings import DECAY_OF_WEIGHTS\nwandb.init(project="a", config={"lr": 0.1, "shrink": DECAY_OF_WEIGHTS})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.AdamW(net.parameters(), lr=wandb.config.lr, weight_decay=DECAY_OF_WEIGHTS)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'rounds of boosting that are logged under another name',
      files: {
        'fit.py':
          'import mlflow\nimport xgboost as xgb\nspace = {"eta": 0.1, "n_estimators": 900}\nmlflow.log_params(space)\nmodel = xgb.XGBRegressor(n_estimators=900, learning_rate=0.1)\nmodel.fit(x, y, eval_set=[(a, b)])\nmlflow.log_metric("val/rmse", model.best_score)\n',
      },
    },
    {
      title: 'constants that are logged',
      files: {
        'train.py':
          'import torch, wandb\nLR = 0.1\nwandb.init(project="a", config={"lr": LR})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.AdamW(net.parameters(), lr=LR)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'the batch size of evaluation',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\nwandb.init(project="a", config={"lr": 0.1})\nnet = torch.nn.Linear(2, 1)\nval_loader = DataLoader(val_set, batch_size=512)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
  ],
};
