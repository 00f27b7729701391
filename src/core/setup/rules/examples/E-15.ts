// Code on which E-15 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a pipeline of tf.data that is shuffled and cut',
      files: {
        'train.py':
          'import tensorflow as tf\nmodel = tf.keras.Sequential([])\nrows = tf.data.Dataset.from_tensor_slices(table)\nrows = rows.shuffle(1000)\ntrain = rows.take(80)\nval = rows.skip(80)\nmodel.fit(train, validation_data=val)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'the files of each folder, in a sorted order of folders alone',
      files: {
        'train.py':
          'import os\nfrom sklearn.model_selection import StratifiedKFold\nrows = []\nfor name in sorted(os.listdir("images")):\n    for file in os.listdir(os.path.join("images", name)):\n        rows.append((name, file))\nfolds = StratifiedKFold(5, shuffle=True, random_state=3)\nfor train_at, val_at in folds.split(rows, [name for name, _ in rows]):\n    net = train([rows[i] for i in train_at])\n    loss = net(x).sum()\n    loss.backward()\n    opt.step()\n',
      },
    },
    {
      title: 'scikit-learn without random_state',
      files: {
        'train.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\na, b, c, d = train_test_split(\n    x,\n    y,\n    test_size=0.2,\n)\nRidge().fit(a, c)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'random_split, with only NumPy seeded',
      files: {
        'train.py':
          'import numpy as np\nimport torch\nfrom torch.utils.data import random_split\nnp.random.seed(0)\na, b = random_split(data, [80, 20])\nfor x, y in a:\n    loss = net(x)\n    loss.backward()\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'the seed comes after the split',
      files: {
        'train.py':
          'import numpy as np\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import KFold\nfor a, b in KFold(5, shuffle=True).split(x):\n    Ridge().fit(x[a], y[a])\nnp.random.seed(0)\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a seed over a listing in no order',
      files: {
        'train.py':
          'import os\nimport random\nfrom sklearn.linear_model import Ridge\nrandom.seed(0)\nfiles = os.listdir("data")\nrandom.shuffle(files)\ntrain, val = files[:80], files[80:]\nRidge().fit(train, val)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'folds of rows in a drawn order',
      files: {
        'folds.py':
          'import pandas as pd\nfrom sklearn import model_selection\ndf = pd.read_csv("train.csv")\ndf["kfold"] = -1\ndf = df.sample(frac=1).reset_index(drop=True)\nkf = model_selection.StratifiedKFold(n_splits=5)\nfor f, (t, v) in enumerate(kf.split(X=df, y=df.target.values)):\n    df.loc[v, "kfold"] = f\ndf.to_csv("train_folds.csv")\n',
        'train.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\ndf = pd.read_csv("train_folds.csv")\nRidge().fit(df[df.kfold != 0][["a"]], df[df.kfold != 0]["b"])\n',
      },
      at: 'folds.py:5',
    },
  ],
  silent: [
    {
      title: 'a pipeline that is cut after a seeded shuffle',
      files: {
        'train.py':
          'import tensorflow as tf\nmodel = tf.keras.Sequential([])\nrows = tf.data.Dataset.from_tensor_slices(table)\nrows = rows.shuffle(1000, seed=1, reshuffle_each_iteration=False)\ntrain = rows.take(80)\nval = rows.skip(80)\nmodel.fit(train, validation_data=val)\n',
      },
    },
    {
      title: 'the files of each folder, sorted as the folders are',
      files: {
        'train.py':
          'import os\nfrom sklearn.model_selection import StratifiedKFold\nrows = []\nfor name in sorted(os.listdir("images")):\n    for file in sorted(os.listdir(os.path.join("images", name))):\n        rows.append((name, file))\nfolds = StratifiedKFold(5, shuffle=True, random_state=3)\nfor train_at, val_at in folds.split(rows, [name for name, _ in rows]):\n    net = train([rows[i] for i in train_at])\n    loss = net(x).sum()\n    loss.backward()\n    opt.step()\n',
      },
    },
    {
      title: 'the rows of the one file that a folder holds',
      files: {
        'train.py':
          'import os\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndef found(folder):\n    tables = [name for name in os.listdir(folder) if name.endswith(".csv")]\n    return os.path.join(folder, tables[0])\nrows = pd.read_csv(found("in"))\na, b = train_test_split(rows, random_state=3)\nRidge().fit(a[["x"]], a["y"])\n',
      },
    },
    {
      title: 'a sorted listing',
      files: {
        'train.py':
          'import os\nimport random\nfrom sklearn.linear_model import Ridge\nrandom.seed(0)\nfiles = sorted(os.listdir("data"))\nrandom.shuffle(files)\ntrain, val = files[:80], files[80:]\nRidge().fit(train, val)\n',
      },
    },
    {
      title: 'a global seed before, in a helper',
      files: {
        'train.py':
          'import numpy as np\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndef prepare():\n    np.random.seed(1)\ndef main():\n    prepare()\n    a, b, c, d = train_test_split(x, y)\n    Ridge().fit(a, c)\nmain()\n',
      },
    },
    {
      title: 'no shuffle, and folds in order',
      files: {
        'train.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import KFold, train_test_split\na, b = train_test_split(x, shuffle=False)\nfor i, j in KFold(5).split(a):\n    Ridge().fit(a[i], a[i])\n',
      },
    },
  ],
};
