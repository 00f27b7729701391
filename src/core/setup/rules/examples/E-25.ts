// Code on which E-25 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a function of another file fits on all rows, and a part of them is scored as the test set',
      files: {
        'models.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.preprocessing import StandardScaler\ndef fit_all(X, y, scaler):\n    Z = scaler.fit_transform(X)\n    model = Ridge().fit(Z, y)\n    return {"scaler": scaler, "model": model}\ndef predict(bundle, X):\n    return bundle["model"].predict(bundle["scaler"].transform(X))\n',
        'train.py':
          'import pandas as pd\nfrom sklearn.metrics import r2_score\nfrom sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\nfrom models import fit_all, predict\ndf = pd.read_csv("a.csv")\nX, y = df[["a"]], df["b"]\nbundle = fit_all(X, y, StandardScaler())\nX_tr, X_te, y_tr, y_te = train_test_split(X, y, random_state=1)\nprint(r2_score(y_te, predict(bundle, X_te)))\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'split only after the fit',
      files: {
        'train.py':
          'from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.model_selection import train_test_split\nclf = RandomForestClassifier(random_state=0)\nclf.fit(X, y)\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nprint(clf.score(X_test, y_test))\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a tokenizer of Keras learns its words from all texts',
      files: {
        'train.py':
          'from sklearn.model_selection import train_test_split\nfrom tensorflow.keras.preprocessing.sequence import pad_sequences\nfrom tensorflow.keras.preprocessing.text import Tokenizer\ntokenizer = Tokenizer(num_words=5000)\ntokenizer.fit_on_texts(texts)\nrows = pad_sequences(tokenizer.texts_to_sequences(texts), maxlen=100)\nX_train, X_test, y_train, y_test = train_test_split(rows, labels, random_state=0)\nmodel.fit(X_train, y_train)\n',
      },
      at: 'train.py:5',
    },
    {
      title: 'rows that a function changes a little and puts beside the others',
      files: {
        'fit.py':
          'import numpy as np\nimport pandas as pd\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import train_test_split\nrng = np.random.default_rng(0)\n\n\ndef augment_rows(df, times):\n    more = [df + rng.normal(size=df.shape) for _ in range(times)]\n    return pd.concat([df, *more])\n\n\ndf = augment_rows(pd.read_csv("a.csv"), 3)\nX_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["y"]), df["y"], random_state=0)\nLogisticRegression().fit(X_train, y_train)\n',
      },
      at: 'fit.py:13',
    },

    {
      title: 'rows of the rare class drawn again before the split',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import train_test_split\nfrom sklearn.utils import resample\ndf = pd.read_csv("a.csv")\nrare, rest = df[df.y == 1], df[df.y == 0]\nmore = resample(rare, replace=True, n_samples=len(rest), random_state=0)\nboth = pd.concat([rest, more])\nX_train, X_test, y_train, y_test = train_test_split(both.drop(columns=["y"]), both["y"], random_state=0)\nLogisticRegression().fit(X_train, y_train)\n',
      },
      at: 'fit.py:7',
    },

    {
      title: 'filled in place by a function that all rows go through',
      files: {
        'train.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\n\n\ndef clean(rows):\n    rows["age"].fillna(rows["age"].median(), inplace=True)\n    return rows\n\n\ndf = clean(pd.read_csv("a.csv"))\nX = df.drop("y", axis=1).values\na, b, c, d = train_test_split(X, df["y"], random_state=0)\nRidge().fit(a, c)\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'zeros that become the median of all rows, column by column',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndf = pd.read_csv("a.csv")\nfor col in ["glucose", "bmi"]:\n    df[col] = df[col].replace(0, df[col].median())\nX = df.drop("y", axis=1)\nX_train, X_test, y_train, y_test = train_test_split(X, df["y"], random_state=1)\nRidge().fit(X_train, y_train)\n',
      },
      at: 'fit.py:6',
    },
    {
      title: 'filled in place, column by column',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndf = pd.read_csv("a.csv")\nfor col in ["glucose", "bmi"]:\n    df[col].fillna(df[col].mean(), inplace=True)\nX_train, X_test, y_train, y_test = train_test_split(df, df["y"], random_state=1)\nRidge().fit(X_train, y_train)\n',
      },
      at: 'fit.py:6',
    },
    {
      title: 'slices of which the later part begins a window earlier',
      files: {
        'train.py':
          'from sklearn.preprocessing import MinMaxScaler\nfrom tensorflow import keras\nrows = MinMaxScaler().fit_transform(prices)\ntrain = rows[:cut]\ntest = rows[cut - lookback:]\nmodel = keras.Sequential([])\nmodel.fit(train, train)\nmodel.evaluate(test, test)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'the scaler sees all rows',
      files: {
        'fit.py':
          'from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\nX = StandardScaler().fit_transform(X)\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n',
      },
      at: 'fit.py:3',
    },
    {
      title: 'means of all rows fill the holes',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.model_selection import train_test_split\ndf = pd.read_csv("a.csv")\ndf["age"] = df["age"].fillna(df["age"].median())\ntrain, test = train_test_split(df, random_state=0)\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'means of all rows fill the holes in place',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.model_selection import train_test_split\ndf = pd.read_csv("a.csv")\ndf["age"].fillna(df["age"].median(), inplace=True)\nX_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["y"]), df["y"], random_state=0)\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'the scaler is fitted again on test rows',
      files: {
        'fit.py':
          'from sklearn.preprocessing import StandardScaler\nscaler = StandardScaler()\nX_train = scaler.fit_transform(X_train)\nX_test = scaler.fit_transform(X_test)\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'a feature is made of the target',
      files: {
        'fit.py': 'import pandas as pd\ndf = pd.read_csv("a.csv")\ndf["total"] = df["price"] * df["n"]\nX = df.drop(columns=["price"])\ny = df["price"]\n',
      },
      at: 'fit.py:3',
    },
    {
      title: 'slices of a scaled series',
      files: {
        'fit.py': 'from sklearn.preprocessing import MinMaxScaler\nscaled = MinMaxScaler().fit_transform(series)\ntrain = scaled[:n]\ntest = scaled[n:]\n',
      },
      at: 'fit.py:2',
    },
    {
      title: 'fitted on all rows, scored on some',
      files: {
        'fit.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nmodel = Ridge()\nmodel.fit(X, y)\nprint(model.score(X_test, y_test))\n',
      },
      at: 'fit.py:5',
    },
  ],
  silent: [
    {
      title: 'a function of another file is handed the training part only',
      files: {
        'models.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.preprocessing import StandardScaler\ndef fit_all(X, y, scaler):\n    Z = scaler.fit_transform(X)\n    model = Ridge().fit(Z, y)\n    return {"scaler": scaler, "model": model}\ndef predict(bundle, X):\n    return bundle["model"].predict(bundle["scaler"].transform(X))\n',
        'train.py':
          'import pandas as pd\nfrom sklearn.metrics import r2_score\nfrom sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\nfrom models import fit_all, predict\ndf = pd.read_csv("a.csv")\nX, y = df[["a"]], df["b"]\nX_tr, X_te, y_tr, y_te = train_test_split(X, y, random_state=1)\nbundle = fit_all(X_tr, y_tr, StandardScaler())\nprint(r2_score(y_te, predict(bundle, X_te)))\n',
      },
    },
    {
      title: 'fitted again on the training part',
      files: {
        'train.py':
          'from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.model_selection import train_test_split\nclf = RandomForestClassifier(random_state=0)\nclf.fit(X, y)\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nclf.fit(X_train, y_train)\nprint(clf.score(X_test, y_test))\n',
      },
    },
    {
      title: 'a function that splits rows off itself',
      files: {
        'models.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndef fit_all(X, y):\n    A, B, c, d = train_test_split(X, y, random_state=1)\n    return Ridge().fit(A, c)\n',
        'train.py':
          'import pandas as pd\nfrom sklearn.metrics import r2_score\nfrom sklearn.model_selection import train_test_split\nfrom models import fit_all\ndf = pd.read_csv("a.csv")\nX, y = df[["a"]], df["b"]\nmodel = fit_all(X, y)\nX_tr, X_te, y_tr, y_te = train_test_split(X, y, random_state=1)\nprint(r2_score(y_te, model.predict(X_te)))\n',
      },
    },
    {
      title: 'rows of the training part are drawn again, and rows are left out before',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import train_test_split\nfrom sklearn.utils import resample\ndf = pd.read_csv("a.csv")\nrare, rest = df[df.y == 1], df[df.y == 0]\nless = resample(rest, replace=False, n_samples=len(rare), random_state=0)\nboth = pd.concat([rare, less])\ntrain, test = train_test_split(both, random_state=0)\nmore = train.sample(frac=2, replace=True, random_state=0)\nLogisticRegression().fit(more.drop(columns=["y"]), more["y"])\n',
      },
    },

    {
      title: 'split first',
      files: {
        'fit.py':
          'from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nscaler = StandardScaler()\nX_train = scaler.fit_transform(X_train)\nX_test = scaler.transform(X_test)\n',
      },
    },
    {
      title: 'in a pipeline',
      files: {
        'fit.py':
          'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import cross_val_score\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\nprint(cross_val_score(make_pipeline(StandardScaler(), Ridge()), X, y))\n',
      },
    },
    {
      title: 'a lag of the target, and a final fit on all rows',
      files: {
        'fit.py':
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndf = pd.read_csv("a.csv")\ndf["lag"] = df["price"].shift(1)\nX = df.drop(columns=["price"])\ny = df["price"]\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nmodel = Ridge()\nmodel.fit(X_train, y_train)\nprint(model.score(X_test, y_test))\nmodel.fit(X, y)\n',
      },
    },
  ],
};
