// Code on which E-21 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'the older callback of W&B for Keras, told to save nothing',
      files: {
        'train.py':
          'from tensorflow import keras\nimport wandb\nfrom wandb.keras import WandbCallback\nrun = wandb.init(project="p", name="n")\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=30, validation_data=(a, b), callbacks=[WandbCallback(save_model=False)])\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'boosters of several libraries, one after the other',
      files: {
        'train.py':
          'from lightgbm import LGBMRegressor\nfrom xgboost import XGBRegressor\nfrom catboost import CatBoostRegressor\nfirst = CatBoostRegressor(iterations=300)\nsecond = LGBMRegressor(n_estimators=300)\nthird = XGBRegressor(n_estimators=300)\nfor model in (first, second, third):\n    model.fit(X_train, y_train)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a picture is saved and no model',
      files: {
        'train.py':
          'import jax, optax\nimport jax.numpy as jnp\ndef accuracy_fn(params, x, y):\n    return jnp.mean(jnp.argmax(predict(params, x), axis=-1) == y)\ndef update(params, opt_state, x, y):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x, y)\n    updates, opt_state = optimizer.update(grads, opt_state)\n    return optax.apply_updates(params, updates), opt_state\nfor epoch in range(10):\n    for x, y in batches(x_train, y_train):\n        params, opt_state = update(params, opt_state, x, y)\nplot_curves(losses, save_path="out/curves.png")\n',
      },
      at: 'train.py:9',
    },
    {
      title: 'an engine of Ignite',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import Engine, Events, create_supervised_evaluator\nfrom torch.utils.tensorboard import SummaryWriter\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\ndef update(engine, batch):\n    opt.zero_grad()\n    loss = net(batch).mean()\n    loss.backward()\n    opt.step()\n    return loss.item()\ntrainer = Engine(update)\nevaluator = create_supervised_evaluator(net, metrics={"mse": mse})\nwriter = SummaryWriter("runs")\ndef keep(engine):\n    writer.add_scalar("train/loss", engine.state.output, engine.state.iteration)\ntrainer.add_event_handler(Events.ITERATION_COMPLETED, keep)\ntrainer.run(train_loader, max_epochs=9)\n',
      },
    },
    {
      title: 'pictures of a booster are saved, and the booster is not',
      files: {
        'fit.py':
          'import lightgbm as lgb\nfrom plots import plot_importance\nmodel = lgb.LGBMClassifier(n_estimators=400)\nmodel.fit(X_train, y_train, eval_set=[(X_val, y_val)])\nplot_importance(model, save_path="figures/importance.png")\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'an algorithm of RLlib that is trained and dropped',
      files: {
        'train.py':
          'from ray.rllib.algorithms.ppo import PPOConfig\nconfig = PPOConfig().environment("CartPole-v1").framework("torch").env_runners(num_env_runners=1).training(lr=1e-4).resources(num_gpus=1).callbacks(Log)\nalgo = config.build_algo()\nfor i in range(20):\n    print(algo.train()["env_runners"])\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a folder for models and nothing that is put there',
      files: {
        'train.py': 'from fastai.tabular.all import *\nlearn = tabular_learner(dls, model_dir="/tmp/model")\nlearn.fit_one_cycle(3)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'epochs without a save',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    for x, y in data:\n        loss = net(x).sum()\n        loss.backward()\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'only prepared rows are saved',
      files: {
        'train.py':
          'import torch\ntorch.save(rows, cache_path)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    for x, y in data:\n        loss = net(x).sum()\n        loss.backward()\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'only a picture is saved',
      files: {
        'train.py': 'import keras\nimport matplotlib.pyplot as plt\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=30)\nplt.savefig("loss.png")\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'the Trainer is told not to',
      files: {
        'train.py':
          'from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("out", save_strategy="no")\nTrainer(model=model, args=args).train()\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'the best of a search is printed, and none is kept',
      files: {
        'tune.py':
          'import optuna\nimport torch\ndef objective(trial):\n    net = torch.nn.Linear(2, 1)\n    opt = torch.optim.SGD(net.parameters(), trial.suggest_float("lr", 1e-5, 1e-1))\n    for epoch in range(9):\n        for x, y in data:\n            net(x).sum().backward()\n            opt.step()\n    return score(net)\nstudy = optuna.create_study()\nstudy.optimize(objective, n_trials=20)\nprint(study.best_params)\n',
      },
      at: 'tune.py:6',
    },
    {
      title: 'one of several classes that train, chosen by an option and handed over',
      files: {
        'models.py':
          'import lightgbm as lgb\nimport xgboost as xgb\n\n\nclass Base:\n    def fit(self, X, y):\n        raise NotImplementedError\n\n\nclass Xgb(Base):\n    def fit(self, X, y):\n        self.model = xgb.XGBClassifier(n_estimators=500)\n        self.model.fit(X, y)\n        print(self.model.score(X, y))\n\n\nclass Lgb(Base):\n    def fit(self, X, y):\n        self.model = lgb.LGBMClassifier(n_estimators=500)\n        self.model.fit(X, y)\n',
        'train.py':
          'import sys\nfrom models import Lgb, Xgb\n\n\ndef run(fold, model):\n    one = model()\n    one.fit(X[fold], y[fold])\n\n\nmodel = None\nif sys.argv[1] == "xgb":\n    model = Xgb\nelse:\n    model = Lgb\nfor fold in range(5):\n    run(fold, model)\n',
      },
      at: 'models.py:13',
    },
  ],
  silent: [
    {
      title: 'the older callback of W&B for Keras keeps the best model',
      files: {
        'train.py':
          'from tensorflow import keras\nimport wandb\nfrom wandb.keras import WandbCallback\nrun = wandb.init(project="p", name="n")\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=30, validation_data=(a, b), callbacks=[WandbCallback()])\n',
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
      title: 'another package runs it, and is given history and model back',
      files: {
        'scan.py':
          'import keras\nimport talos\ndef build(x, y, a, b, params):\n    model = keras.Sequential([keras.layers.Dense(params["units"])])\n    model.compile("adam", "mse")\n    history = model.fit(x, y, validation_data=(a, b), epochs=9)\n    return history, model\nscan = talos.Scan(x, y, params=space, model=build, experiment_name="a", seed=17)\n',
      },
    },
    {
      title: 'the best of a search is trained again, and kept',
      files: {
        'tune.py':
          'import optuna\nimport torch\nfrom tools import keep\ndef objective(trial):\n    net = torch.nn.Linear(2, 1)\n    for epoch in range(9):\n        net(x).sum().backward()\n    return score(net)\nstudy = optuna.create_study()\nstudy.optimize(objective, n_trials=20)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    net(x).sum().backward()\nkeep.save_model(net)\n',
      },
    },
    {
      title: 'weights in a folder that is named after the data',
      files: {
        'train.py':
          'import os\nimport torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    net(x).sum().backward()\ntorch.save(net.state_dict(), os.path.join(args.out, args.dataset, "best.pt"))\n',
      },
    },
    {
      title: 'a save in a helper',
      files: {
        'train.py': 'import torch\nfrom util import keep\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    net(x).sum().backward()\nkeep(net)\n',
        'util.py': 'import torch\ndef keep(net):\n    torch.save(net.state_dict(), "net.pt")\n',
      },
    },
    {
      title: 'a callback',
      files: {
        'train.py': 'import keras\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=30, callbacks=[keras.callbacks.ModelCheckpoint("best.keras")])\n',
      },
    },
    {
      title: 'Lightning saves by itself; scikit-learn fits at once',
      files: { 'train.py': 'import lightning as L\nfrom sklearn.linear_model import Ridge\nRidge().fit(x, y)\nL.Trainer(max_epochs=5).fit(model)\n' },
    },
    {
      title: 'one pass over the rows',
      files: {
        'train.py':
          'import tensorflow as tf\ndataset = tf.data.Dataset.from_tensor_slices((x, y))\ndataset = dataset.shuffle(9).batch(64)\n@tf.function\ndef step(x, y):\n    with tf.GradientTape() as tape:\n        loss = loss_fn(y, model(x))\n    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))\n    return loss\nfor at, (x, y) in enumerate(dataset):\n    step(x, y)\n',
      },
    },
    { title: 'one epoch', files: { 'train.py': 'import keras\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=1)\n' } },
  ],
};
