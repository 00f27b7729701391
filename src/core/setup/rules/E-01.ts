// Trainings of which nothing is stored.

import { isWithin } from '../facts/flow';
import { loopsOf } from '../facts/loops';
import { firstPerFile, isStored, type Records, recordsOf } from '../facts/records';
import type { Framework, Training } from '../facts/training';
import { isTrial } from '../facts/trials';
import type { Project } from '../project/project';
import { returnsOf } from '../python/resolve';
import type { SetupRule } from '../rule';
import { settingsWord } from '../write';

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
  tensorflow:
    'writer = tf.summary.create_file_writer("runs/baseline")\nfor epoch in range(epochs):\n    ...\n    with writer.as_default():\n        tf.summary.scalar("train/loss", train_loss, step=epoch)\n        tf.summary.scalar("val/loss", val_loss, step=epoch)',
  fastai: 'learn.fit_one_cycle(5, cbs=[CSVLogger()])',
  catboost:
    'mlflow.set_experiment("catboost")\nwith mlflow.start_run(run_name="catboost"):\n    mlflow.log_params(model.get_params())\n    model.fit(X_train, y_train, eval_set=(X_val, y_val))\n    for step, value in enumerate(model.get_evals_result()["validation"]["Logloss"]):\n        mlflow.log_metric("val/logloss", value, step=step)',
  sb3: 'model = PPO("MlpPolicy", env, tensorboard_log="runs")',
};
const loop =
  'with mlflow.start_run(run_name="baseline"):\n    mlflow.log_params(vars(args))\n    for epoch in range(epochs):\n        ...\n        mlflow.log_metrics({"train/loss": train_loss, "val/loss": val_loss}, step=epoch)';

function smallestOf({ framework, call, module }: Training): string {
  if ((framework === 'xgboost' || framework === 'lightgbm') && call.name?.endsWith('.fit'))
    return `mlflow.${framework}.autolog()\nwith mlflow.start_run(run_name="baseline"):\n    model.fit(X_train, y_train, eval_set=[(X_val, y_val)])`;
  return smallest[framework] ?? loop.replace('vars(args)', settingsWord(module));
}

/** What CatBoost writes by default is of its own fit, and says nothing of one that stands beside it. */
const isOfItself = ({ training, automatic, metrics }: Records): boolean =>
  training.framework === 'catboost' && automatic.metrics === 'unknown' && metrics.length === 0;

/** A fit beside the one that counts: clusters that become a feature, a try of one round whether there is a GPU. */
function isAside({ call, module }: Training): boolean {
  const rounds = call.keywords.get('num_boost_round') ?? call.keywords.get('epochs');
  return /^sklearn\.(cluster|mixture|manifold|decomposition)\b/.test(call.name ?? '') || (rounds !== undefined && module.textOf(rounds) === '1');
}

/** Which of a file's trainings stand for it last: trials of a search, and what stands beside. */
const lateness = (training: Training, project: Project): number => Number(isTrial(training, project)) + 2 * Number(isAside(training));

const what = ({ kind }: Training): string => (kind === 'loop' ? 'This training loop' : 'This fit');

export const rule: SetupRule = {
  meta: {
    id: 'E-01',
    title: 'What a training computes is stored',
    severity: 'critical',
    why: 'Curves and scores that exist only on the console are gone when it closes: the run can neither be compared nor checked later.',
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    const records = yield* recordsOf.steps(context);
    // A fitted estimator that is logged to a run is what the fit computed.
    const isKept = ({ training, stores }: Records) => training.kind === 'single' && stores.some(({ kind }) => kind === 'model');
    const silent = records.filter(
      (one) => !isStored(one) && !isKept(one) && !records.some((other) => other.program.has(one.training.module) && isStored(other) && !isOfItself(other)),
    );
    for (const { training, stores } of firstPerFile([...silent].sort((a, b) => lateness(a.training, project) - lateness(b.training, project)))) {
      yield;
      const { module, call } = training;
      if (training.outOfView === 'run' || (training.outOfView && training.within && returnsOf(training.within).length > 0)) {
        yield { kind: 'unknown', reason: 'What is computed goes back to a caller that is not in view, with the model that came from there.' };
        continue;
      }
      const keepsModel = stores.some(({ kind }) => kind === 'model');
      // A fit whose result nobody looks at computes no value that could be stored.
      const looked =
        training.kind !== 'single' ||
        project.calls.some((one) => /^print$|^sklearn\.metrics\b|\.(score|cross_val_score)$/.test(one.name ?? one.module.textOf(one.callee)));
      if (!looked) continue;
      const { epoch } = loopsOf(training, project);
      yield {
        kind: 'finding',
        confidence: training.kind === 'single' || keepsModel ? 0.8 : 0.92,
        places: [
          epoch ? { module: epoch.module, node: headOf(epoch.node) } : { module, node: call.node },
          ...(epoch && !isWithin(call.node, epoch.node) ? [{ module, node: call.node }] : []),
        ],
        summary: keepsModel
          ? `Of ${what(training).toLowerCase()} only the model is stored: nothing keeps what it measures.`
          : `${what(training)} stores nothing: no tracker, no logger and no file receives what it computes.`,
        fix: { text: 'Store settings and every epoch with a tracker, or at least write a CSV file.', code: smallestOf(training), edits: [] },
      };
    }
    for (const one of records) {
      yield;
      const unclear = one.automatic.metrics === 'unknown' && one.metrics.length === 0;
      const logger = one.metrics.length > 0 && one.metrics.every(({ via }) => via === 'unknown-log') && one.automatic.metrics !== 'yes';
      if (unclear || logger) yield { kind: 'unknown', reason: 'What looks like a logger comes from outside of the files reviewed.' };
    }
  },
};

/** A loop's first line stands for the loop. */
function headOf(node: Training['call']['node']): Training['call']['node'] {
  return node.children[0] ?? node;
}
