// Code on which E-24 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'the folder of test images under the name of validation',
      files: {
        'train.py':
          'from tensorflow import keras\nfrom tensorflow.keras.preprocessing.image import ImageDataGenerator\nvalidation_data_dir = "data/test"\nrows = ImageDataGenerator(rescale=1 / 255)\nvalidation_generator = rows.flow_from_directory(validation_data_dir, batch_size=20)\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.fit(train_generator, epochs=20, validation_data=validation_generator)\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'a callback that draws test images does not stand for the fit',
      files: {
        'train.py':
          'from tensorflow import keras\nfrom tensorflow.keras.callbacks import LambdaCallback\ndef draw(epoch, logs):\n    test_data = x_test[:8]\n    show([image for image in test_data])\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.fit(x_train, y_train, epochs=20, validation_data=(x_test, y_test), callbacks=[LambdaCallback(on_epoch_end=draw)])\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'a comprehension over test rows with a step that is named after evaluation',
      files: {
        'train.py':
          'import jax, optax\nfrom flax.training import train_state\ndef train_step(state, batch):\n    loss, grads = jax.value_and_grad(loss_fn)(state.params, batch)\n    return state.apply_gradients(grads=grads), loss\ndef eval_step(state, x, y):\n    return (state.apply_fn(state.params, x).argmax(-1) == y).mean()\nfor epoch in range(9):\n    for batch in train_loader:\n        state, loss = train_step(state, batch)\n    accuracies = [eval_step(state, x, y) for x, y in test_loader]\n    print(sum(accuracies))\n',
      },
      at: 'train.py:11',
    },
    {
      title: 'a method of a model that is not in view, in each round of a trial',
      files: {
        'tune.py':
          'import torch\nimport torch.nn as nn\nfrom ray import tune\nfrom ray.air import session\nfrom library import ResNet, load_data\ndef objective(config):\n    train_loader, test_loader = load_data()\n    model = ResNet(config["depth"])\n    opt = torch.optim.SGD(model.parameters(), lr=config["lr"])\n    while True:\n        model.train_epoch(train_loader, opt, nn.CrossEntropyLoss())\n        acc = model.test(test_loader)\n        session.report({"accuracy": acc})\ntuner = tune.Tuner(objective, param_space={"lr": tune.grid_search([0.1, 0.01])}, tune_config=tune.TuneConfig(metric="accuracy", mode="max"))\ntuner.fit()\n',
      },
      at: 'tune.py:12',
    },
    {
      title: 'validation by name, and test rows by what is loaded',
      files: {
        'train.py':
          'import jax, optax\nfrom lab import load_dataset\ndef loss_fn(params, batch):\n    return ((params * batch) ** 2).mean()\ntrain_rows = load_dataset("train")\nvalid_rows = load_dataset("test")\nfor step in range(900):\n    grads = jax.grad(loss_fn)(params, next(train_rows))\n    updates, state = optimizer.update(grads, state)\n    params = optax.apply_updates(params, updates)\n    if step % 100 == 0:\n        print(loss_fn(params, next(valid_rows)))\n',
      },
      at: 'train.py:12',
    },
    {
      title: 'a table of splits, gone through in each epoch',
      files: {
        'train.py':
          'import torch\ndef score(net, loader):\n    with torch.no_grad():\n        return sum((net(x).argmax(1) == y).sum().item() for x, y in loader)\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    scores = {name: score(net, part) for name, part in {"train": train_loader, "test": test_loader}.items()}\n',
      },
      at: 'train.py:11',
    },
    {
      title: 'a phase of each epoch',
      files: {
        'train.py':
          'import torch\nfor epoch in range(9):\n    for phase in ["train", "test"]:\n        net.train(phase == "train")\n        for x, y in loaders[phase]:\n            opt.zero_grad()\n            with torch.set_grad_enabled(phase == "train"):\n                loss = crit(net(x), y)\n                if phase == "train":\n                    loss.backward()\n                    opt.step()\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a function of the project that measures, in each epoch',
      files: {
        'train.py':
          'import jax, optax\nimport jax.numpy as jnp\ndef accuracy_fn(params, x, y):\n    return jnp.mean(jnp.argmax(predict(params, x), axis=-1) == y)\ndef update(params, opt_state, x, y):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x, y)\n    updates, opt_state = optimizer.update(grads, opt_state)\n    return optax.apply_updates(params, updates), opt_state\nfor epoch in range(10):\n    for x, y in batches(x_train, y_train):\n        params, opt_state = update(params, opt_state, x, y)\n    print(accuracy_fn(params, x_train, y_train), accuracy_fn(params, jnp.array(x_test), jnp.array(y_test)))\n',
      },
      at: 'train.py:12',
    },
    {
      title: 'a table of models of two libraries',
      files: {
        'train.py':
          'from lightgbm import LGBMClassifier\nfrom xgboost import XGBClassifier\nmodels = {"xgb": XGBClassifier(n_estimators=100), "lgb": LGBMClassifier()}\nfor name, model in models.items():\n    model.fit(X_train, y_train, eval_set=[(X_test, y_test)])\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a fit for each entry of a comprehension',
      files: {
        'train.py':
          'from tensorflow import keras\ndef build(units):\n    return keras.Sequential([keras.layers.Dense(units), keras.layers.Dense(1)])\nhistories = {n: build(n).fit(x_train, y_train, epochs=5, validation_data=(x_test, y_test)) for n in (8, 64)}\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a loop over test rows that adds up what it calls validation',
      files: {
        'train.py':
          'import torch\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    for x, y in test_loader:\n        with torch.no_grad():\n            val_loss += crit(net(x), y).item()\n    print(val_loss)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'every few steps, and at the last',
      files: {
        'train.py':
          'import torch\ndef score(net, loader):\n    with torch.no_grad():\n        return sum((net(x).argmax(1) == y).sum().item() for x, y in loader)\n\n\nfor step, (x, y) in enumerate(train_loader):\n    opt.zero_grad()\n    loss = crit(net(x), y)\n    loss.backward()\n    opt.step()\n    if step % 5 == 0 or step == steps - 1:\n        print(score(net, test_loader))\n',
      },
      at: 'train.py:13',
    },
    {
      title: 'test rows by another name',
      files: {
        'train.py':
          'from datasets import load_dataset\nfrom transformers import Trainer, TrainingArguments\nds = load_dataset("imdb", revision="a")\nevaluated = ds["test"].map(tokenize)\nargs = TrainingArguments("out", eval_strategy="epoch")\ntrainer = Trainer(model=model, args=args, train_dataset=ds["train"], eval_dataset=evaluated)\ntrainer.train()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'the second loader of a fit',
      files: {
        'train.py':
          'import pytorch_lightning as pl\nfrom torch.utils.data import DataLoader\ntest_loader = DataLoader(rows)\ntrainer = pl.Trainer(max_epochs=3)\ntrainer.fit(net, train_loader, test_loader)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'what a module gives to validate on',
      files: {
        'train.py':
          'import pytorch_lightning as pl\nfrom torch.utils.data import DataLoader\nfrom lab import Rows\nclass Net(pl.LightningModule):\n    def training_step(self, batch, i):\n        return self.layer(batch).mean()\n    def val_dataloader(self):\n        rows = Rows(mode="test")\n        return DataLoader(rows, batch_size=16)\npl.Trainer(max_epochs=3).fit(Net())\n',
      },
      at: 'train.py:9',
    },
    {
      title: 'a step that another module takes',
      files: {
        'train.py':
          'import torch\nfrom engine import train_one_epoch, evaluate\nfor epoch in range(9):\n    train_one_epoch(model, optimizer, train_loader, epoch)\n    evaluate(model, test_loader)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a step and a test of another package',
      files: {
        'train.py':
          'import torch\nfrom lab.steps import train, test\nfor epoch in range(9):\n    train(model, optimizer, train_loader)\n    score = test(model, test_loader)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'each epoch',
      files: {
        'train.py':
          'import torch\ndef score(net, loader):\n    with torch.no_grad():\n        return sum((net(x).argmax(1) == y).sum().item() for x, y in loader)\n\n\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    print(score(net, test_loader))\n',
      },
      at: 'train.py:13',
    },
    {
      title: 'handed to a scorer with a limit that is named after validation, and to one out of view',
      files: {
        'train.py':
          'import torch\nfrom scoring import test\ndef evaluate(net, loader, most):\n    with torch.no_grad():\n        return sum((net(x).argmax(1) == y).sum().item() for x, y in loader)\n\n\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    print(evaluate(net, test_loader, most=args.limit_val_batches))\n    with torch.no_grad():\n        scores = test(net, loader=testloader)\n        net.eval()\n',
      },
      at: 'train.py:14',
    },
    {
      title: 'as validation data',
      files: {
        'fit.py':
          'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=9)\n',
      },
    },
    {
      title: 'a list of sets to watch',
      files: {
        'fit.py': 'import xgboost as xgb\nwatchlist = [(xg_train, "train"), (xg_test, "test")]\nbooster = xgb.train(params, xg_train, 50, watchlist)\n',
      },
      at: 'fit.py:3',
    },
    {
      title: 'a set of LightGBM that is made from test rows',
      files: {
        'fit.py':
          'import lightgbm as lgb\nlgb_train = lgb.Dataset(X_train, y_train)\nlgb_eval = lgb.Dataset(X_test, y_test, reference=lgb_train)\nbooster = lgb.train(params, lgb_train, num_boost_round=20, valid_sets=lgb_eval)\n',
      },
      at: 'fit.py:4',
    },
  ],
  silent: [
    {
      title: 'a folder of validation images',
      files: {
        'train.py':
          'from tensorflow import keras\nfrom tensorflow.keras.preprocessing.image import ImageDataGenerator\nvalidation_data_dir = "data/val"\nrows = ImageDataGenerator(rescale=1 / 255)\nvalidation_generator = rows.flow_from_directory(validation_data_dir, batch_size=20)\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.fit(train_generator, epochs=20, validation_data=validation_generator)\n',
      },
    },
    {
      title: 'validation by name, and the part of the training data that a split calls test',
      files: {
        'train.py':
          'import torch\nfrom datasets import load_dataset\nfrom torch.utils.data import DataLoader\nparts = load_dataset("imdb", split="train", revision="a").train_test_split(test_size=0.1, seed=0)\nval_loader = DataLoader(parts["test"], batch_size=8)\ndef evaluate(net, loader):\n    with torch.no_grad():\n        return sum((net(x).argmax(1) == y).sum().item() for x, y in loader)\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    print(evaluate(net, val_loader))\n',
      },
    },
    {
      title: 'a table of splits that is drawn in each epoch, and one with validation data',
      files: {
        'train.py':
          'import torch\nimport matplotlib.pyplot as plt\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    for name in ["train", "test"]:\n        plt.plot(history[name])\n    for phase in ["train", "val", "test"]:\n        print(phase)\n',
      },
    },
    {
      title: 'a function of the project that measures, after the last epoch',
      files: {
        'train.py':
          'import jax, optax\nimport jax.numpy as jnp\ndef accuracy_fn(params, x, y):\n    return jnp.mean(jnp.argmax(predict(params, x), axis=-1) == y)\ndef update(params, opt_state, x, y):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x, y)\n    updates, opt_state = optimizer.update(grads, opt_state)\n    return optax.apply_updates(params, updates), opt_state\nfor epoch in range(10):\n    for x, y in batches(x_train, y_train):\n        params, opt_state = update(params, opt_state, x, y)\n    print(accuracy_fn(params, x_val, y_val))\nprint(accuracy_fn(params, x_test, y_test))\n',
      },
    },
    {
      title: 'a part of the training data that is named so',
      files: {
        'train.py':
          'from datasets import load_dataset\nfrom transformers import Trainer, TrainingArguments\nparts = load_dataset("imdb", split="train", revision="a").train_test_split(test_size=0.1, seed=0)\nevaluated = parts["test"].map(tokenize)\nargs = TrainingArguments("out", eval_strategy="epoch")\ntrainer = Trainer(model=model, args=args, train_dataset=parts["train"], eval_dataset=evaluated)\ntrainer.train()\n',
      },
    },
    {
      title: 'a function named test that goes through validation data',
      files: {
        'train.py':
          'import torch\ndef test():\n    with torch.no_grad():\n        return sum((net(x).argmax(1) == y).sum().item() for x, y in eval_loader)\n\n\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    print(test())\n',
      },
    },
    {
      title: 'once, at the end',
      files: {
        'train.py':
          'import torch\ndef score(net, loader):\n    with torch.no_grad():\n        return sum((net(x).argmax(1) == y).sum().item() for x, y in loader)\n\n\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    print(score(net, val_loader))\nprint(score(net, test_loader))\n',
      },
    },
  ],
};
