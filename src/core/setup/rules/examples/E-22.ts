// Code on which E-22 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'one constant name',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x in data:\n        net(x).sum().backward()\n    torch.save(net.state_dict(), "out/model.pt")\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'a checkpoint of Keras under one name',
      files: {
        'train.py':
          'import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(loss="mse", optimizer="adam")\nkept = keras.callbacks.ModelCheckpoint("out/model.keras")\nmodel.fit(x, y, epochs=9, validation_split=0.1, callbacks=[kept, keras.callbacks.CSVLogger("log.csv")])\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a name that is put together in the loop, of what stays the same',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x in data:\n        net(x).sum().backward()\n    path = f"runs/{run_name}.pt"\n    torch.save(net.state_dict(), path)\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'resumes without the optimiser',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.Adam(net.parameters())\nstart = 0\nif args.resume:\n    ck = torch.load(args.resume, weights_only=True)\n    net.load_state_dict(ck["net"])\n    start = ck["epoch"] + 1\nfor epoch in range(start, 9):\n    for x in data:\n        net(x).sum().backward()\n    torch.save({"net": net.state_dict(), "epoch": epoch}, f"{epoch}.pt")\n',
      },
      at: 'train.py:12',
    },
  ],
  silent: [
    {
      title: 'last and best; a folder of its own; saved once at the end',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x in data:\n        net(x).sum().backward()\n    torch.save(state, "last.pt")\n    if v < best:\n        torch.save(state, "best.pt")\ntorch.save(net.state_dict(), "final.pt")\n',
      },
    },
    {
      title: 'epochs of Keras by their names',
      files: {
        'train.py':
          'import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(loss="mse", optimizer="adam")\nkept = keras.callbacks.ModelCheckpoint("out/{epoch:02d}.keras")\nmodel.fit(x, y, epochs=9, validation_split=0.1, callbacks=[kept, keras.callbacks.CSVLogger("log.csv")])\n',
      },
    },
    {
      title: 'the best of Keras',
      files: {
        'train.py':
          'import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(loss="mse", optimizer="adam")\nkept = keras.callbacks.ModelCheckpoint("out/model.keras", save_best_only=True)\nmodel.fit(x, y, epochs=9, validation_split=0.1, callbacks=[kept, keras.callbacks.CSVLogger("log.csv")])\n',
      },
    },
    {
      title: 'a name that is put together in the loop, of the epoch',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x in data:\n        net(x).sum().backward()\n    path = f"runs/{epoch}.pt"\n    torch.save(net.state_dict(), path)\n',
      },
    },
    {
      title: 'the name holds the epoch',
      files: {
        'train.py':
          'import torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    path = f"net_{epoch}.pt"\n    net(x).sum().backward()\n    torch.save(net.state_dict(), path)\n',
      },
    },
  ],
};
