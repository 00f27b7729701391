// Code on which E-18 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'MLflow finds no commit for a notebook',
      files: {
        'train.ipynb':
          '{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["import mlflow\\n", "from sklearn.linear_model import Ridge\\n"]}, {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["with mlflow.start_run(run_name=\\"a\\"):\\n", "    model = Ridge().fit(x, y)\\n", "    mlflow.log_metric(\\"r2\\", model.score(a, b))\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
      },
    },
    {
      title: 'a Trainer out of view that takes the arguments of Hugging Face’s',
      files: {
        'train.py':
          'from transformers import TrainingArguments\nfrom .trainer import DetectionTrainer\nargs = TrainingArguments("out", report_to="tensorboard")\ntrainer = DetectionTrainer(model=model, args=args)\ntrainer.train()\n',
      },
      at: null,
    },
    {
      title: 'a tensor’s shape is no commit',
      files: {
        'train.py':
          'import keras\nmodel = keras.Sequential([])\nprint(x.get_shape())\nmodel.fit(x, y, epochs=3, callbacks=[keras.callbacks.CSVLogger("log.csv")])\n',
      },
    },
    {
      title: 'TensorBoard alone',
      files: {
        'train.py':
          'import torch\nfrom torch.utils.tensorboard import SummaryWriter\ntb = SummaryWriter("runs/a")\nfor epoch in range(9):\n    loss = net(x).sum()\n    loss.backward()\n    tb.add_scalar("loss", loss.item(), epoch)\n',
      },
      at: null,
    },
  ],
  silent: [
    {
      title: 'MLflow in a notebook that stores the commit by hand',
      files: {
        'train.ipynb':
          '{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["import mlflow\\n", "from sklearn.linear_model import Ridge\\n", "import git\\n"]}, {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["with mlflow.start_run(run_name=\\"a\\"):\\n", "    model = Ridge().fit(x, y)\\n", "    mlflow.log_metric(\\"r2\\", model.score(a, b))\\n", "    mlflow.set_tag(\\"commit\\", git.Repo(search_parent_directories=True).head.commit.hexsha)\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
      },
    },
    {
      title: 'MLflow in a notebook of Databricks',
      files: {
        'train.ipynb':
          '{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["folder = dbutils.widgets.get(\\"folder\\")\\n", "import mlflow\\n", "from sklearn.linear_model import Ridge\\n"]}, {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["with mlflow.start_run(run_name=\\"a\\"):\\n", "    model = Ridge().fit(x, y)\\n", "    mlflow.log_metric(\\"r2\\", model.score(a, b))\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
      },
    },
    {
      title: 'a model of a package that its users train, and that the package itself only serves',
      files: {
        'setup.py': 'from setuptools import setup\nsetup(name="lab")\n',
        'lab/__init__.py': '',
        'lab/__main__.py': 'from lab.model import Tagger\nif __name__ == "__main__":\n    Tagger("a").serve()\n',
        'lab/model.py':
          'from transformers import Trainer, TrainingArguments\nclass Tagger:\n    def __init__(self, name):\n        self.name = name\n    def serve(self):\n        return self.name\n    def train_model(self, rows):\n        trainer = Trainer(model=self, args=TrainingArguments("out", report_to="tensorboard"), train_dataset=rows)\n        trainer.train()\n    def adapt(self, rows):\n        self.train_model(rows)\n',
      },
    },
    {
      title: 'a package of models: who makes one knows the commit',
      files: {
        'models/care.py':
          'import keras\nclass Care:\n    def __init__(self, config):\n        self.net = keras.Sequential([])\n    def train(self, X, validation, epochs):\n        return self.net.fit(X, validation_data=validation, epochs=epochs, callbacks=[keras.callbacks.CSVLogger("log.csv")])\n',
      },
    },
    {
      title: 'checkpoints are committed',
      files: {
        'train.py':
          'import subprocess\nfrom transformers import Trainer, TrainingArguments\nTrainer(model=model, args=TrainingArguments("out", report_to="none")).train()\nsubprocess.run(["git", "commit", "-m", "a checkpoint"])\n',
      },
    },
    {
      title: 'a helper that asks git',
      files: {
        'train.py':
          'import subprocess\nimport torch\nfrom torch.utils.tensorboard import SummaryWriter\ndef sh(*words):\n    return subprocess.run(words, capture_output=True, text=True).stdout\ntb = SummaryWriter("runs/a")\ntb.add_text("commit", sh("git", "rev-parse", "HEAD"))\nfor epoch in range(9):\n    loss = net(x).sum()\n    loss.backward()\n    tb.add_scalar("loss", loss.item(), epoch)\n',
      },
    },
    {
      title: 'W&B does',
      files: {
        'train.py':
          'import torch\nimport wandb\nwandb.init(project="a")\nfor epoch in range(9):\n    loss = net(x).sum()\n    loss.backward()\n    wandb.log({"loss": loss.item()})\n',
      },
    },
  ],
};
