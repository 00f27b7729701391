// Code on which E-23 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a sweep of W&B that a file describes',
      files: {
        'sweep.yaml': 'program: train.py\nmethod: bayes\nmetric:\n  goal: minimize\n  name: train/loss\nparameters:\n  lr:\n    min: 0.001\n    max: 0.1\n',
        'train.py':
          'import torch, wandb\nwandb.init()\nopt = torch.optim.SGD(net.parameters(), lr=wandb.config.lr)\nfor epoch in range(9):\n    for x, y in train_loader:\n        loss = criterion(net(x), y)\n        loss.backward()\n        opt.step()\n    wandb.log({"train/loss": loss.item(), "val/loss": evaluate(net, val_loader)})\n',
      },
      at: 'sweep.yaml:5',
    },
    {
      title: 'a comparison by a name of its own, and a path',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nbest = 9.0\nfor epoch in range(9):\n    for x, y in train_loader:\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    with torch.no_grad():\n        test_loss = sum(crit(net(x), y).item() for x, y in test_loader)\n    good = epoch > 2 and test_loss < best\n    if path is not None and good:\n        best = test_loss\n        torch.save(net.state_dict(), path)\n',
      },
    },
    {
      title: 'a sweep of W&B over the error on the training rows',
      files: {
        'sweep.py':
          'import wandb\nfrom sklearn.metrics import mean_squared_error\nfrom xgboost import XGBRegressor\ndef run():\n    wandb.init()\n    model = XGBRegressor(max_depth=wandb.config.max_depth)\n    model.fit(X_train, y_train)\n    rmse_test = mean_squared_error(y_test, model.predict(X_test))\n    rmse_train = mean_squared_error(y_train, model.predict(X_train))\n    wandb.log({"rmse_test": rmse_test, "rmse_train": rmse_train})\nconfig = {"method": "random", "parameters": {"max_depth": {"values": [1, 2, 5]}}}\nconfig["metric"] = {"name": "rmse_train", "goal": "minimize"}\nwandb.agent(wandb.sweep(config, project="p"), function=run)\n',
      },
      at: 'sweep.py:12',
    },
    {
      title: 'a study over the score of the rows that were fitted',
      files: {
        'tune.py':
          'import optuna\nfrom sklearn.ensemble import RandomForestRegressor\nfrom sklearn.metrics import r2_score\nfrom sklearn.model_selection import cross_val_score\ndef objective(trial):\n    model = RandomForestRegressor(max_depth=trial.suggest_int("d", 2, 9)).fit(X_train, y_train)\n    return r2_score(y_train, model.predict(X_train))\nstudy = optuna.create_study(direction="maximize")\nstudy.optimize(objective, n_trials=20)\nmodel = RandomForestRegressor(**study.best_params).fit(X_train, y_train)\nprint(r2_score(y_test, model.predict(X_test)))\n',
      },
      at: 'tune.py:7',
    },
    {
      title: 'a setting by the error that a function is handed test data for',
      files: {
        'train.py':
          'from sklearn.tree import DecisionTreeRegressor\nfrom sklearn.metrics import mean_absolute_error\ndef error(leaves, train_x, val_x, train_y, val_y):\n    model = DecisionTreeRegressor(max_leaf_nodes=leaves).fit(train_x, train_y)\n    said = model.predict(val_x)\n    return mean_absolute_error(val_y, said)\nlowest = 9e9\nfor leaves in range(2, 25):\n    mae = error(leaves, train_x, test_x, train_y, test_y)\n    if mae < lowest:\n        lowest = mae\n        chosen = leaves\nmodel = DecisionTreeRegressor(max_leaf_nodes=chosen).fit(train_x, train_y)\n',
      },
      at: 'train.py:10',
    },
    {
      title: 'the place of the best of a list of test scores',
      files: {
        'train.py':
          'import numpy as np\nfrom sklearn.neighbors import KNeighborsClassifier\nks = range(1, 30)\nscores = []\nfor k in ks:\n    model = KNeighborsClassifier(k).fit(X_train, y_train)\n    scores.append(model.score(X_test, y_test))\nbest_k = ks[np.argmax(scores)]\nmodel = KNeighborsClassifier(best_k).fit(X_train, y_train)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a search of Ray that goes by a score on test data',
      files: {
        'tune.py':
          'import torch\nimport torch.nn as nn\nfrom ray import tune\nfrom ray.air import session\nfrom library import ResNet, load_data\ndef objective(config):\n    train_loader, test_loader = load_data()\n    model = ResNet(config["depth"])\n    opt = torch.optim.SGD(model.parameters(), lr=config["lr"])\n    while True:\n        model.train_epoch(train_loader, opt, nn.CrossEntropyLoss())\n        acc = model.test(test_loader)\n        session.report({"accuracy": acc})\ntuner = tune.Tuner(objective, param_space={"lr": tune.grid_search([0.1, 0.01])}, tune_config=tune.TuneConfig(metric="accuracy", mode="max"))\ntuner.fit()\n',
      },
      at: 'tune.py:14',
    },
    {
      title: 'what goes into production is the better one on test data',
      files: {
        'train.py':
          'import mlflow\nfrom mlflow.tracking import MlflowClient\nfrom tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.fit(x, y, epochs=5, validation_data=(x_val, y_val))\nloss, test_acc = model.evaluate(x_test, y_test)\nprod_metrics = mlflow.get_run(run_id).data.metrics\nif test_acc > prod_metrics.get("test_acc"):\n    MlflowClient().transition_model_version_stage("m", version, "Production")\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'the best of all runs by a score of test data is put into the registry',
      files: {
        'train.py':
          'import mlflow\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\nwith mlflow.start_run():\n    model = Ridge(alpha=0.1).fit(X_train, y_train)\n    mlflow.log_params(model.get_params())\n    mlflow.log_metric("r2", r2_score(y_test, model.predict(X_test)))\n',
        'register.py':
          'import mlflow\nfrom mlflow.tracking import MlflowClient\nclient = MlflowClient()\nruns = client.search_runs(\n    experiment_ids=["1"],\n    order_by=["metrics.r2 DESC"],\n    max_results=1,\n)\nmlflow.register_model(f"runs:/{runs[0].info.run_id}/model", "prices")\n',
      },
      at: 'register.py:4',
    },

    {
      title: 'a search over a value that the run of each trial holds',
      files: {
        'tune.py':
          'import mlflow\nimport optuna\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\n\n\ndef train(alpha):\n    with mlflow.start_run():\n        model = Ridge(alpha=alpha).fit(X_train, y_train)\n        mlflow.log_param("alpha", alpha)\n        mlflow.log_metric("r2", r2_score(y_test, model.predict(X_test)))\n\n\ndef objective(trial):\n    train(trial.suggest_float("alpha", 0.1, 9))\n    return mlflow.get_run(mlflow.last_active_run().info.run_id).data.metrics["r2"]\n\n\nstudy = optuna.create_study(direction="maximize")\nstudy.optimize(objective, n_trials=20)\n',
      },
      at: 'tune.py:16',
    },

    {
      title: 'a search over what a function of another file scores on test data',
      files: {
        'train.py':
          'import mlflow\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.metrics import accuracy_score, f1_score\n\n\ndef train_and_log(params):\n    with mlflow.start_run():\n        model = RandomForestClassifier(random_state=0, **params)\n        model.fit(X_train, y_train)\n        preds = model.predict(X_test)\n        acc = accuracy_score(y_test, preds)\n        f1 = f1_score(y_test, preds)\n        mlflow.log_params(params)\n        return acc, f1\n',
        'tune.py':
          'import optuna\nfrom train import train_and_log\n\n\ndef objective(trial):\n    acc, f1 = train_and_log({"max_depth": trial.suggest_int("max_depth", 3, 9)})\n    return f1\n\n\nstudy = optuna.create_study(direction="maximize")\nstudy.optimize(objective, n_trials=20)\n',
      },
      at: 'tune.py:7',
    },

    {
      title: 'the best of several estimators, under a name of its own',
      files: {
        'fit.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.svm import SVR\nfrom sklearn.metrics import r2_score\ntop = 0\nfor model in [Ridge(), SVR()]:\n    model.fit(X_train, y_train)\n    if r2_score(y_test, model.predict(X_test)) > top:\n        top = r2_score(y_test, model.predict(X_test))\n        best_model = model\n',
      },
      at: 'fit.py:7',
    },
    {
      title: 'the best of a table of scores',
      files: {
        'fit.py':
          'import joblib\nfrom sklearn.linear_model import Ridge\nfrom sklearn.svm import SVR\nfrom sklearn.metrics import r2_score\nmodels = {"ridge": Ridge(), "svr": SVR()}\nscores = {}\nfor name, model in models.items():\n    model.fit(X_train, y_train)\n    pred = model.predict(X_test)\n    scores[name] = {"r2": r2_score(y_test, pred)}\nbest_name = max(scores, key=lambda name: scores[name]["r2"])\njoblib.dump(models[best_name], "best.pkl")\n',
      },
      at: 'fit.py:11',
    },
    {
      title: 'the first of a ranking by a key that is named test',
      files: {
        'fit.py':
          'import joblib\nfrom sklearn.linear_model import Ridge\ndef pick(results):\n    ranked = sorted(results, key=lambda one: one["test_r2"], reverse=True)\n    best = ranked[0]\n    return best\nRidge().fit(x, y)\njoblib.dump(pick(rows), "a.pkl")\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'a search by Hyperopt over the score of the test data',
      files: {
        'tune.py':
          'import keras\nfrom hyperopt import STATUS_OK, Trials, fmin, tpe\ndef objective(space):\n    model = keras.Sequential([])\n    model.compile("adam", "mse", metrics=["accuracy"])\n    model.fit(X_train, y_train, epochs=3)\n    score, acc = model.evaluate(X_test, y_test)\n    return {"loss": -acc, "status": STATUS_OK}\nbest = fmin(objective, space, algo=tpe.suggest, max_evals=9, trials=Trials())\n',
      },
      at: 'tune.py:8',
    },
    {
      title: 'the best by a score of the function that tests',
      files: {
        'train.py':
          'import torch\nbest = 0\nnet = torch.nn.Linear(2, 2)\nopt = torch.optim.SGD(net.parameters(), 0.1)\ndef test():\n    global best\n    hits = n = 0\n    with torch.no_grad():\n        for x, y in testloader:\n            hits += net(x).argmax(1).eq(y).sum().item()\n            n += len(y)\n    acc = hits / n\n    if acc > best:\n        torch.save(net.state_dict(), "best.pt")\n        best = acc\nfor epoch in range(9):\n    for x, y in trainloader:\n        net(x).sum().backward()\n        opt.step()\n    test()\n',
      },
      at: 'train.py:13',
    },
    {
      title: 'the best by hits counted over the test data, in the script itself',
      files: {
        'train.py':
          'import torch\nbest = 0\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    hits, n = 0, 0\n    for x, y in test_loader:\n        hits += (net(x).argmax(1) == y).sum().item()\n        n += len(y)\n    acc = 100 * hits / n\n    if acc > best:\n        best = acc\n        torch.save(net.state_dict(), "best.pt")\n',
      },
      at: 'train.py:14',
    },
    {
      title: 'the best model by test accuracy',
      files: {
        'train.py':
          'import torch\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    test_acc = evaluate(net, test_loader)\n    if test_acc > best_acc:\n        best_acc = test_acc\n        torch.save(net.state_dict(), "best.pt")\n',
      },
      at: 'train.py:9',
    },
    {
      title: 'a flag by test accuracy',
      files: {
        'train.py':
          'import torch\nfor epoch in range(9):\n    for x, y in train_loader:\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    acc1 = test(net, test_loader)\n    is_best = acc1 > best_acc1\n    best_acc1 = max(acc1, best_acc1)\n    save_checkpoint({"net": net.state_dict()}, is_best)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'rounds by the test set, by way of a name',
      files: {
        'train.py':
          'from sklearn.model_selection import train_test_split\nfrom xgboost import XGBClassifier\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\neval_set = [(X_test, y_test)]\nmodel = XGBClassifier()\nmodel.fit(X_train, y_train, early_stopping_rounds=10, eval_set=eval_set)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'rounds by the test set',
      files: {
        'fit.py':
          'import xgboost as xgb\nfrom sklearn.model_selection import train_test_split\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nmodel = xgb.XGBClassifier(early_stopping_rounds=20)\nmodel.fit(X_train, y_train, eval_set=[(X_test, y_test)])\n',
      },
    },
    {
      title: 'the best by a value that is called validation, of test data',
      files: {
        'train.py':
          'import torch\nbest = 0\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    val_stats = evaluate(net, test_loader, most=args.limit_val_batches)\n    if val_stats.accuracy > best:\n        best = val_stats.accuracy\n        torch.save(net.state_dict(), "best.pt")\n',
      },
      at: 'train.py:10',
    },
    {
      title: 'the best by a score of labels and predictions that were gathered from test data',
      files: {
        'train.py':
          'import torch\nfrom sklearn.metrics import accuracy_score\nbest = 0\nfor epoch in range(9):\n    for x, y in training_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    labels, guesses = [], []\n    for x, y in testing_loader:\n        labels.extend(y)\n        guesses.extend(net(x).argmax(1))\n    accuracy = accuracy_score(labels, guesses)\n    if accuracy > best:\n        best = accuracy\n        torch.save(net.state_dict(), "best.pt")\n',
      },
      at: 'train.py:15',
    },
    {
      title: 'the best by what a function returns that goes through test data of its own',
      files: {
        'train.py':
          'import torch\ndef train(epoch):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\ndef evaluate(epoch):\n    hits = 0\n    with torch.no_grad():\n        for x, y in test_loader:\n            hits += (net(x).argmax(1) == y).sum()\n    return hits / len(test_loader.dataset)\nbest = 0\nfor epoch in range(9):\n    train(epoch)\n    acc = evaluate(epoch)\n    if epoch > 3 and best < acc:\n        torch.save(net.state_dict(), "best.pt")\n        best = acc\n',
      },
      at: 'train.py:18',
    },
    {
      title: 'the best by the entry of a table that is of test data, beside scores of folds',
      files: {
        'trainer.py':
          'import joblib\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.metrics import accuracy_score\nfrom sklearn.model_selection import cross_val_score, train_test_split\nfrom sklearn.svm import SVC\n\n\nclass Trainer:\n    def __init__(self):\n        self.models = {"lr": LogisticRegression(), "svc": SVC()}\n\n    def train(self, X, y):\n        X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n        results = {}\n        for name, model in self.models.items():\n            model.fit(X_train, y_train)\n            accuracy = accuracy_score(y_test, model.predict(X_test))\n            results[name] = {"model": model, "accuracy": accuracy, "cv": cross_val_score(model, X_train, y_train).mean()}\n        self.best_model = max(results.items(), key=lambda x: x[1]["accuracy"])[0]\n        joblib.dump(results[self.best_model]["model"], "best.pkl")\n\n\nTrainer().train(X, y)\n',
      },
      at: 'trainer.py:19',
    },
  ],
  silent: [
    {
      title: 'a sweep by a value of the validation data that a file describes',
      files: {
        'sweep.yaml': 'program: train.py\nmethod: bayes\nmetric:\n  goal: minimize\n  name: val/loss\nparameters:\n  lr:\n    min: 0.001\n    max: 0.1\n',
        'train.py':
          'import torch, wandb\nwandb.init()\nopt = torch.optim.SGD(net.parameters(), lr=wandb.config.lr)\nfor epoch in range(9):\n    for x, y in train_loader:\n        loss = criterion(net(x), y)\n        loss.backward()\n        opt.step()\n    wandb.log({"train/loss": loss.item(), "val/loss": evaluate(net, val_loader)})\n',
      },
    },
    {
      title: 'a sweep of W&B over an error on validation rows',
      files: {
        'sweep.py':
          'import wandb\nfrom sklearn.metrics import mean_squared_error\nfrom xgboost import XGBRegressor\ndef run():\n    wandb.init()\n    model = XGBRegressor(max_depth=wandb.config.max_depth)\n    model.fit(X_train, y_train)\n    rmse_test = mean_squared_error(y_test, model.predict(X_test))\n    rmse_train = mean_squared_error(y_train, model.predict(X_train))\n    wandb.log({"rmse_val": rmse_test, "rmse_train": rmse_train})\nconfig = {"method": "random", "parameters": {"max_depth": {"values": [1, 2, 5]}}}\nconfig["metric"] = {"name": "rmse_val", "goal": "minimize"}\nwandb.agent(wandb.sweep(config, project="p"), function=run)\n',
      },
    },
    {
      title: 'a study over folds of the training rows',
      files: {
        'tune.py':
          'import optuna\nfrom sklearn.ensemble import RandomForestRegressor\nfrom sklearn.metrics import r2_score\nfrom sklearn.model_selection import cross_val_score\ndef objective(trial):\n    model = RandomForestRegressor(max_depth=trial.suggest_int("d", 2, 9)).fit(X_train, y_train)\n    return cross_val_score(model, X_train, y_train).mean()\nstudy = optuna.create_study(direction="maximize")\nstudy.optimize(objective, n_trials=20)\nmodel = RandomForestRegressor(**study.best_params).fit(X_train, y_train)\nprint(r2_score(y_test, model.predict(X_test)))\n',
      },
    },
    {
      title: 'a setting by the error on a validation part',
      files: {
        'train.py':
          'from sklearn.tree import DecisionTreeRegressor\nfrom sklearn.metrics import mean_absolute_error\ndef error(leaves, train_x, val_x, train_y, val_y):\n    model = DecisionTreeRegressor(max_leaf_nodes=leaves).fit(train_x, train_y)\n    said = model.predict(val_x)\n    return mean_absolute_error(val_y, said)\nlowest = 9e9\nfor leaves in range(2, 25):\n    mae = error(leaves, train_x, val_x, train_y, val_y)\n    if mae < lowest:\n        lowest = mae\n        chosen = leaves\nmodel = DecisionTreeRegressor(max_leaf_nodes=chosen).fit(train_x, train_y)\n',
      },
    },
    {
      title: 'which setting was best on the test data is only told',
      files: {
        'train.py':
          'from sklearn.tree import DecisionTreeRegressor\nfrom sklearn.metrics import mean_absolute_error\ndef error(leaves, train_x, val_x, train_y, val_y):\n    model = DecisionTreeRegressor(max_leaf_nodes=leaves).fit(train_x, train_y)\n    said = model.predict(val_x)\n    return mean_absolute_error(val_y, said)\nlowest = 9e9\nfor leaves in range(2, 25):\n    mae = error(leaves, train_x, test_x, train_y, test_y)\n    if mae < lowest:\n        lowest = mae\n        chosen = leaves\nprint(f"best: {chosen}")\n',
      },
    },
    {
      title: 'a search of Ray that goes by a score on validation data',
      files: {
        'tune.py':
          'import torch\nimport torch.nn as nn\nfrom ray import tune\nfrom ray.air import session\nfrom library import ResNet, load_data\ndef objective(config):\n    train_loader, val_loader = load_data()\n    model = ResNet(config["depth"])\n    opt = torch.optim.SGD(model.parameters(), lr=config["lr"])\n    while True:\n        model.train_epoch(train_loader, opt, nn.CrossEntropyLoss())\n        acc = model.validate(val_loader)\n        session.report({"accuracy": acc})\ntuner = tune.Tuner(objective, param_space={"lr": tune.grid_search([0.1, 0.01])}, tune_config=tune.TuneConfig(metric="accuracy", mode="max"))\ntuner.fit()\n',
      },
    },
    {
      title: 'the best of all runs by a score of validation data, and one that is only printed',
      files: {
        'train.py':
          'import mlflow\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score\nwith mlflow.start_run():\n    model = Ridge(alpha=0.1).fit(X_train, y_train)\n    mlflow.log_params(model.get_params())\n    mlflow.log_metric("r2", r2_score(y_val, model.predict(X_val)))\n    mlflow.log_metric("last", r2_score(y_test, model.predict(X_test)))\n',
        'register.py':
          'import mlflow\nruns = mlflow.search_runs(order_by=["metrics.r2 DESC"])\nmlflow.register_model(f"runs:/{runs.iloc[0].run_id}/model", "prices")\n',
        'show.py': 'import mlflow\nprint(mlflow.search_runs(order_by=["metrics.last DESC"]).iloc[0])\n',
      },
    },

    {
      title: 'what scikit-learn calls the test score of its folds',
      files: {
        'fit.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import cross_validate\nrows = []\nfor alpha in [0.1, 1.0]:\n    rows.append({"alpha": alpha, "test_score": cross_validate(Ridge(alpha), x, y)["test_score"].mean()})\nbest = max(rows, key=lambda one: one["test_score"])\nRidge(best["alpha"]).fit(x, y)\n',
      },
    },
    {
      title: 'the best of a table of scores over folds, told beside one score of the test data',
      files: {
        'fit.py':
          'import joblib\nfrom sklearn.linear_model import Ridge\nfrom sklearn.svm import SVR\nfrom sklearn.model_selection import cross_val_score\nmodels = {"ridge": Ridge(), "svr": SVR()}\nscores = {}\nfor name, model in models.items():\n    scores[name] = cross_val_score(model, X_train, y_train).mean()\nbest_name = max(scores, key=scores.get)\nbest = models[best_name].fit(X_train, y_train)\nprint(best.score(X_test, y_test))\n',
      },
    },
    {
      title: 'a flag by validation accuracy',
      files: {
        'train.py':
          'import torch\nfor epoch in range(9):\n    for x, y in train_loader:\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    acc1 = validate(val_loader, net)\n    is_best = acc1 > best_acc1\n    best_acc1 = max(acc1, best_acc1)\n    save_checkpoint({"net": net.state_dict()}, is_best)\n',
      },
    },
    {
      title: 'the best by hits counted over validation data, with other names for the test at the end',
      files: {
        'train.py':
          'import torch\nbest = 0\nfor epoch in range(9):\n    for x, y in train_loader:\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    hits, n = 0, 0\n    for x, y in val_loader:\n        hits += (net(x).argmax(1) == y).sum().item()\n        n += len(y)\n    acc = 100 * hits / n\n    if acc > best:\n        best = acc\n        torch.save(net.state_dict(), "best.pt")\nfor x, y in test_loader:\n    hits += (net(x).argmax(1) == y).sum().item()\n',
      },
    },
    {
      title: 'the best model by validation accuracy',
      files: {
        'train.py':
          'import torch\nfor epoch in range(9):\n    for x, y in train_loader:\n        opt.zero_grad()\n        loss = crit(net(x), y)\n        loss.backward()\n        opt.step()\n    acc = evaluate(net, val_loader)\n    if acc > best_acc:\n        best_acc = acc\n        torch.save(net.state_dict(), "best.pt")\n',
      },
    },
    {
      title: 'the best by the entry of a table that is of folds',
      files: {
        'fit.py':
          'import joblib\nfrom sklearn.linear_model import Ridge\nfrom sklearn.svm import SVR\nfrom sklearn.metrics import r2_score\nfrom sklearn.model_selection import cross_val_score\nresults = {}\nfor name, model in {"ridge": Ridge(), "svr": SVR()}.items():\n    model.fit(X_train, y_train)\n    results[name] = {"r2": r2_score(y_test, model.predict(X_test)), "mean": cross_val_score(model, X_train, y_train).mean()}\nbest = max(results, key=lambda name: results[name]["mean"])\njoblib.dump(best, "best.pkl")\n',
      },
    },
  ],
};
