// R25: are optimizer, learning rate, schedule, batch size and length there?

import { frameworkOf } from '../../advice/framework';
import { hasParams, isUnset, paramEvidence, paramsLike } from '../evidence';
import { andRecord, inFramework } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

const optimizer = 'optimizer';
const schedule = 'schedule';
const wanted: readonly (readonly [string, RegExp])[] = [
  [optimizer, /^(optim(izer)?(_?(name|type|class))?|optim(izer)?\.name|algorithm|booster)$/i],
  ['learning rate', /^(lr|learning_rate|base_lr|max_lr|lr0|eta|step_size)$/i],
  [schedule, /^((lr_)?sched(uler)?(_?(name|type))?|lr_scheduler_type|warmup\w*|lr_decay|gamma|lrf)$/i],
  ['batch size', /^((train_|per_device_train_)?batch(_?size)?|bs|minibatch_size)$/i],
  ['length', /^((num_|n_|max_)?(train_)?(epochs?|steps|iterations|iters|timesteps)|num_train_epochs|n_estimators|num_boost_round)$/i],
];

export const item: ChecklistItem = {
  meta: {
    id: 'R25',
    question: 'Are optimizer, learning rate, schedule, batch size and length recorded?',
    section: 'config',
    weight: 'high',
    reference: 'ML Reproducibility Checklist',
  },
  check({ run }) {
    if (!hasParams(run)) return unknown('Unknown: no params were logged.');
    const framework = frameworkOf(run);
    // Trees have neither a batch nor a schedule, and the booster is the optimizer.
    const asked = framework === 'boosting' ? wanted.filter(([name]) => name === 'learning rate' || name === 'length') : wanted;
    const found = asked.map(([name, pattern]) => ({ name, params: paramsLike(run, pattern).filter(({ value }) => !isUnset(value)) }));
    const evidence = paramEvidence(found.flatMap(({ params }) => params));
    const curve = run.series.find(({ role, count }) => role === 'learning-rate' && count > 1);
    const absent = found.filter(({ name, params }) => params.length === 0 && !(name === schedule && curve)).map(({ name }) => name);
    const seen =
      curve && found.some(({ name, params }) => name === schedule && params.length === 0) ? [...evidence, { file: 'metrics', where: curve.name }] : evidence;
    if (absent.length === 0) return pass(`All ${asked.length} are recorded.`, seen);
    const text = `Not found among the params: ${absent.join(', ')}.`;
    if (asked.length - absent.length >= asked.length - 2 && absent.length < asked.length) return partial(text, seen);
    return framework === 'sklearn' ? unknown(`Unknown whether they apply to this estimator. ${text}`, seen) : fail(text, seen);
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Record the five settings that every training has.',
        {
          lightning: 'settings = {"optimizer": "AdamW", "lr": lr, "scheduler": "cosine", "batch_size": bs, "epochs": trainer.max_epochs}',
          transformers: 'settings = training_args.to_dict()',
          keras: 'settings = {**model.optimizer.get_config(), "batch_size": bs, "epochs": epochs}',
          sklearn: 'settings = estimator.get_params()',
          boosting: 'settings = {**params, "num_boost_round": rounds, "early_stopping_rounds": patience}',
          pytorch: 'settings = {"optimizer": "adamw", "lr": lr, "scheduler": "cosine", "batch_size": bs, "epochs": epochs}',
        },
        framework,
      ),
      tracker === 'wandb'
        ? 'wandb.config.update(settings)'
        : tracker === 'mlflow' || tracker === undefined
          ? 'mlflow.log_params(settings)   # or mlflow.autolog() before fit'
          : 'json.dump(settings, open(f"{log_dir}/config.json", "w"), default=str)',
    ),
  examples: [
    { run: { params: { 'optimizer.name': 'sgd', 'optimizer.lr': 0.1, scheduler: 'cosine', batch_size: 32, epochs: 10 } }, verdict: 'pass' },
    { run: { params: { optimizer: 'sgd', lr: 0.1, epochs: 10 } }, verdict: 'partial' },
    { run: { params: { eta: 0.1, n_estimators: 100 }, facts: [{ kind: 'packages', value: { xgboost: '2.1' } }] }, verdict: 'pass' },
    { run: { params: { optimizer: null, lr: 0.1, epochs: 10 } }, verdict: 'fail' },
    { run: { params: { C: 1 }, facts: [{ kind: 'packages', value: { 'scikit-learn': '1.5' } }] }, verdict: 'unknown' },
    { run: { params: { lr: 0.1 } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
