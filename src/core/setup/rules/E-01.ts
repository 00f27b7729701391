// Trainings of which nothing is stored.

import { isWithin } from '../facts/flow';
import { loopsOf } from '../facts/loops';
import { firstPerFile, isStored, recordsOf } from '../facts/records';
import type { Framework, Training } from '../facts/training';
import type { SetupRule } from '../rule';

/** The smallest set of calls that stores a training, by framework. */
const smallest: Partial<Record<Framework, string>> = {
  lightning: 'trainer = Trainer(logger=CSVLogger("logs"))',
  huggingface: 'TrainingArguments(..., report_to="tensorboard", logging_steps=50)',
  keras: 'model.fit(..., callbacks=[keras.callbacks.CSVLogger("history.csv")])',
  sklearn:
    'mlflow.sklearn.autolog()\nwith mlflow.start_run(run_name="baseline"):\n    model.fit(X_train, y_train)\n    mlflow.log_metric("val/score", model.score(X_val, y_val))',
  xgboost:
    'mlflow.xgboost.autolog()\nwith mlflow.start_run(run_name="xgb"):\n    booster = xgb.train(params, dtrain, evals=[(dtrain, "train"), (dval, "val")])',
  lightgbm: 'mlflow.lightgbm.autolog()\nwith mlflow.start_run(run_name="lgbm"):\n    booster = lgb.train(params, dtrain, valid_sets=[dval])',
  fastai: 'learn.fit_one_cycle(5, cbs=[CSVLogger()])',
  sb3: 'model = PPO("MlpPolicy", env, tensorboard_log="runs")',
};
const loop =
  'with mlflow.start_run(run_name="baseline"):\n    mlflow.log_params(vars(args))\n    for epoch in range(epochs):\n        ...\n        mlflow.log_metrics({"train/loss": train_loss, "val/loss": val_loss}, step=epoch)';

const what = ({ kind }: Training): string => (kind === 'loop' ? 'This training loop' : 'This fit');

export const rule: SetupRule = {
  meta: {
    id: 'E-01',
    title: 'What a training computes is stored',
    severity: 'critical',
    why: 'Curves and scores that exist only on the console are gone when it closes: the run can neither be compared nor checked later.',
    source: 'analysis of instrumentation in training code, rule E-01',
  },
  *check(context) {
    const { project } = context;
    const records = recordsOf(context);
    const silent = records.filter((one) => !isStored(one) && !records.some((other) => other.program.has(one.training.module) && isStored(other)));
    for (const { training } of firstPerFile(silent)) {
      const { module, call } = training;
      // A fit whose result nobody looks at computes no value that could be stored.
      const looked =
        training.kind !== 'single' ||
        project.calls.some((one) => /^print$|^sklearn\.metrics\b|\.(score|cross_val_score)$/.test(one.name ?? one.module.textOf(one.callee)));
      if (!looked) continue;
      const { epoch } = loopsOf(training, project);
      yield {
        kind: 'finding',
        confidence: training.kind === 'single' ? 0.8 : 0.92,
        places: [
          epoch ? { module: epoch.module, node: headOf(epoch.node) } : { module, node: call.node },
          ...(epoch && !isWithin(call.node, epoch.node) ? [{ module, node: call.node }] : []),
        ],
        summary: `${what(training)} stores nothing: no tracker, no logger and no file receives what it computes.`,
        fix: { text: 'Store settings and every epoch with a tracker, or at least write a CSV file.', code: smallest[training.framework] ?? loop, edits: [] },
      };
    }
    for (const one of records) {
      const unclear = one.automatic.metrics === 'unknown' && one.metrics.length === 0;
      const logger = one.metrics.length > 0 && one.metrics.every(({ via }) => via === 'unknown-log') && one.automatic.metrics !== 'yes';
      if (unclear || logger) yield { kind: 'unknown', reason: 'What looks like a logger comes from outside of the files reviewed.' };
    }
  },
  examples: {
    fires: [
      {
        title: 'a loop that prints',
        files: {
          'train.py':
            'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor epoch in range(9):\n    for x, y in data:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n    print(epoch, loss.item())\n',
        },
        at: 'train.py:4',
      },
      {
        title: 'a logger in a comment is no logger',
        files: {
          'fit.py': 'import keras\nmodel = keras.Sequential([])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=9)  # mlflow.autolog() some day\n',
        },
        at: 'fit.py:4',
      },
    ],
    silent: [
      {
        title: 'a CSV file of its own',
        files: {
          'train.py':
            'import csv, torch\nnet = torch.nn.Linear(2, 1)\nw = csv.writer(open("log.csv", "w"))\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    w.writerow([epoch, loss.item()])\n',
        },
      },
      {
        title: 'Lightning logs by default',
        files: { 'train.py': 'import lightning as L\ntrainer = L.Trainer(max_epochs=3)\ntrainer.fit(model, loader)\n' },
      },
      {
        title: 'a helper of the project logs',
        files: {
          'train.py':
            'import torch\nfrom track import note\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    note("loss", loss.item(), epoch)\n',
          'track.py': 'import mlflow\ndef note(name, value, step):\n    mlflow.log_metric(name, value, step=step)\n',
        },
      },
    ],
  },
};

/** A loop's first line stands for the loop. */
function headOf(node: Training['call']['node']): Training['call']['node'] {
  return node.children[0] ?? node;
}
