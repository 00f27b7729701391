// Code on which E-16 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a folder that a block of fastai is given',
      files: {
        'train.py':
          'from fastai.vision.all import *\npath = Path("panels")\nblock = DataBlock(blocks=(ImageBlock, CategoryBlock), get_items=get_image_files, splitter=RandomSplitter(0.2, seed=42))\ndls = block.dataloaders(path, bs=32)\nlearn = vision_learner(dls, resnet18)\nlearn.fine_tune(10)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a description that an option names',
      files: {
        'train.py':
          'import argparse\nfrom ultralytics import YOLO\np = argparse.ArgumentParser()\np.add_argument("--data", required=True)\na = p.parse_args()\nYOLO("yolo11n.pt").train(data=a.data, epochs=30)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'autologging of MLflow that is told to leave the data out',
      files: {
        'train.py':
          'import mlflow\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nmlflow.autolog(log_datasets=False)\nrows = pd.read_csv("rows.csv")\nmodel = Ridge().fit(rows[["a"]], rows["b"])\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a MLflow whose autologging did not know data yet',
      files: {
        'requirements.txt': 'mlflow==2.2.1\n',
        'train.py':
          'import mlflow\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nmlflow.autolog()\nrows = pd.read_csv("rows.csv")\nmodel = Ridge().fit(rows[["a"]], rows["b"])\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a file that is opened under the name of its path',
      files: {
        'train.py':
          'import pickle\nimport torch\nfor f in [f"data_batch_{i}" for i in range(5)]:\n    with open(f"rows/{f}", "rb") as f:\n        rows = pickle.load(f)\nfor epoch in range(9):\n    for x, y in rows:\n        opt.zero_grad()\n        crit(net(x), y).backward()\n        opt.step()\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'files below a folder that a data set makes a path of',
      files: {
        'train.py':
          'from pathlib import Path\nimport torch\nfrom PIL import Image\nROOT = "dataset"\nclass Rows(torch.utils.data.Dataset):\n    def __init__(self, root):\n        root = Path(root)\n        self.items = [one / "a.png" for one in root.glob("*/triplet_*")]\n    def __getitem__(self, i):\n        return Image.open(self.items[i])\nloader = torch.utils.data.DataLoader(Rows(ROOT))\nfor epoch in range(9):\n    for x in loader:\n        net(x).sum().backward()\n        opt.step()\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a folder of pictures that fastai lists',
      files: {
        'train.py':
          'from fastai.vision.all import *\npath = "./pets"\nset_seed(2)\nfiles = get_image_files(path)\ndls = DataBlock(blocks=(ImageBlock, CategoryBlock), get_items=get_image_files, splitter=RandomSplitter(0.2)).dataloaders(path)\nlearn = vision_learner(dls, resnet34)\nlearn.fit_one_cycle(4)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'pictures that a search finds, with names of two packages starred',
      files: {
        'train.py':
          'from fastcore.all import *\nfrom fastai.vision.all import *\npath = Path("birds")\ndownload_images(path, urls=search("bird"))\nlearn = vision_learner(load(path), resnet18)\nlearn.fine_tune(3)\n',
      },
      at: 'train.py:4',
    },
    {
      title: "a class of the project's own folder named datasets that is not in view",
      files: {
        'train.py':
          'import pytorch_lightning as pl\nfrom datasets.rows import TimeDataset\nfrom lab import Net\nrows = TimeDataset("../h5_folder/rows.h5")\npl.Trainer(max_epochs=5).fit(Net(), rows)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'settings of Axolotl',
      files: {
        'config.yml':
          'base_model: NousResearch/Llama-2-7b-hf\ndatasets:\n  - path: mhenrichsen/alpaca_2k_test\n    type: alpaca\nval_set_size: 0.05\nadapter: lora\nmicro_batch_size: 2\nnum_epochs: 4\n',
      },
      at: 'config.yml:3',
    },
    {
      title: 'a data set of Kaggle without its version',
      files: {
        'train.py':
          'import kagglehub\nfrom kagglehub import KaggleDatasetAdapter\nfrom sklearn.linear_model import Ridge\ndf = kagglehub.load_dataset(KaggleDatasetAdapter.PANDAS, "owner/salaries", "salaries.csv")\nRidge().fit(df[["a"]], df["b"])\n',
      },
      at: 'train.py:4',
    },

    {
      title: 'pictures that an address is asked for, one by one',
      files: {
        'train.py':
          'import io\nimport requests\nimport numpy as np\nfrom PIL import Image\nfrom sklearn.ensemble import RandomForestClassifier\n\n\ndef fetch(url):\n    answer = requests.get(url)\n    return np.asarray(Image.open(io.BytesIO(answer.content))).ravel()\n\n\nX = [fetch(url) for url in urls]\nRandomForestClassifier(random_state=0).fit(X, y)\n',
      },
      at: 'train.py:9',
    },
    {
      title: 'a path with a name filled in, for a module of data that is not in view',
      files: {
        'train.py':
          'import pytorch_lightning as pl\nfrom lab import ImageDataModule, Net\nname = "cub"\ntrain_folder = f"/srv/{name}/train.beton"\npl.Trainer(max_epochs=5).fit(Net(), ImageDataModule(train_folder, batch_size=4))\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a path that is put together for a data set that is not in view',
      files: {
        'train.py':
          'import torch\nfrom rows import *\ntrain_set = ImageDataset("{}/train.json".format(args.folder))\nfor x, y in torch.utils.data.DataLoader(train_set):\n    loss = net(x).sum()\n    loss.backward()\n    opt.step()\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a table that a helper out of view turns into instances',
      files: {
        'train.py':
          'from detectron2.config import get_cfg\nfrom detectron2.data import DatasetCatalog\nfrom detectron2.engine import DefaultTrainer\nfrom lab import convert\nDatasetCatalog.register("drops", lambda: 0)\nrows = convert(r"D:\\drops of water\\master.csv")\ntrainer = DefaultTrainer(get_cfg())\ntrainer.train()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'pictures that a search of the web finds today',
      files: {
        'train.py':
          'from fastai.vision.all import *\nfrom ddgs import DDGS\npath = Path("birds")\ndownload_images(path, urls=L(DDGS().images("bird")).itemgot("image"))\nlearn = vision_learner(load(path), resnet18)\nlearn.fine_tune(3)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a description in view of pictures that lie elsewhere',
      files: {
        'train.py': 'from ultralytics import YOLO\nmodel = YOLO("yolo11n.pt")\nmodel.train(data="faces/data.yaml", epochs=30)\n',
        'faces/data.yaml': 'path: /srv/faces\ntrain: images/train\nval: images/val\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a description of pictures that Ultralytics reads',
      files: {
        'train.py': 'from ultralytics import YOLO\nmodel = YOLO("yolo11n.pt")\nmodel.train(data="data.yaml", epochs=30)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a table, and a number of epochs in a text',
      files: {
        'fit.py':
          'import pandas as pd\nfrom hmmlearn import hmm\ntext = open("train_epochs.txt").read()\ndf = pd.read_csv("rows.csv")\nmodel = hmm.GaussianHMM(n_components=3, n_iter=int(text))\nmodel.fit(df)\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'a Trainer of a package that nobody here knows',
      files: {
        'train.py':
          'import pandas as pd\nfrom lab.training import SpeechTrainer\ndf = pd.read_csv("clips.csv")\ntrainer = SpeechTrainer(df)\ntrainer.train()\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'prices that a service is asked for',
      files: {
        'train.py': 'import yfinance as yf\nfrom sklearn.linear_model import Ridge\ndf = yf.download("AAPL")\nRidge().fit(df[["Open"]], df["Close"])\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a digest of the weights is none of the data',
      files: {
        'train.py':
          'import hashlib\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nassert hashlib.sha256(model_bytes).hexdigest() == WANT\ndf = pd.read_csv("churn.csv")\nRidge().fit(df, df)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a path that is read at once',
      files: {
        'train.py':
          'import json\nfrom sklearn.linear_model import Ridge\nfrom lab import SEED_DATA\nrows = json.loads(SEED_DATA.read_text())\nRidge().fit(rows, y)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'pandas by way of all names of a package',
      files: {
        'train.py':
          'from fastai.tabular.all import *\ndf = pd.read_csv("train.csv")\nlearn = tabular_learner(TabularDataLoaders.from_df(df))\nlearn.fit_one_cycle(3)\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'prompts to train on',
      files: {
        'train.py':
          'from transformers import Trainer\ndef lines(path):\n    with open(path) as file:\n        return file.readlines()\nprompts = lines("data/train_prompts.txt")\nTrainer(model=model, train_dataset=prompts).train()\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'a table by its name',
      files: { 'train.py': 'import pandas as pd\nfrom sklearn.linear_model import Ridge\ndf = pd.read_csv("churn.csv")\nRidge().fit(df[["a"]], df["b"])\n' },
      at: 'train.py:3',
    },
    {
      title: 'a hub without a revision',
      files: {
        'train.py':
          'from datasets import load_dataset\nfrom transformers import Trainer\nds = load_dataset("conll2003")\nTrainer(model=model, train_dataset=ds).train()\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'the path is handed to the project’s own reader',
      files: {
        'train.py':
          'import numpy as np\nfrom sklearn.linear_model import Ridge\ndef load(path):\n    return np.load(path)\n\n\n\nx = load("data/train.npz")\nRidge().fit(x, x)\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a digest of the environment says nothing of the data',
      files: {
        'train.py':
          'import pandas as pd\nimport torch\nfrom lab import describe\ndf = pd.read_csv("churn.csv")\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    net(df).sum().backward()\n    opt.step()\ntorch.save({"net": net.state_dict(), "environment_fingerprint": describe()}, "net.pt")\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a reader of a file that is not in view',
      files: {
        'train.py':
          'import argparse\nimport torch\nfrom utils.reading import ReviewCorpus\nparser = argparse.ArgumentParser()\nparser.add_argument("--root", default="D:\\\\reviews")\nargs = parser.parse_args()\ncorpus = ReviewCorpus(args.root)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    net(corpus.next()).sum().backward()\n    opt.step()\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'a packed file, named once at the top',
      files: {
        'train.py':
          'import gzip\nimport numpy as np\nimport torch\n\nDATA = "data/enwik8.gz"\n\nwith gzip.open(DATA) as file:\n    x = np.frombuffer(file.read(), dtype=np.uint8)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    net(x).sum().backward()\n',
      },
      at: 'train.py:5',
    },
  ],
  silent: [
    {
      title: 'autologging of MLflow stores a digest of the rows that are fitted',
      files: {
        'train.py':
          'import mlflow\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nmlflow.autolog()\nrows = pd.read_csv("rows.csv")\nmodel = Ridge().fit(rows[["a"]], rows["b"])\n',
      },
    },
    {
      title: 'an option that a stage of DVC fills in',
      files: {
        'dvc.yaml':
          'stages:\n  train:\n    cmd: python train.py -d data/rows.csv\n    deps:\n    - data/rows.csv\n    - train.py\n    outs:\n    - model.joblib\n',
        'train.py':
          'import argparse\nimport joblib\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nparser = argparse.ArgumentParser(description="Train model.")\nparser.add_argument("-d", "--data", help="Path of the rows.")\nargs = parser.parse_args()\nrows = pd.read_csv(args.data)\njoblib.dump(Ridge().fit(rows[["a"]], rows["b"]), "model.joblib")\n',
      },
    },
    {
      title: 'a module of data that checks what it fetches',
      files: {
        'train.py':
          'import pytorch_lightning as pl\nfrom pl_bolts.datamodules import CIFAR10DataModule\ndm = CIFAR10DataModule(data_dir="/srv/cifar10/data", batch_size=64)\ntrainer = pl.Trainer()\ntrainer.fit(model, dm)\n',
      },
    },
    {
      title: 'a message to a service, and a version of a data set of Kaggle',
      files: {
        'train.py':
          'import kagglehub\nimport requests\nfrom sklearn.linear_model import Ridge\nkagglehub.dataset_download("owner/salaries/versions/3")\nRidge().fit(X, y)\nrequests.get("https://api.telegram.org/bot/sendMessage", params={"text": "done"})\n',
      },
    },
    {
      title: 'a version of a service, and where it was put',
      files: {
        'train.py':
          'from roboflow import Roboflow\nfrom ultralytics import YOLO\ndataset = Roboflow().workspace("lab").project("faces").version(3).download("yolov8")\nYOLO("yolo11n.pt").train(data=f"{dataset.location}/data.yaml", epochs=30)\n',
      },
    },
    {
      title: 'a set that Ultralytics fetches by its name',
      files: {
        'train.py': 'from ultralytics import YOLO\nmodel = YOLO("yolo11n.pt")\nmodel.train(data="coco8.yaml", epochs=30)\n',
      },
    },
    {
      title: 'a summary that is written',
      files: {
        'train.py':
          'import tensorflow as tf\nimport keras\nmodel = keras.Sequential([])\nmodel.fit(x, y)\nwith tf.io.gfile.GFile("training_summary.txt", "wb") as f:\n    f.write("done")\nmodel.fit(x, y)\n',
      },
    },
    {
      title: 'a class that a package offers, and nobody in view makes',
      files: {
        'setup.py': 'from setuptools import setup\nsetup(name="lab")\n',
        'lab/__init__.py': '',
        'lab/fit.py':
          'import pandas as pd\nimport torch\nclass Trainer:\n    def __init__(self, path="rows.csv"):\n        self.rows = pd.read_csv(path)\n        self.net = torch.nn.Linear(2, 1)\n    def train(self):\n        for epoch in range(9):\n            self.net(self.rows).sum().backward()\n            self.opt.step()\n',
      },
    },
    {
      title: 'rows that a program makes',
      files: {
        'train.py':
          'import lightning as L\nfrom data import PositionDataset\nfrom model import Net\nrows = PositionDataset(count=1000, stockfish_path="/opt/homebrew/bin/stockfish")\nL.Trainer(max_epochs=5).fit(Net(), rows)\n',
      },
    },
    {
      title: 'a table that fastai downloads and checks',
      files: {
        'train.py':
          'from fastai.tabular.all import *\npath = untar_data(URLs.ADULT_SAMPLE)\ndf = pd.read_csv(path/"adult.csv")\nlearn = tabular_learner(TabularDataLoaders.from_df(df))\nlearn.fit_one_cycle(3)\n',
      },
    },
    {
      title: 'a reader of a library that checks what it fetches, and a loader of rows that are made',
      files: {
        'train.py':
          'import torch\nfrom ogb.nodeproppred import NodeDataset\nfrom lab.rows import SyntheticData\nnet = torch.nn.Linear(2, 1)\nrows = NodeDataset(root="data/graphs")\nmore = SyntheticData(100)\nfor epoch in range(9):\n    net(rows).sum().backward()\n    opt.step()\n',
      },
    },
    {
      title: 'a digest is checked',
      files: {
        'train.py':
          'import hashlib\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nraw = open("churn.csv", "rb").read()\nassert hashlib.sha256(raw).hexdigest() == WANT\ndf = pd.read_csv("churn.csv")\nRidge().fit(df, df)\n',
      },
    },
    {
      title: 'an address that holds a commit',
      files: {
        'train.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\ndf = pd.read_csv("https://example.org/a/0123456789abcdef0123456789abcdef01234567/x.csv")\nRidge().fit(df, df)\n',
      },
    },
    {
      title: 'DVC tracks the file',
      files: {
        'train.py': 'import pandas as pd\nfrom sklearn.linear_model import Ridge\ndf = pd.read_csv("data/churn.csv")\nRidge().fit(df, df)\n',
        'data/churn.csv.dvc': 'outs:\n- md5: aa\n  path: churn.csv\n',
      },
    },
    {
      title: 'loaders with checksums of their own',
      files: { 'train.py': 'import keras\n(x, y), _ = keras.datasets.mnist.load_data()\nmodel = keras.Sequential([])\nmodel.fit(x, y)\n' },
    },
    {
      title: 'settings, and a result that is read afterwards',
      files: {
        'train.py':
          'import json\nimport numpy as np\nfrom sklearn.linear_model import Ridge\nconf = json.load(open("config.json"))\nRidge().fit(x, y)\nnp.load("curve.npy")\n',
      },
    },
    {
      title: 'the file lies beside the code',
      files: {
        'train.py': 'import pandas as pd\nfrom sklearn.linear_model import Ridge\ndf = pd.read_csv("data/iris.json")\nRidge().fit(df, df)\n',
        'data/iris.json': '{}',
      },
    },
  ],
};
