// Code on which E-06 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'handlers of Ignite that store validation alone',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import Engine, Events, create_supervised_evaluator\nfrom torch.utils.tensorboard import SummaryWriter\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\ndef update(engine, batch):\n    opt.zero_grad()\n    loss = net(batch).mean()\n    loss.backward()\n    opt.step()\n    return loss.item()\ntrainer = Engine(update)\nevaluator = create_supervised_evaluator(net, metrics={"mse": mse})\nwriter = SummaryWriter("runs")\n@trainer.on(Events.EPOCH_COMPLETED)\ndef score(engine):\n    evaluator.run(val_loader)\n    writer.add_scalar("val/mse", evaluator.state.metrics["mse"], engine.state.epoch)\ntrainer.run(train_loader, max_epochs=9)\n',
      },
      at: 'train.py:18',
    },
    {
      title: 'a logarithm is no log, though the project keeps a text log',
      files: {
        'train.py':
          'import json, logging\nimport numpy as np\nimport torch\nlogging.basicConfig(filename="run.log")\nnet = torch.nn.Linear(2, 1)\ndef score(rows):\n    return net(rows).mean().item()\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        print(np.log(loss.item()), loss.log())\n        loss.backward()\njson.dump({"accuracy": score(held_out)}, open("report.json", "w"))\n',
      },
    },
    {
      title: 'a file of scores after a fit of Keras',
      files: {
        'fit.py':
          'import json\nimport keras\nfrom sklearn.metrics import accuracy_score\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=9)\nwith open("metrics.json", "w") as f:\n    json.dump({"accuracy": accuracy_score(b, model.predict(a))}, f)\n',
      },
      at: 'fit.py:7',
    },
    {
      title: 'boosting of which the last score is logged',
      files: {
        'fit.py':
          'import mlflow\nimport xgboost as xgb\nfrom sklearn.metrics import r2_score\nmodel = xgb.XGBRegressor(n_estimators=90)\nmodel.fit(x, y)\nmlflow.log_metric("val_r2", r2_score(b, model.predict(a)))\n',
      },
      at: 'fit.py:6',
    },
    {
      title: 'a report that is written when all is over',
      files: {
        'train.py':
          'import json, torch\nnet = torch.nn.Linear(2, 1)\ndef score(rows):\n    return net(rows).mean().item()\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    print(score(held_out))\nscore_at_end = score(held_out)\njson.dump({"accuracy": score_at_end}, open("report.json", "w"))\n',
      },
    },
    {
      title: 'a validation set is watched, and the last score kept',
      files: {
        'fit.py':
          'import mlflow\nimport xgboost as xgb\nfrom sklearn.metrics import r2_score\nbooster = xgb.train(params, train, num_boost_round=90, evals=[(valid, "valid")])\nmlflow.log_metric("val_r2", r2_score(b, booster.predict(valid)))\n',
      },
      at: 'fit.py:5',
    },
    {
      title: 'autologging of a fit that watches nothing',
      files: {
        'fit.py':
          'import mlflow\nimport xgboost as xgb\nfrom sklearn.metrics import r2_score\nmlflow.xgboost.autolog()\nmodel = xgb.XGBRegressor(n_estimators=90)\nmodel.fit(x, y)\nmlflow.log_metric("val_r2", r2_score(b, model.predict(a)))\n',
      },
      at: 'fit.py:7',
    },
    {
      title: 'log_metric without a step in the loop',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item())\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'one value after the loop',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\nmlflow.log_metric("train/loss", loss.item())\n',
      },
      at: 'train.py:7',
    },
  ],
  silent: [
    {
      title: 'a handler of Ignite that stores what each step gives back',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import Engine, Events, create_supervised_evaluator\nfrom torch.utils.tensorboard import SummaryWriter\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\ndef update(engine, batch):\n    opt.zero_grad()\n    loss = net(batch).mean()\n    loss.backward()\n    opt.step()\n    return loss.item()\ntrainer = Engine(update)\nevaluator = create_supervised_evaluator(net, metrics={"mse": mse})\nwriter = SummaryWriter("runs")\n@trainer.on(Events.EPOCH_COMPLETED)\ndef score(engine):\n    evaluator.run(val_loader)\n    writer.add_scalar("val/mse", evaluator.state.metrics["mse"], engine.state.epoch)\ndef keep(engine):\n    writer.add_scalar("train/loss", engine.state.output, engine.state.iteration)\ntrainer.add_event_handler(Events.ITERATION_COMPLETED, keep)\ntrainer.run(train_loader, max_epochs=9)\n',
      },
    },
    {
      title: 'a training loss that is computed anew after each epoch',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\ndef losses(rows, held_out):\n    with torch.no_grad():\n        return net(rows).mean().item(), net(held_out).mean().item()\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n    train_loss, val_loss = losses(rows, held_out)\n    with open("losses.txt", "a") as file:\n        file.write(f"{train_loss} {val_loss}\\n")\n',
      },
    },
    {
      title: 'a summary that a session writes step by step',
      files: {
        'train.py':
          'import tensorflow as tf\nloss = tf.reduce_mean(tf.square(out - y))\ntf.summary.scalar("loss", loss)\ntrain_op = tf.train.AdamOptimizer(1e-3).minimize(loss)\nwith tf.train.MonitoredTrainingSession(checkpoint_dir="out") as sess:\n    for i in range(1000):\n        sess.run(train_op)\n',
      },
    },
    {
      title: 'a history of Keras that is written',
      files: {
        'fit.py': 'import json\nimport keras\nmodel = keras.Sequential([])\nrun = model.fit(x, y, epochs=9)\njson.dump(run.history, open("log.json", "w"))\n',
      },
    },
    {
      title: 'boosting whose rounds are read after it',
      files: {
        'fit.py':
          'import mlflow\nimport xgboost as xgb\nmodel = xgb.XGBRegressor(n_estimators=90)\nmodel.fit(x, y, eval_set=[(x, y), (a, b)])\nfor at, value in enumerate(model.evals_result()["validation_1"]["rmse"]):\n    mlflow.log_metric("val/rmse", value, step=at)\n',
      },
    },
    {
      title: 'a name of the training whose value cannot be followed',
      files: {
        'train.py':
          'import jax, optax\nfrom flax.metrics import tensorboard\nwriter = tensorboard.SummaryWriter("runs/a")\nfor epoch in range(9):\n    for batch in data:\n        grads = jax.grad(loss_fn)(params, batch)\n        params = optax.apply_updates(params, tx.update(grads))\n    writer.scalar("train_loss", metrics.compute()["loss"], epoch)\n',
      },
    },
    {
      title: 'one value per epoch with its step',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\n',
      },
    },
    {
      title: 'the reward of an agent in a file of its own',
      files: {
        'train.py':
          'import gym, torch\nenv = gym.make("CartPole-v1")\nnet = torch.nn.Linear(4, 2)\nopt = torch.optim.Adam(net.parameters())\nfile = open("log.csv", "w")\ndef update(batch):\n    for _ in range(4):\n        loss = net(batch).mean()\n        opt.zero_grad()\n        loss.backward()\n        opt.step()\nfor episode in range(99):\n    state, total = env.reset(), 0\n    while True:\n        state, reward, done, _ = env.step(act(state))\n        total += reward\n        if done:\n            break\n    update(state)\n    file.write(f"{episode},{total}\\n")\n',
      },
    },
    {
      title: 'a history that is written after the loop',
      files: {
        'train.py':
          'import json, torch\nnet = torch.nn.Linear(2, 1)\nhistory = []\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    history.append(loss.item())\njson.dump({"loss": history}, open("log.json", "w"))\n',
      },
    },
    {
      title: 'a single fit has no steps',
      files: {
        'fit.py': 'import mlflow\nfrom sklearn.linear_model import Ridge\nmodel = Ridge().fit(x, y)\nmlflow.log_metric("val_r2", model.score(a, b))\n',
      },
    },
  ],
};
