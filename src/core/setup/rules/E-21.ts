// A training of many epochs of which no model is kept.

import { keepsModel } from '../facts/checkpoints';
import { isLent } from '../facts/lent';
import { loopsOf, type Region } from '../facts/loops';
import { settingOf } from '../facts/options';
import { runBy } from '../facts/outside';
import type { Training } from '../facts/training';
import type { SetupFix } from '../finding';
import type { NamedCall, Project } from '../project/project';
import { fieldOf } from '../python/syntax';
import { unknown } from '../python/values';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-21',
    title: 'The trained model is kept',
    severity: 'warn',
    why: 'What took hours is gone when the process ends: nothing can be evaluated again, compared or resumed.',
    source: 'analysis.md E-21; mllint, “artifacts”',
  },
  *check({ project, trainings }) {
    const trials = trainings.filter((training) => isTrial(training, project));
    // A trial of a search keeps its value where the best is trained again.
    const judged = trials.length < trainings.length ? trainings.filter((training) => !trials.includes(training)) : trainings;
    const isOthers = (training: Training) => isLent(training, project) || runBy(training, project) !== null;
    const open = judged.filter((training) => isLong(training, project) && keepsModel(training, project) === 'no' && !isOthers(training));
    const [first] = open;
    if (!first) return;
    yield {
      kind: 'finding',
      confidence: 0.85,
      places: open.map((training) => {
        const loop = training.kind === 'loop' ? loopsOf(training, project).epoch : null;
        return loop ?? { module: training.module, node: training.call.node };
      }),
      summary: 'Nothing of what is trained here is saved.',
      fix: fixOf(first),
    };
  },
  examples: {
    fires: [
      {
        title: 'a folder for models and nothing that is put there',
        files: {
          'train.py': 'from fastai.tabular.all import *\nlearn = tabular_learner(dls, model_dir="/tmp/model")\nlearn.fit_one_cycle(3)\n',
        },
        at: 'train.py:3',
      },
      {
        title: 'epochs without a save',
        files: {
          'train.py':
            'import torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    for x, y in data:\n        loss = net(x).sum()\n        loss.backward()\n',
        },
        at: 'train.py:3',
      },
      {
        title: 'only prepared rows are saved',
        files: {
          'train.py':
            'import torch\ntorch.save(rows, cache_path)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    for x, y in data:\n        loss = net(x).sum()\n        loss.backward()\n',
        },
        at: 'train.py:4',
      },
      {
        title: 'only a picture is saved',
        files: {
          'train.py': 'import keras\nimport matplotlib.pyplot as plt\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=30)\nplt.savefig("loss.png")\n',
        },
        at: 'train.py:4',
      },
      {
        title: 'the Trainer is told not to',
        files: {
          'train.py':
            'from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("out", save_strategy="no")\nTrainer(model=model, args=args).train()\n',
        },
        at: 'train.py:3',
      },
      {
        title: 'the best of a search is printed, and none is kept',
        files: {
          'tune.py':
            'import optuna\nimport torch\ndef objective(trial):\n    net = torch.nn.Linear(2, 1)\n    opt = torch.optim.SGD(net.parameters(), trial.suggest_float("lr", 1e-5, 1e-1))\n    for epoch in range(9):\n        for x, y in data:\n            net(x).sum().backward()\n            opt.step()\n    return score(net)\nstudy = optuna.create_study()\nstudy.optimize(objective, n_trials=20)\nprint(study.best_params)\n',
        },
        at: 'tune.py:6',
      },
    ],
    silent: [
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
        title: 'the best of a search is trained again, and kept',
        files: {
          'tune.py':
            'import optuna\nimport torch\nfrom tools import keep\ndef objective(trial):\n    net = torch.nn.Linear(2, 1)\n    for epoch in range(9):\n        net(x).sum().backward()\n    return score(net)\nstudy = optuna.create_study()\nstudy.optimize(objective, n_trials=20)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    net(x).sum().backward()\nkeep.save_model(net)\n',
        },
      },
      {
        title: 'weights in a folder that is named after the data',
        files: {
          'train.py':
            'import os\nimport torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    net(x).sum().backward()\ntorch.save(net.state_dict(), os.path.join(args.out, args.dataset, "best.pt"))\n',
        },
      },
      {
        title: 'a save in a helper',
        files: {
          'train.py': 'import torch\nfrom util import keep\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(20):\n    net(x).sum().backward()\nkeep(net)\n',
          'util.py': 'import torch\ndef keep(net):\n    torch.save(net.state_dict(), "net.pt")\n',
        },
      },
      {
        title: 'a callback',
        files: {
          'train.py': 'import keras\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=30, callbacks=[keras.callbacks.ModelCheckpoint("best.keras")])\n',
        },
      },
      {
        title: 'Lightning saves by itself; scikit-learn fits at once',
        files: { 'train.py': 'import lightning as L\nfrom sklearn.linear_model import Ridge\nRidge().fit(x, y)\nL.Trainer(max_epochs=5).fit(model)\n' },
      },
      {
        title: 'one pass over the rows',
        files: {
          'train.py':
            'import tensorflow as tf\ndataset = tf.data.Dataset.from_tensor_slices((x, y))\ndataset = dataset.shuffle(9).batch(64)\n@tf.function\ndef step(x, y):\n    with tf.GradientTape() as tape:\n        loss = loss_fn(y, model(x))\n    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))\n    return loss\nfor at, (x, y) in enumerate(dataset):\n    step(x, y)\n',
        },
      },
      { title: 'one epoch', files: { 'train.py': 'import keras\nmodel = keras.Sequential([])\nmodel.fit(x, y, epochs=1)\n' } },
    ],
  },
};

/** `for x, y in dataset:` and no loop around it: every row is seen once, unless the rows come again by themselves. */
function isOnePass({ node, module }: Region): boolean {
  const right = node.type === 'for_statement' ? fieldOf(node, 'right') : null;
  const inner =
    right?.type === 'call' && /^(enumerate|tqdm|tqdm\.tqdm)$/.test(module.textOf(right.children[0] ?? right)) ? right.children[1]?.children[0] : right;
  if (inner?.type !== 'identifier') return false;
  const given = module
    .scopeOf(inner)
    .lookup(module.textOf(inner))
    .flatMap((binding) => (binding.kind === 'assign' && binding.value ? [module.textOf(binding.value)] : []));
  return (
    given.length > 0 &&
    given.some((text) => /Dataset|Loader|batch\(|shuffle\(/.test(text)) &&
    !given.some((text) => /repeat|cycle|take\(|epoch|steps|infinite/i.test(text))
  );
}

/** More than one epoch or round; a loop whose length cannot be told counts where it repeats over others. */
function isLong(training: Training, project: Project): boolean {
  if (training.kind === 'single') return false;
  if (training.kind === 'fit') {
    const epochs = training.call.keywords.get('epochs') ?? training.call.keywords.get('nb_epoch');
    if (training.framework === 'keras') return epochs !== undefined && settingOf(epochs, training.module, project) !== 1;
    return !/\.cv$/.test(training.call.name ?? '');
  }
  const { epoch, all } = loopsOf(training, project);
  if (!epoch || (all.length === 1 && isOnePass(epoch))) return false;
  const over = epoch.node.type === 'for_statement' ? fieldOf(epoch.node, 'right') : null;
  // One way through a loader.
  if (over && all.length === 1 && /^(enumerate\(|tqdm\()*\w*(loader|dataloader|batches|dl)\b/i.test(epoch.module.textOf(over))) return false;
  const range =
    over?.type === 'call' && /range$/.test(epoch.module.textOf(fieldOf(over, 'function') ?? over)) ? fieldOf(over, 'arguments')?.children : undefined;
  const last = range?.at(range.length > 1 ? 1 : 0);
  const value = last ? settingOf(last, epoch.module, project) : unknown;
  return value !== 1;
}

/** A training that a search runs with settings of its choice. */
const isTrial = ({ within }: Training, project: Project): boolean =>
  within !== null && searchesOf(project).some(({ args, module }) => args.some((one) => module.textOf(one).includes(within.name)));

const searches = new WeakMap<Project, readonly NamedCall[]>();

function searchesOf(project: Project): readonly NamedCall[] {
  const made =
    searches.get(project) ??
    project.calls.filter(({ name, callee, module }) => /(^|\.)study\w*\.optimize$|^optuna\..*optimize$/.test(name ?? module.textOf(callee)));
  searches.set(project, made);
  return made;
}

function fixOf({ framework }: Training): SetupFix {
  const text = 'Keep the last state, and the best by a value on held-out data.';
  switch (framework) {
    case 'keras':
    case 'tensorflow':
      return { text, code: 'model.fit(…, callbacks=[keras.callbacks.ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)])', edits: [] };
    case 'huggingface':
      return { text, code: 'TrainingArguments(…, save_strategy="epoch", save_total_limit=2, load_best_model_at_end=True)', edits: [] };
    case 'xgboost':
      return { text: 'Save the booster with the run.', code: 'booster.save_model("model.json")', edits: [] };
    case 'lightgbm':
      return { text: 'Save the booster with the run.', code: 'booster.save_model("model.txt")', edits: [] };
    case 'lightning':
      return { text, code: 'Trainer(…, callbacks=[ModelCheckpoint(monitor="val/loss", save_last=True)])', edits: [] };
    case 'sbert':
      return { text: 'Keep the model with the run.', code: 'model.save_pretrained("out/model")', edits: [] };
    case 'sb3':
      return { text, code: 'model.learn(…, callback=CheckpointCallback(100_000, "checkpoints"))\nmodel.save("final")', edits: [] };
    case 'jax':
      return { text, code: 'manager.save(step, args=ocp.args.StandardSave(state))', edits: [] };
    case 'ray':
      return { text, code: 'tune.report(metrics, checkpoint=Checkpoint.from_directory(folder))', edits: [] };
    case 'fastai':
      return { text, code: 'learn.fit_one_cycle(…, cbs=SaveModelCallback(monitor="valid_loss"))\nlearn.export("model.pkl")', edits: [] };
    case 'catboost':
      return { text: 'Save the model with the run.', code: 'model.save_model("model.cbm")', edits: [] };
    case 'sklearn':
      return { text: 'Save the fitted estimator with the run.', code: 'joblib.dump(model, "model.joblib")', edits: [] };
    case 'mmengine':
      return { text, code: 'runner.register_checkpoint_hook(dict(interval=1))', edits: [] };
    case 'pytorch':
    case 'accelerate':
    case 'library':
    case 'ultralytics':
      return {
        text,
        code: 'state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}\ntorch.save(state, "last.pt")\nif val_loss < best:\n    best = val_loss\n    torch.save(state, "best.pt")',
        edits: [],
      };
    default:
      return framework satisfies never;
  }
}
