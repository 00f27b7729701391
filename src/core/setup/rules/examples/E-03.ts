// Code on which E-03 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a helper that makes a path out of settings stores none',
      files: {
        'train.py':
          'import json\nfrom sklearn.tree import DecisionTreeClassifier\nfrom sklearn.metrics import classification_report\ndef form_save_folders(params, name):\n    return root / str(params.kind) / name\ndef main(params):\n    model = DecisionTreeClassifier(max_depth=params.depth).fit(a, b)\n    report = classification_report(d, model.predict(c), output_dict=True)\n    path = form_save_folders(params, "classification_report.json")\n    with open(path, "w") as f:\n        json.dump(report, f)\nmain(load("params.yaml"))\n',
      },
    },
    {
      title: 'beside a script that stores nothing',
      files: {
        'train.py':
          'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=5, batch_size=16, callbacks=[keras.callbacks.TensorBoard("logs")])\n',
        'other.py':
          'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=5)\n',
      },
    },
    {
      title: 'workers of Ray that are given no settings',
      files: {
        'train.py':
          'import lightning as L\nfrom ray.train.torch import TorchTrainer\nclass Net(L.LightningModule):\n    def training_step(self, batch, i):\n        loss = self.layer(batch).mean()\n        self.log("train_loss", loss)\n        return loss\ndef work():\n    L.Trainer(max_epochs=3).fit(Net(), loader)\nTorchTrainer(work).fit()\n',
      },
    },
    {
      title: 'an agent of Tianshou with a writer',
      files: {
        'train.py':
          'from tianshou.trainer import offpolicy_trainer\nfrom torch.utils.tensorboard import SummaryWriter\nresult = offpolicy_trainer(policy, train_collector, test_collector, 10, writer=SummaryWriter("runs/a"), save_fn=keep)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'an Estimator keeps no settings',
      files: {
        'train.py':
          'import argparse, tensorflow as tf\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float, default=0.1)\nargs = p.parse_args()\nnet = tf.estimator.Estimator(model_fn=model_fn, model_dir="out", params={"lr": args.lr})\nnet.train(input_fn=rows, steps=1000)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'a Trainer made from parsed arguments',
      files: {
        'train.py':
          'import pytorch_lightning as pl\nclass Net(pl.LightningModule):\n    def training_step(self, batch, i):\n        loss = self.layer(batch).mean()\n        self.log("train_loss", loss)\n        return loss\ntrainer = pl.Trainer.from_argparse_args(args)\ntrainer.fit(Net(), loader)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'arguments that W&B never sees',
      files: {
        'train.py':
          'import argparse, torch, wandb\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float, default=0.1)\nargs = p.parse_args()\nwandb.init(project="a")\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=args.lr)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'MLflow without parameters',
      files: {
        'train.py':
          'import argparse, torch, mlflow\np = argparse.ArgumentParser()\nargs = p.parse_args()\nnet = torch.nn.Linear(2, 1)\nwith mlflow.start_run(run_name="a"):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        mlflow.log_metric("loss", loss.item(), step=1)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a report in a file, under a name that the project makes',
      files: {
        'train.py':
          'import json\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.metrics import classification_report\n\n\ndef form_save_path(date, params, name):\n    return f"out/{date}/{name}"\n\n\nmodel = LogisticRegression(C=params.C).fit(X_train, y_train)\nreport = classification_report(y_test, model.predict(X_test), output_dict=True)\npath = form_save_path(date, params, "report.json")\nwith open(path, "w") as file:\n    json.dump(report, file)\n',
      },
      at: 'train.py:14',
    },
  ],
  silent: [
    {
      title: 'a helper that writes them comes with all names of a package, which has it with all names of a file',
      files: {
        'train.py':
          'import torch\nfrom lab import *\nfrom torch.utils.tensorboard import SummaryWriter\ndef train(args):\n    save_json(vars(args), "args.json")\n    writer = SummaryWriter()\n    for epoch in range(9):\n        loss = step()\n        loss.backward()\n        opt.step()\n        writer.add_scalar("loss", loss.item(), epoch)\ntrain(parser.parse_args())\n',
        'lab/__init__.py': 'from .files import *\n',
        'lab/files.py': 'import json\ndef save_json(what, path):\n    with open(path, "w") as f:\n        json.dump(what, f)\n',
      },
    },
    {
      title: 'settings that the logger of W&B is made with',
      files: {
        'train.py':
          'import pytorch_lightning as pl\nfrom pytorch_lightning.loggers import WandbLogger\nclass Net(pl.LightningModule):\n    def training_step(self, batch, i):\n        loss = self.layer(batch).mean()\n        self.log("train_loss", loss)\n        return loss\nlogger = WandbLogger(project="a", config={"lr": lr, "width": 64})\npl.Trainer(max_epochs=epochs, logger=logger).fit(Net(), loader)\n',
      },
    },
    {
      title: 'a script that writes predictions beside one that trains',
      files: {
        'fit.py':
          'import joblib\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\ndf = pd.read_csv("a.csv")\nmodel = Ridge().fit(df[["a"]], df["b"])\nprint(r2_score(df["b"], model.predict(df[["a"]])))\njoblib.dump(model, "model.pkl")\n',
        'predict.py':
          'import joblib\nimport pandas as pd\nmodel = joblib.load("model.pkl")\ndf = pd.read_csv("new.csv")\nresult = df.assign(b=model.predict(df))\nresult.to_csv("result_predictions.csv")\n',
      },
    },

    {
      title: 'what a search found lies in the file of results',
      files: {
        'tune.py':
          'import json\nimport optuna\nfrom sklearn.linear_model import Ridge\n\n\ndef objective(trial):\n    return Ridge(alpha=trial.suggest_float("alpha", 0.1, 9)).fit(X_train, y_train).score(X_val, y_val)\n\n\nstudy = optuna.create_study(direction="maximize")\nstudy.optimize(objective, n_trials=9)\nresults = {"score": study.best_value, "best_params": study.best_params}\nwith open("results.json", "w") as file:\n    json.dump(results, file)\n',
      },
    },

    {
      title: 'what a test holds back from the console is no record',
      files: {
        'fit.py': 'import keras\nmodel = keras.Sequential([])\nhistory = model.fit(x, y, epochs=9)\nprint(history.history["loss"])\n',
        'tests/test_fit.py':
          'import io\nimport sys\nimport pytest\ndef test_prints():\n    before = sys.stdout\n    sys.stdout = io.StringIO()\n    sys.stdout = before\n',
        'quiet.py': 'import io\nimport sys\nold_stdout = sys.stdout\nsys.stdout = io.StringIO()\nsys.stdout = old_stdout\n',
      },
    },
    {
      title: 'a helper of another package writes the settings whole',
      files: {
        'train.py':
          'import keras\nfrom lab.utils import save_json\nsave_json(vars(settings), "out/config.json")\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=9, callbacks=[keras.callbacks.CSVLogger("log.csv")])\n',
      },
    },
    {
      title: 'a module that is not in view may save its own',
      files: {
        'train.py': 'import lightning as L\nfrom model import Net\ntrainer = L.Trainer(max_epochs=5)\ntrainer.fit(Net(classes=10), loader)\n',
      },
    },
    {
      title: 'settings that a search of W&B fills in',
      files: {
        'sweep.yaml': 'program: train.py\nmethod: random\nmetric:\n  name: loss\nparameters:\n  lr:\n    min: 0.1\n    max: 0.2\n',
        'train.py':
          'import torch, wandb\nwandb.init(project="a")\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=wandb.config.lr)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'settings by a tracker’s own word',
      files: {
        'train.py':
          'import aim, torch\nclass Runner:\n    def __init__(self, hparams):\n        self.logger = aim.Session(experiment="a")\n        self.logger.set_params(hparams)\n    def fit(self):\n        net = torch.nn.Linear(2, 1)\n        opt = torch.optim.SGD(net.parameters(), 0.1)\n        for epoch in range(9):\n            loss = net(x).sum()\n            loss.backward()\n            opt.step()\n            self.logger.track(loss.item(), name="loss")\nRunner(hparams).fit()\n',
      },
    },
    {
      title: 'settings through a helper that the package hands on',
      files: {
        'train.py':
          'import hydra\nfrom lightning import LightningModule, Trainer\nfrom lab.utils import log_settings\n@hydra.main(config_path="conf")\ndef main(cfg):\n    model: LightningModule = hydra.utils.instantiate(cfg.model)\n    trainer: Trainer = hydra.utils.instantiate(cfg.trainer)\n    log_settings(cfg, trainer)\n    trainer.fit(model)\nmain()\n',
        'lab/utils/__init__.py': 'from lab.utils.logs import log_settings\n',
        'lab/utils/logs.py':
          'from omegaconf import OmegaConf\ndef log_settings(cfg, trainer):\n    for logger in trainer.loggers:\n        logger.log_hyperparams(OmegaConf.to_container(cfg))\n',
      },
    },
    {
      title: 'vars(args) in the config',
      files: {
        'train.py':
          'import argparse, torch, wandb\nargs = argparse.ArgumentParser().parse_args()\nwandb.init(project="a", config={**vars(args), "host": 1})\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },
    {
      title: 'a settings file beside the table',
      files: {
        'train.py':
          'import csv, json, argparse\nargs = argparse.ArgumentParser().parse_args()\njson.dump(vars(args), open("args.json", "w"))\nw = csv.writer(open("log.csv", "w"))\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    w.writerow([loss.item()])\n',
      },
    },
    {
      title: 'rows that are read, merged and written again',
      files: {
        'data.py':
          'import pandas as pd\n\n\ndef load(path):\n    df = pd.merge(pd.read_csv(path), pd.read_csv("more.csv"), on="accuracy")\n    df.to_csv("interim.csv", index=False)\n    return df\n',
        'train.py':
          'import joblib\nfrom data import load\nfrom sklearn.linear_model import Ridge\ndf = load("rows.csv")\nmodel = Ridge().fit(df[["a"]], df["b"])\njoblib.dump(model, "model.pkl")\n',
      },
    },
  ],
};
