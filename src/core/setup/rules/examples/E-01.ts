// Code on which E-01 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a step that is compiled before the loop calls it',
      files: {
        'train.py':
          'import jax\nimport optax\nfrom lab import loss_fn, params, batches\noptimizer = optax.adam(0.1)\nstate = optimizer.init(params)\ndef step(params, state, batch):\n    loss, grads = jax.value_and_grad(loss_fn)(params, batch)\n    updates, state = optimizer.update(grads, state)\n    return optax.apply_updates(params, updates), state, loss\nfast = jax.jit(step)\nfor epoch in range(9):\n    for batch in batches:\n        params, state, loss = fast(params, state, batch)\n',
      },
      at: 'train.py:11',
    },
    {
      title: 'a table of rows gets a column of predictions',
      files: {
        'train.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\ndef fit():\n    model = Ridge().fit(a, b)\n    metrics = {"r2": r2_score(d, model.predict(c))}\n    print(metrics)\n    return model, metrics\nmodel, metrics = fit()\ndf = pd.read_csv(args.data)\ndf["target"] = model.predict(df)\ndf.to_csv(args.out)\n',
      },
    },
    {
      title: 'predictions beside the ids of rows',
      files: {
        'train.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\ndef fit():\n    model = Ridge().fit(a, b)\n    metrics = {"r2": r2_score(d, model.predict(c))}\n    print(metrics)\n    return model, metrics\nmodel, metrics = fit()\nout = pd.DataFrame({"id": ids, "target": model.predict(e)})\nout.to_csv("results.csv")\n',
      },
    },
    {
      title: 'a writer of a file of predictions',
      files: {
        'train.py':
          'import csv\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\ndef fit():\n    model = Ridge().fit(a, b)\n    metrics = {"r2": r2_score(d, model.predict(c))}\n    print(metrics)\n    return model, metrics\nmodel, metrics = fit()\nwith open("pred.csv", "w") as f:\n    writer = csv.writer(f)\n    writer.writerow(["id", "target"])\n    for i, p in enumerate(model.predict(e)):\n        writer.writerow([i, p])\n',
      },
    },
    {
      title: 'a class that is picked by its name',
      files: {
        'train.py':
          'import sys\nimport stable_baselines3\nalgo = getattr(stable_baselines3, sys.argv[1].upper())\nmodel = algo("MlpPolicy", env)\nmodel.learn(1000)\nmodel.save("a")\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a class out of a table that another file holds',
      files: {
        'train.py': 'import sys\nfrom algos import ALGOS\nmodel = ALGOS[sys.argv[1]]("MlpPolicy", env)\nmodel.learn(1000)\nmodel.save("a")\n',
        'algos.py': 'from stable_baselines3 import PPO, SAC\nALGOS = {"ppo": PPO, "sac": SAC}\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a class out of what the file imports',
      files: {
        'train.py':
          'import sys\nfrom xgboost import XGBClassifier, XGBRegressor\nmodel = globals()[sys.argv[1]](n_estimators=10)\nmodel.fit(x, y)\nmodel.save_model("a.json")\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'epochs that a runner of segmentation_models_pytorch goes through',
      files: {
        'train.py':
          'import torch\nimport segmentation_models_pytorch as smp\nnet = smp.Unet()\nopt = torch.optim.Adam(net.parameters(), lr=1e-4)\ntrain_epoch = smp.utils.train.TrainEpoch(net, loss=loss, metrics=[], optimizer=opt)\nvalid_epoch = smp.utils.train.ValidEpoch(net, loss=loss, metrics=[])\nfor epoch in range(40):\n    train_logs = train_epoch.run(train_loader)\n    valid_logs = valid_epoch.run(valid_loader)\n    torch.save(net, "last.pth")\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'an estimator that another file makes',
      files: {
        'pipeline.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\npipe = make_pipeline(StandardScaler(), Ridge())\n',
        'train.py': 'from pipeline import pipe\npipe.fit(X_train, y_train)\nprint(pipe.score(X_test, y_test))\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'a class that fine-tunes, for a caller that is not in view',
      files: {
        'student.py':
          'import torch\nfrom accelerate import Accelerator\nclass Student:\n    def __init__(self, net):\n        self.net = net\n        self.accelerator = Accelerator()\n    def fine_tune(self, loader, epochs=3):\n        opt = torch.optim.AdamW(self.net.parameters())\n        for epoch in range(epochs):\n            for batch in loader:\n                loss = self.net(**batch).loss\n                self.accelerator.backward(loss)\n                opt.step()\n                opt.zero_grad()\n',
      },
    },
    {
      title: 'a file that is fetched is no record',
      files: {
        'train.py':
          'import requests, torch\nwith open("rows.bz2", "wb") as f:\n    f.write(requests.get(URL).content)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n    print(loss.item())\n',
      },
    },
    {
      title: 'a model of DeepXDE',
      files: {
        'train.py':
          'import deepxde as dde\nnet = dde.nn.FNN([1, 20, 1], "tanh", "Glorot uniform")\nmodel = dde.Model(rows, net)\nmodel.compile("adam", lr=0.001)\nlosses, state = model.train(iterations=10000)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a monitor that only counts',
      files: {
        'train.py':
          'from stable_baselines3 import PPO\nfrom stable_baselines3.common.monitor import Monitor\nmodel = PPO("MlpPolicy", Monitor(env))\nmodel.learn(1000)\nmodel.save("a")\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'weights in a binary file are no record',
      files: {
        'train.py':
          'import jax, optax\nfrom flax import serialization\nfor epoch in range(9):\n    for batch in data:\n        loss, grads = jax.value_and_grad(loss_fn)(params, batch)\n        params = optax.apply_updates(params, grads)\n    print(loss)\nout = serialization.to_bytes(params)\nf = open("net.bin", "wb")\nf.write(out)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'predictions in a folder that is named for results',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\nmodel = Ridge().fit(x, y)\nprint(r2_score(b, model.predict(a)))\npd.DataFrame({"r2": model.predict(c)}).to_csv("prediction_result/predictions_ridge.csv")\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'a Trainer without a logger drops what is logged',
      files: {
        'train.py':
          'import lightning as L\nclass Net(L.LightningModule):\n    def training_step(self, batch, i):\n        loss = self.layer(batch).mean()\n        self.log("train_loss", loss)\n        return loss\ntrainer = L.Trainer(max_epochs=3, logger=False)\ntrainer.fit(Net(), loader)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'estimators that a function puts into a table, and only a table of predictions is written',
      files: {
        'fit.py':
          'import argparse\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.svm import SVR\nfrom sklearn.metrics import r2_score\nargs = argparse.ArgumentParser().parse_args()\ndef candidates():\n    return {"ridge": Ridge(), "svr": SVR()}\nfor name, model in candidates().items():\n    model.fit(x, y)\n    print(r2_score(b, model.predict(a)))\nsubmission = pd.DataFrame({"score": model.predict(c)})\nsubmission.to_csv(args.out)\n',
      },
      at: 'fit.py:10',
    },
    {
      title: 'a model beside CatBoost, after clusters that become a feature',
      files: {
        'fit.py':
          'import lightgbm as lgb\nfrom catboost import CatBoostRegressor\nfrom sklearn.cluster import KMeans\nx["c"] = KMeans(5, random_state=0).fit(x).labels_\nbooster = lgb.train(params, rows, valid_sets=[others])\nother = CatBoostRegressor()\nother.fit(x, y)\nprint(booster.best_score)\n',
      },
      at: 'fit.py:5',
    },
    {
      title: 'a stage of a pipeline that is started out of view',
      files: {
        'stage.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\nclass ModelTrainer:\n    def __init__(self, config):\n        self.config = config\n    def train(self):\n        df = pd.read_csv(self.config.path)\n        model = Ridge().fit(df[["a"]], df["b"])\n        print(r2_score(df["b"], model.predict(df[["a"]])))\n',
      },
      at: 'stage.py:9',
    },
    {
      title: 'a network of skorch',
      files: {
        'fit.py': 'from skorch import NeuralNetClassifier\nnet = NeuralNetClassifier(Net, max_epochs=10)\nnet.fit(x, y)\nnet.save_params("a.pt")\n',
      },
      at: 'fit.py:3',
    },
    {
      title: 'a session of TensorFlow 1',
      files: {
        'train.py':
          'import tensorflow as tf\nloss = tf.reduce_mean(tf.square(out - y))\nstep = tf.train.AdamOptimizer(1e-3).minimize(loss)\nwith tf.Session() as sess:\n    for i in range(1000):\n        _, value = sess.run([step, loss], feed_dict={x: rows})\n        print(value)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a model that the project’s function gives back beside another',
      files: {
        'net.py':
          'from tensorflow import keras\ndef build(n):\n    base = keras.Sequential([])\n    model = keras.Model(base.input, base.output)\n    return model, base\n',
        'train.py': 'from net import build\nmodel, base = build(3)\nmodel.fit(x, y)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a model of another package, by what its fit is asked for',
      files: {
        'train.py':
          'import tensorflow as tf\nimport segmentation_models as sm\nmodel = sm.Unet("resnet34")\nmodel.compile("adam", loss="mse")\nmodel.fit(x, y, epochs=5, validation_data=(a, b))\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a class of a package whose users call train',
      files: {
        'gan.py':
          'import numpy as np\nfrom tensorflow.keras.models import Sequential\nclass Gan:\n    def __init__(self):\n        self.net = Sequential([])\n    def train(self, epochs):\n        for epoch in range(epochs):\n            loss = self.net.train_on_batch(x, y)\n            print(loss)\n',
      },
      at: 'gan.py:7',
    },
    {
      title: 'branches that choose the algorithm',
      files: {
        'train.py':
          'from stable_baselines3 import A2C, PPO\ndef make(name, env):\n    if name == "ppo":\n        model = PPO("MlpPolicy", env)\n    elif name == "a2c":\n        model = A2C("MlpPolicy", env)\n    else:\n        return None\n    model.learn(total_timesteps=1000)\n    return model\nmake(name, env).save("a")\n',
      },
      at: 'train.py:9',
    },
    {
      title: 'a class out of a table',
      files: {
        'train.py':
          'from stable_baselines3 import A2C, PPO\nknown = {"ppo": PPO, "a2c": A2C}\nmodel = known[name]("MlpPolicy", env)\nmodel.learn(1000)\nmodel.save("a")\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'sentence embeddings',
      files: {
        'tune.py':
          'from sentence_transformers import SentenceTransformer, losses\nmodel = SentenceTransformer("all-mpnet-base-v2")\nmodel.fit(train_objectives=[(loader, losses.CosineSimilarityLoss(model))], epochs=3)\nmodel.save("out")\n',
      },
      at: 'tune.py:3',
    },
    {
      title: 'a model of Keras’ long name from a function',
      files: {
        'train.py':
          'import tensorflow as tf\ndef build():\n    model = tf.keras.models.Sequential()\n    model.add(tf.keras.layers.Dense(1))\n    return model\nmodel = build()\nmodel.compile("sgd", "mse")\nmodel.fit(x, y, epochs=9)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a target that is scaled around the estimator',
      files: {
        'fit.py':
          'from sklearn.compose import TransformedTargetRegressor\nfrom sklearn.linear_model import LinearRegression\nmodel = TransformedTargetRegressor(LinearRegression())\nmodel.fit(x, y)\nprint(model.score(a, b))\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'gradients of Flax’s own',
      files: {
        'train.py':
          'import optax\nfrom flax import nnx\nfor step in range(9):\n    loss, grads = nnx.value_and_grad(loss_fn)(model)\n    optimizer.update(model, grads)\n    print(loss)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a gradient that a decorator takes',
      files: {
        'train.py':
          'import equinox as eqx\nimport optax\noptim = optax.adam(0.1)\n@eqx.filter_value_and_grad\ndef loss_of(model, x, y):\n    return ((model(x) - y) ** 2).mean()\n@eqx.filter_jit\ndef step(model, x, y, state):\n    loss, grads = loss_of(model, x, y)\n    updates, state = optim.update(grads, state)\n    return loss, eqx.apply_updates(model, updates), state\nfor at in range(9):\n    loss, model, state = step(model, x, y, state)\n    print(loss)\n',
      },
      at: 'train.py:12',
    },
    {
      title: 'fastai by way of several wildcards',
      files: {
        'train.py':
          'from fastai.basics import *\nfrom fastai.vision.all import *\nfrom other import *\nlearn = Learner(dls, net(), metrics=[accuracy])\nif half:\n    learn = learn.to_fp16()\nlearn.fit_flat_cos(5, 0.01)\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'a file of predictions is no record of the training',
      files: {
        'fit.py':
          'import lightgbm as lgb\nimport pandas as pd\nfrom sklearn.metrics import roc_auc_score\nbooster = lgb.train(params, train_set, valid_sets=[val_set])\npredictions = booster.predict(X_test)\nprint("score", roc_auc_score(y_val, booster.predict(X_val)))\npd.DataFrame({"id": ids, "target": predictions}).to_csv("submission.csv", index=False)\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'one estimator after the other',
      files: {
        'fit.py':
          'from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.svm import SVC\nmodels = {"forest": RandomForestClassifier(random_state=0), "svm": SVC()}\nfor name, model in models.items():\n    model.fit(X_train, y_train)\n    print(name, model.score(X_test, y_test))\n',
      },
      at: 'fit.py:5',
    },
    {
      title: 'a helper that is handed estimators',
      files: {
        'fit.py':
          'from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.svm import SVC\ndef run(model):\n    model.fit(X_train, y_train)\n    print(model.score(X_test, y_test))\nrun(SVC())\nrun(RandomForestClassifier(random_state=0))\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'an engine without a logger',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import create_supervised_trainer\nnet = torch.nn.Linear(2, 1)\ntrainer = create_supervised_trainer(net, torch.optim.SGD(net.parameters(), 0.1), torch.nn.MSELoss())\ntrainer.run(loader, max_epochs=3)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a loop that prints',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor epoch in range(9):\n    for x, y in data:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n    print(epoch, loss.item())\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a logger in a comment is no logger',
      files: {
        'fit.py': 'import keras\nmodel = keras.Sequential([])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=9)  # mlflow.autolog() some day\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'classes that fill in a method that their base leaves open',
      files: {
        'models.py':
          'import xgboost as xgb\nfrom sklearn.metrics import r2_score\n\n\nclass Base:\n    def fit(self, X, y):\n        """Fits the model."""\n        raise NotImplementedError\n\n\nclass Xgb(Base):\n    def fit(self, X, y):\n        self.model = xgb.XGBRegressor(n_estimators=500)\n        self.model.fit(X, y)\n        print(r2_score(y, self.model.predict(X)))\n\n\nclass Other(Base):\n    def fit(self, X, y):\n        pass\n',
        'train.py': 'from models import Base, Xgb\n\n\ndef run(model: Base):\n    model.fit(X, y)\n\n\nrun(Xgb())\n',
      },
      at: 'models.py:14',
    },
  ],
  silent: [
    {
      title: 'a table of predictions with a score in it',
      files: {
        'train.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\ndef fit():\n    model = Ridge().fit(a, b)\n    metrics = {"r2": r2_score(d, model.predict(c))}\n    print(metrics)\n    return model, metrics\nmodel, metrics = fit()\nout = pd.DataFrame({"pred": model.predict(c), "r2": metrics["r2"]})\nout.to_csv("out.csv")\n',
      },
    },
    {
      title: 'scores in a text beside predictions',
      files: {
        'train.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\ndef fit():\n    model = Ridge().fit(a, b)\n    metrics = {"r2": r2_score(d, model.predict(c))}\n    print(metrics)\n    return model, metrics\nmodel, metrics = fit()\nwith open("predictions.txt", "w") as f:\n    f.write(f"r2 score: {metrics}")\n',
      },
    },
    {
      title: 'an estimator of one’s own, which nobody in view fits',
      files: {
        'voting.py':
          'from sklearn.ensemble import VotingClassifier\nfrom sklearn.metrics import accuracy_score\nfrom sklearn.preprocessing import LabelEncoder\nclass Voting(VotingClassifier):\n    def fit(self, X, y):\n        self.codes_ = LabelEncoder().fit(y)\n        return super().fit(X, self.codes_.transform(y))\n    def score(self, X, y):\n        return accuracy_score(y, self.predict(X))\n',
      },
    },
    {
      title: 'a gradient of a picture, not of weights',
      files: {
        'show.py':
          'import tensorflow as tf\nfor picture in pictures:\n    with tf.GradientTape() as tape:\n        tape.watch(picture)\n        score = model(picture)[0]\n    print(tape.gradient(score, picture))\n',
      },
    },
    {
      title: 'the step of a model of Keras is its fit’s',
      files: {
        'train.py':
          'import keras\nimport tensorflow as tf\nclass Net(keras.Model):\n    def train_step(self, rows):\n        with tf.GradientTape() as tape:\n            loss = self.score(rows)\n        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.weights), self.weights))\n        return {"loss": loss}\nnet = Net()\nnet.compile("adam")\nnet.fit(data, epochs=3, callbacks=[keras.callbacks.CSVLogger("log.csv")])\n',
      },
    },
    {
      title: 'a chosen algorithm that writes events',
      files: {
        'train.py':
          'from stable_baselines3 import PPO, SAC\nif name == "ppo":\n    ALGO = PPO\nelse:\n    ALGO = SAC\nmodel = ALGO("MlpPolicy", env, tensorboard_log=folder)\nmodel.learn(1000)\n',
      },
    },
    {
      title: 'a Trainer that nobody here knows may log',
      files: { 'train.py': 'from lab.training import SpeechTrainer\ntrainer = SpeechTrainer(rows)\ntrainer.train()\n' },
    },
    {
      title: 'an Estimator writes its own events',
      files: {
        'train.py':
          'import tensorflow as tf\nnet = tf.estimator.Estimator(model_fn=model_fn, model_dir="out")\ntf.estimator.train_and_evaluate(net, train_spec, eval_spec)\n',
      },
    },
    {
      title: 'a session whose summaries are written',
      files: {
        'train.py':
          'import tensorflow as tf\nloss = tf.reduce_mean(tf.square(out - y))\ntrain_op = tf.train.AdamOptimizer(1e-3).minimize(loss)\nmerged = tf.summary.merge_all()\nwith tf.Session() as sess:\n    writer = tf.summary.FileWriter("logs", sess.graph)\n    for i in range(1000):\n        _, summary = sess.run([train_op, merged], feed_dict={x: rows})\n        writer.add_summary(summary, i)\n',
      },
    },
    {
      title: 'a study with a storage',
      files: {
        'tune.py':
          'import optuna\nimport torch\ndef objective(trial):\n    net = torch.nn.Linear(2, 1)\n    opt = torch.optim.SGD(net.parameters(), trial.suggest_float("lr", 1e-5, 1e-1))\n    for epoch in range(9):\n        net(x).sum().backward()\n        opt.step()\n    return score(net)\nstudy = optuna.create_study(storage="sqlite:///a.db")\nstudy.optimize(objective, n_trials=20)\n',
      },
    },
    {
      title: 'the evaluator writes a table',
      files: {
        'tune.py':
          'from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer("all-mpnet-base-v2")\nmodel.fit(train_objectives=[(loader, loss)], evaluator=evaluator, output_path="out")\n',
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
      title: 'a callback that is handed as a class',
      files: {
        'train.py':
          'from fastai.vision import *\nimport wandb\nfrom wandb.fastai import WandbCallback\nwandb.init(project="a")\nlearn = Learner(data, net, metrics=accuracy, callback_fns=WandbCallback)\nlearn.fit(2)\n',
      },
    },
    {
      title: 'the estimator is logged to a run',
      files: {
        'fit.py':
          'import mlflow\nfrom sklearn.linear_model import Ridge\nwith mlflow.start_run() as run:\n    model = Ridge().fit(x, y)\n    mlflow.sklearn.log_model(model, "model")\nprint(run.info.run_id)\n',
      },
    },
    {
      title: 'Ray Tune keeps what its reporter is given',
      files: {
        'train.py':
          'import torch\nfrom ray import tune\ndef train(config, reporter):\n    net = torch.nn.Linear(2, 1)\n    opt = torch.optim.SGD(net.parameters(), config["lr"])\n    for epoch in range(9):\n        loss = net(x).sum()\n        loss.backward()\n        opt.step()\n        reporter(mean_loss=loss.item())\ntune.register_trainable("train", train)\ntune.run_experiments({"exp": {"run": "train"}})\n',
      },
    },
    {
      title: 'one gradient is no training',
      files: {
        'layer.py':
          'import torch\nclass Layer(torch.nn.Module):\n    def forward(self, x):\n        return x * 2\nif __name__ == "__main__":\n    loss = Layer()(torch.randn(3, requires_grad=True)).sum()\n    loss.backward()\n    print(loss)\n',
      },
    },
    {
      title: 'tests of a package train nothing that counts',
      files: {
        'setup.py': 'from setuptools import setup\nsetup()\n',
        'tests/test_layer.py':
          'import pytest\nimport torch\ndef test_learns():\n    net = torch.nn.Linear(2, 1)\n    opt = torch.optim.SGD(net.parameters(), 0.1)\n    for _ in range(9):\n        net(x).sum().backward()\n        opt.step()\nif __name__ == "__main__":\n    test_learns()\n',
      },
    },
    {
      title: 'a summary writer of Flax',
      files: {
        'train.py':
          'import jax, optax\nfrom flax.metrics import tensorboard\nwriter = tensorboard.SummaryWriter("runs/a")\nfor step in range(9):\n    loss, grads = jax.value_and_grad(loss_fn)(params)\n    params = optax.apply_updates(params, tx.update(grads))\n    writer.scalar("train_loss", loss, step)\n',
      },
    },
    {
      title: 'what a helper of another package sets up may log',
      files: {
        'train.py':
          'import torch\nfrom lab.logs import setup_wandb_logging\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), 0.1)\nlog = setup_wandb_logging(net)\nfor epoch in range(9):\n    loss = net(x).sum()\n    loss.backward()\n    opt.step()\n',
      },
    },
    {
      title: 'loggers that are attached to an engine',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import Events, create_supervised_trainer\nfrom ignite.handlers import TensorboardLogger\nnet = torch.nn.Linear(2, 1)\ntrainer = create_supervised_trainer(net, torch.optim.SGD(net.parameters(), 0.1), torch.nn.MSELoss())\ntb = TensorboardLogger(log_dir="runs/a")\ntb.attach_output_handler(trainer, event_name=Events.ITERATION_COMPLETED, tag="train", output_transform=lambda loss: {"loss": loss})\ntrainer.run(loader, max_epochs=3)\n',
      },
    },
    {
      title: 'a CSV file of its own',
      files: {
        'train.py':
          'import csv, torch\nnet = torch.nn.Linear(2, 1)\nw = csv.writer(open("log.csv", "w"))\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    w.writerow([epoch, loss.item()])\n',
      },
    },
    {
      title: 'Lightning logs by default',
      files: { 'train.py': 'import lightning as L\ntrainer = L.Trainer(max_epochs=3)\ntrainer.fit(model, loader)\n' },
    },
    {
      title: 'a helper of the project logs',
      files: {
        'train.py':
          'import torch\nfrom track import note\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    note("loss", loss.item(), epoch)\n',
        'track.py': 'import mlflow\ndef note(name, value, step):\n    mlflow.log_metric(name, value, step=step)\n',
      },
    },
  ],
};
