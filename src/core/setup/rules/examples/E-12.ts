// Code on which E-12 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a key of JAX beside settings and pickled weights',
      files: {
        'train.py':
          'import pickle\nimport jax, optax\nfrom jax import random\nimport numpy as np\nimport wandb\nwandb.init(config={"lr": 0.1, "subkeys": True})\nkey = random.PRNGKey(0)\nparams = model.init(key, x)\nfor epoch in range(9000):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x)\n    updates, opt = tx.update(grads, opt)\n    params = optax.apply_updates(params, updates)\n    wandb.log({"loss": loss})\nwith open("w.pkl", "wb") as f:\n    pickle.dump(state.params, f)\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'settings of a search, handed to the function that trains with a seed of its own',
      files: {
        'tune.py':
          'import mlflow\nimport optuna\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.model_selection import train_test_split\n\n\ndef train(params):\n    a, b, c, d = train_test_split(X, y, random_state=42)\n    with mlflow.start_run():\n        model = RandomForestClassifier(max_depth=params.get("max_depth", 5), random_state=42)\n        model.fit(a, c)\n        mlflow.log_params(params)\n        mlflow.log_metric("score", model.score(b, d))\n        return model.score(b, d)\n\n\ndef objective(trial):\n    params = {"max_depth": trial.suggest_int("max_depth", 3, 9)}\n    return train(params)\n\n\noptuna.create_study().optimize(objective, n_trials=9)\n',
      },
      at: 'tune.py:10',
    },
    {
      title: 'a seed beside what an agent of W&B fills in',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\ntorch.manual_seed(1)\nwandb.init()\nlr = wandb.config.lr\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=lr)\nfor x, y in DataLoader(train_set, batch_size=64, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
      at: 'train.py:3',
    },

    {
      title: 'a dictionary without it',
      files: {
        'train.py':
          'import torch\nimport wandb\ntorch.manual_seed(7)\nwandb.init(project="a", config={"lr": 0.1, "epochs": 3})\nfor epoch in range(3):\n    loss = net(x).sum()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'rows that were drawn by the seed are counted, and the seed is not stored',
      files: {
        'train.py':
          'import mlflow\nimport torch\ntorch.manual_seed(7)\nrows = table.sample(900, random_state=7)\nmlflow.log_param("rows", len(rows))\nmlflow.log_param("lr", 0.1)\nfor epoch in range(3):\n    loss = net(rows).sum()\n    loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'options without it',
      files: {
        'train.py':
          'import argparse\nimport torch\nimport wandb\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float, default=0.1)\nargs = p.parse_args()\ntorch.manual_seed(7)\nwandb.init(project="a", config=vars(args))\nfor epoch in range(3):\n    loss = net(x).sum()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'what an estimator is seeded with',
      files: {
        'fit.py':
          'import mlflow\nfrom sklearn.linear_model import ElasticNet\nwith mlflow.start_run():\n    model = ElasticNet(alpha=0.1, l1_ratio=0.5, random_state=42)\n    model.fit(x_train, y_train)\n    mlflow.log_params({"alpha": 0.1, "l1_ratio": 0.5})\n    mlflow.log_metric("val/r2", model.score(x_val, y_val))\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'a seed of the settings, of which others are written',
      files: {
        'fit.py':
          'import json\nimport yaml\nfrom sklearn.linear_model import Lasso\nconf = yaml.safe_load(open("conf.yaml"))\nrandom_state = conf["base"]["random_state"]\nalpha = conf["lasso"]["alpha"]\nmodel = Lasso(alpha=alpha, selection="random", random_state=random_state)\nmodel.fit(x_train, y_train)\nwith open("params.json", "w") as out:\n    params = {"alpha": alpha, "selection": "random"}\n    json.dump(params, out)\nwith open("scores.json", "w") as out:\n    json.dump({"val_r2": model.score(x_val, y_val)}, out)\n',
      },
      at: 'fit.py:7',
    },
    {
      title: 'the name of each of some estimators',
      files: {
        'fit.py':
          'import mlflow\nfrom sklearn.linear_model import SGDClassifier\nfrom sklearn.svm import SVC\nkinds = {"sgd": SGDClassifier(random_state=5), "svm": SVC()}\nfor kind, model in kinds.items():\n    with mlflow.start_run(run_name=kind):\n        model.fit(x_train, y_train)\n        mlflow.log_param("kind", kind)\n        mlflow.log_metric("val_f1", model.score(x_val, y_val))\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'only what a search draws is stored',
      files: {
        'fit.py':
          'import mlflow\nfrom sklearn.ensemble import ExtraTreesClassifier\nfrom sklearn.model_selection import GridSearchCV\nsearch = GridSearchCV(ExtraTreesClassifier(random_state=1), {"max_depth": [2, 4]})\nsearch.fit(x_train, y_train)\nmlflow.log_params(search.best_params_)\nmlflow.log_metric("val/score", search.score(x_val, y_val))\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'a number and the rank',
      files: {
        'train.py':
          'import os\nimport torch\nimport wandb\nlr = 0.1\nrank = int(os.environ.get("RANK", 0))\ntorch.manual_seed(1337 + rank)\nconfig = {k: globals()[k] for k in ["lr"]}\nwandb.init(project="a", config=config)\nfor epoch in range(3):\n    loss = net(x).sum()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
      at: 'train.py:6',
    },
  ],
  silent: [
    {
      title: 'the seed is among the settings that are handed over',
      files: {
        'tune.py':
          'import mlflow\nfrom sklearn.ensemble import RandomForestClassifier\n\n\ndef train(params):\n    with mlflow.start_run():\n        model = RandomForestClassifier(**params)\n        model.fit(X, y)\n        mlflow.log_params(params)\n        mlflow.log_metric("score", model.score(X_test, y_test))\n\n\ntrain({"max_depth": 3, "random_state": 42})\n',
      },
    },
    {
      title: 'a seed that an agent of W&B fills in',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.data import DataLoader\n\nwandb.init()\ntorch.manual_seed(wandb.config.seed)\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=lr)\nfor x, y in DataLoader(train_set, batch_size=64, shuffle=True):\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
      },
    },

    {
      title: 'a stage of DVC names it',
      files: {
        'dvc.yaml': 'stages:\n  fit:\n    cmd: python fit.py\n    params:\n    - base.random_state\n    - lasso.alpha\n',
        'fit.py':
          'import json\nimport yaml\nfrom sklearn.linear_model import Lasso\nconf = yaml.safe_load(open("conf.yaml"))\nrandom_state = conf["base"]["random_state"]\nalpha = conf["lasso"]["alpha"]\nmodel = Lasso(alpha=alpha, selection="random", random_state=random_state)\nmodel.fit(x_train, y_train)\nwith open("params.json", "w") as out:\n    params = {"alpha": alpha, "selection": "random"}\n    json.dump(params, out)\nwith open("scores.json", "w") as out:\n    json.dump({"val_r2": model.score(x_val, y_val)}, out)\n',
      },
    },
    {
      title: 'the seed is one of what a search goes through',
      files: {
        'fit.py':
          'import mlflow\nfrom sklearn.ensemble import ExtraTreesClassifier\nfrom sklearn.model_selection import GridSearchCV\nsearch = GridSearchCV(ExtraTreesClassifier(random_state=1), {"max_depth": [2, 4], "random_state": [1, 2]})\nsearch.fit(x_train, y_train)\nmlflow.log_params(search.best_params_)\nmlflow.log_metric("val/score", search.score(x_val, y_val))\n',
      },
    },
    {
      title: 'autologging keeps what an estimator is seeded with',
      files: {
        'fit.py':
          'import mlflow\nfrom sklearn.linear_model import Ridge\nmlflow.sklearn.autolog()\nwith mlflow.start_run():\n    mlflow.log_params({"alpha": 0.1, "solver": "sag"})\n    Ridge(alpha=0.1, solver="sag", random_state=42).fit(x, y)\n',
      },
    },
    {
      title: 'handed to a helper from settings of which a part is stored',
      files: {
        'train.py':
          'import torch\nimport wandb\nimport yaml\ndef fix(seed):\n    torch.manual_seed(seed)\ncfg = yaml.safe_load(open("a.yaml"))\nfix(int(cfg["model"].get("random_seed", 1)))\nwandb.init(project="a", config=cfg["model"])\nfor epoch in range(3):\n    loss = net(x).sum()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
    },
    {
      title: 'part of a set that is written whole',
      files: {
        'train.py':
          'import json\nimport torch\nfrom conf import load\nfrom util import seed_all\nconfig = load()\nwith open("out/config.json", "w") as f:\n    f.write(json.dumps(config.to_dict()))\nseed_all(config.system.seed)\nfor epoch in range(3):\n    loss = net(x).sum()\n    loss.backward()\n    print(loss.item(), file=open("loss.txt", "a"))\n',
        'util.py': 'import torch\ndef seed_all(seed):\n    torch.manual_seed(seed)\n',
      },
    },
    {
      title: 'among the options',
      files: {
        'train.py':
          'import argparse\nimport torch\nimport wandb\np = argparse.ArgumentParser()\np.add_argument("--seed", type=int, default=1)\nargs = p.parse_args()\ntorch.manual_seed(args.seed)\nwandb.init(project="a", config=vars(args))\nfor epoch in range(3):\n    loss = net(x).sum()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
    },
    {
      title: 'by its own call',
      files: {
        'train.py':
          'import mlflow\nimport torch\nSEED = 3\ntorch.manual_seed(SEED)\nmlflow.log_params({"lr": 0.1, "epochs": 3})\nmlflow.log_param("seed", SEED)\nfor epoch in range(3):\n    loss = net(x).sum()\n    loss.backward()\n    mlflow.log_metric("loss", loss.item(), step=epoch)\n',
      },
    },
  ],
};
