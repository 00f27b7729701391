// Code on which E-10 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'an agent that another package makes of Stable-Baselines3',
      files: {
        'train.py':
          'from stable_baselines3 import TD3\nfrom jsrl import get_algorithm\nmodel = get_algorithm(TD3)("MlpPolicy", env, tensorboard_log="logs")\nmodel.learn(total_timesteps=1000)\n',
      },
    },
    {
      title: 'rounds without an end of a model that is not in view',
      files: {
        'tune.py':
          'import torch\nimport torch.nn as nn\nfrom ray import tune\nfrom ray.air import session\nfrom library import ResNet, load_data\ndef objective(config):\n    train_loader, test_loader = load_data()\n    model = ResNet(config["depth"])\n    opt = torch.optim.SGD(model.parameters(), lr=config["lr"])\n    while True:\n        model.train_epoch(train_loader, opt, nn.CrossEntropyLoss())\n        acc = model.test(test_loader)\n        session.report({"accuracy": acc})\ntuner = tune.Tuner(objective, param_space={"lr": tune.grid_search([0.1, 0.01])}, tune_config=tune.TuneConfig(metric="accuracy", mode="max"))\ntuner.fit()\n',
      },
    },
    {
      title: 'rows in a drawn order before the folds',
      files: {
        'fit.py':
          'import pandas as pd\nimport lightgbm as lgb\ndf = pd.read_csv("rows.csv")\ndf = df.sample(frac=1).reset_index(drop=True)\nlgb.LGBMClassifier().fit(df[["a"]], df["b"])\n',
      },
      at: 'fit.py:4',
    },

    {
      title: 'rows that SMOTE makes up beside a booster',
      files: {
        'fit.py':
          'import xgboost as xgb\nfrom imblearn.over_sampling import SMOTE\nX_more, y_more = SMOTE().fit_resample(X_train, y_train)\nmodel = xgb.XGBClassifier(random_state=0)\nmodel.fit(X_more, y_more)\n',
      },
      at: 'fit.py:3',
    },
    {
      title: 'an algorithm of Stable-Baselines3 without a seed',
      files: {
        'train.py':
          'import gymnasium as gym\nfrom stable_baselines3 import PPO\nenv = gym.make("CartPole-v1")\nmodel = PPO("MlpPolicy", env, tensorboard_log="runs")\nmodel.learn(20000)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'an algorithm of RLlib, built step by step',
      files: {
        'train.py':
          'from ray.rllib.algorithms.ppo import PPOConfig\nconfig = PPOConfig().environment("CartPole-v1").framework("torch").env_runners(num_env_runners=1).training(lr=1e-4).resources(num_gpus=1).callbacks(Log)\nalgo = config.build_algo()\nfor i in range(20):\n    print(algo.train()["env_runners"])\n',
      },
    },
    {
      title: 'Detectron2, whose settings hold no seed by default',
      files: {
        'train.py':
          'from detectron2.config import get_cfg\nfrom detectron2.engine import DefaultTrainer\ncfg = get_cfg()\ntrainer = DefaultTrainer(cfg)\ntrainer.train()\n',
      },
    },
    {
      title: 'a class of a project that is no package, started out of view',
      files: {
        'lab/fit.py':
          'import torch\nclass Trainer:\n    def __init__(self):\n        self.net = torch.nn.Linear(2, 1)\n    def train(self, rows):\n        for epoch in range(9):\n            self.net(rows).sum().backward()\n            self.opt.step()\n',
      },
      at: 'lab/fit.py:7',
    },
    {
      title: 'a train function of another package',
      files: {
        'train.py': 'import torch\nfrom lab.steps import train\nmodel = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    train(model, optimizer, loader)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'rows that are drawn before they are fitted',
      files: {
        'fit.py': 'import numpy as np\nfrom sklearn.linear_model import Ridge\nx = np.random.normal(0, 1, (90, 3))\nRidge().fit(x, x.sum(1))\n',
      },
      at: 'fit.py:3',
    },
    {
      title: 'a library that seeds only where it is told to',
      files: {
        'train.py':
          'from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("albert", "albert-base-v2", num_labels=3)\nmodel.train_model(rows)\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'a step that another module takes',
      files: {
        'train.py':
          'import torch\nfrom engine import train_one_epoch\nmodel = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    train_one_epoch(model, loader, epoch)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a plain loop',
      files: {
        'train.py':
          'import torch\nfrom torch import nn\n\ndef main():\n    net = nn.Linear(2, 1)\n    opt = torch.optim.SGD(net.parameters(), lr=0.1)\n    for x, y in data:\n        opt.zero_grad()\n        loss = net(x).sum()\n        loss.backward()\n        opt.step()\n\nmain()\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'seeded only where a constant is not 0, and it is',
      files: {
        'train.py':
          'import torch\n\nrandom_seed = 0  # 0: none\nif random_seed:\n    torch.manual_seed(random_seed)\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    opt.zero_grad()\n    net(x).sum().backward()\n    opt.step()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'a helper that nobody calls',
      files: {
        'train.py':
          'import tensorflow as tf\n\ndef set_seed(seed=1):\n    tf.random.set_seed(seed)\n\nmodel = tf.keras.Sequential([tf.keras.layers.Dense(1)])\nmodel.fit(x, y)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'an estimator that is told to draw',
      files: {
        'train.py':
          'from sklearn.ensemble import BaggingClassifier\nfrom sklearn.tree import DecisionTreeClassifier\nclf = BaggingClassifier(DecisionTreeClassifier(), random_state=None)\nclf.fit(x, y)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'fastai seeds by a helper of its own',
      files: {
        'train.py': 'from fastai.vision.all import *\nlearn = vision_learner(dls, resnet18, metrics=accuracy)\nlearn.fine_tune(3, cbs=CSVLogger())\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'a key from the clock',
      files: {
        'train.py': 'import time\nimport jax\nkey = jax.random.PRNGKey(int(time.time()))\ng = jax.grad(loss)(params, key)\nparams = params - 0.1 * g\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'an estimator that draws',
      files: { 'train.py': 'from sklearn.ensemble import RandomForestClassifier\nclf = RandomForestClassifier(100)\nclf.fit(x, y)\n' },
      at: 'train.py:2',
    },
    {
      title: 'a Runner of MMEngine without randomness',
      files: {
        'train.py':
          'from mmengine.runner import Runner\nrunner = Runner(\n    model=model,\n    work_dir="out",\n    train_dataloader=loader,\n    train_cfg=dict(by_epoch=True, max_epochs=9),\n)\nrunner.train()\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'the name held another model before',
      files: {
        'fit.py':
          'from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.linear_model import Ridge\nclf = Ridge()\nclf.fit(x, y)\nclf = RandomForestClassifier()\nclf.fit(x, y)\n',
      },
      at: 'fit.py:5',
    },
    {
      title: 'the hash of a text',
      files: {
        'train.py':
          'import torch\ntorch.manual_seed(hash("run") % 1000)\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), 0.1)\nnet(x).sum().backward()\nopt.step()\n',
      },
    },
  ],
  silent: [
    {
      title: 'a class out of a table is given its seed',
      files: {
        'train.py': 'import sys\nfrom algos import ALGOS\nmodel = ALGOS[sys.argv[1]]("MlpPolicy", env, seed=1)\nmodel.learn(1000)\nmodel.save("a")\n',
        'algos.py': 'from stable_baselines3 import PPO, SAC\nALGOS = {"ppo": PPO, "sac": SAC}\n',
      },
    },
    {
      title: 'a booster with a fixed default, and rows that are drawn to be looked at',
      files: {
        'fit.py':
          'import pandas as pd\nimport lightgbm as lgb\ndf = pd.read_csv("rows.csv")\nprint(df.sample(5))\nlook = df.sample(frac=0.1)\nlgb.LGBMClassifier().fit(df[["a"]], df["b"])\n',
      },
    },
    {
      title: 'an algorithm of RLlib with a seed',
      files: {
        'train.py':
          'from ray.rllib.algorithms.ppo import PPOConfig\nconfig = PPOConfig().environment("CartPole-v1").framework("torch").env_runners(num_env_runners=1).training(lr=1e-4).resources(num_gpus=1).callbacks(Log).debugging(seed=3)\nalgo = config.build_algo()\nfor i in range(20):\n    print(algo.train()["env_runners"])\n',
      },
    },
    {
      title: 'a seed in the settings of Detectron2',
      files: {
        'train.py':
          'from detectron2.config import get_cfg\nfrom detectron2.engine import DefaultTrainer\ncfg = get_cfg()\ncfg.SEED = 3\ntrainer = DefaultTrainer(cfg)\ntrainer.train()\n',
      },
    },
    {
      title: 'a package of models: who makes one may seed',
      files: {
        'models/care.py':
          'import keras\nclass Care:\n    def __init__(self, config):\n        self.net = keras.Sequential([])\n    def train(self, X, validation, epochs):\n        return self.net.fit(X, validation_data=validation, epochs=epochs)\n',
      },
    },
    {
      title: 'gradients for a solver, where nothing takes a step along them',
      files: {
        'gp.py':
          'import numpy as np\nimport scipy.optimize\nimport torch\n\n\ndef fit(kernel, prior, start):\n    def loss_func(raw):\n        raw = torch.from_numpy(raw).requires_grad_(True)\n        covariance = kernel(torch.exp(raw))\n        covariance.diagonal().add_(0.1)\n        loss = covariance.logdet() - prior(raw)\n        loss.backward()\n        return loss.item(), raw.grad.numpy()\n\n    return scipy.optimize.minimize(loss_func, start, jac=True, method="l-bfgs-b")\n',
      },
    },
    {
      title: 'a class that a package offers, and nobody in view makes',
      files: {
        'setup.py': 'from setuptools import setup\nsetup(name="lab")\n',
        'lab/__init__.py': '',
        'lab/fit.py':
          'import torch\nclass Trainer:\n    def __init__(self):\n        self.net = torch.nn.Linear(2, 1)\n    def train(self, rows):\n        for epoch in range(9):\n            self.net(rows).sum().backward()\n            self.opt.step()\n',
      },
    },
    {
      title: 'seeded where a constant is given, and it is',
      files: {
        'train.py':
          'import torch\n\nseed = 7\nif seed is not None:\n    torch.manual_seed(seed)\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    opt.zero_grad()\n    net(x).sum().backward()\n    opt.step()\n',
      },
    },
    {
      title: 'numbers that are drawn for a plot',
      files: {
        'fit.py':
          'import numpy as np\nfrom sklearn.linear_model import Ridge\nmodel = Ridge().fit(x, y)\nplot(x + np.random.normal(0, 0.1, 90), model.predict(x))\n',
      },
    },
    {
      title: 'a library that is told its seed',
      files: {
        'train.py':
          'from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("albert", "albert-base-v2", args={"manual_seed": 4})\nmodel.train_model(rows)\n',
      },
    },
    {
      title: 'a library that is handed the model, by nobody in view',
      files: {
        'lab/fit.py':
          'import torch\nclass Trainer:\n    def run(self, model, data):\n        opt = torch.optim.Adam(model.parameters())\n        history = []\n        for epoch in range(9):\n            opt.zero_grad()\n            loss = model(data).mean()\n            loss.backward()\n            opt.step()\n            history.append(loss.item())\n        return history\ndef train(model, data):\n    return Trainer().run(model.clone(), data)\n',
      },
    },
    {
      title: 'liblinear draws in its dual and L1 forms only',
      files: { 'fit.py': 'from sklearn.linear_model import LogisticRegression\nclf = LogisticRegression(solver="liblinear")\nclf.fit(x, y)\n' },
    },
    {
      title: 'another package runs it, and is given history and model back',
      files: {
        'scan.py':
          'import keras\nimport talos\ndef build(x, y, a, b, params):\n    model = keras.Sequential([keras.layers.Dense(params["units"])])\n    model.compile("adam", "mse")\n    history = model.fit(x, y, validation_data=(a, b), epochs=9)\n    return history, model\nscan = talos.Scan(x, y, params=space, model=build, experiment_name="a", seed=17)\n',
      },
    },
    {
      title: 'seeded by a loop over the functions that seed',
      files: {
        'train.py':
          'import random\nimport torch\nfor f in (random.seed, torch.manual_seed):\n    f(3)\nnet = torch.nn.Linear(2, 1)\nnet(x).sum().backward()\nopt.step()\n',
      },
    },
    {
      title: 'a Runner with a seed, and one whose settings lie in a file',
      files: {
        'train.py':
          'from mmengine.config import Config\nfrom mmengine.runner import Runner\nRunner(model=model, work_dir="out", randomness=dict(seed=3)).train()\nrunner = Runner.from_cfg(Config.fromfile("a.py"))\nrunner.train()\n',
      },
    },
    { title: 'the Trainer seeds with 42', files: { 'train.py': 'from transformers import Trainer\nTrainer(model=model, args=args).train()\n' } },
    {
      title: 'a helper of another package',
      files: {
        'train.py': 'import torch\nfrom lab.utils import set_random_seed\nset_random_seed(3)\ntorch.nn.Linear(2, 1)(x).sum().backward()\nopt.step()\n',
      },
    },
    { title: 'an estimator that draws nothing', files: { 'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n' } },
    {
      title: 'an estimator with a seed',
      files: { 'train.py': 'from sklearn.ensemble import RandomForestClassifier\nRandomForestClassifier(random_state=SEED).fit(x, y)\n' },
    },
    {
      title: 'only with an option',
      files: {
        'train.py':
          'import argparse\nimport torch\np = argparse.ArgumentParser()\np.add_argument("--seed", type=int, default=None)\na = p.parse_args()\nif a.seed is not None:\n    torch.manual_seed(a.seed)\ntorch.nn.Linear(2, 1)(x).sum().backward()\nopt.step()\n',
      },
    },
  ],
};
