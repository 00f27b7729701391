// R25: are optimizer, learning rate, schedule, batch size and length there?

import { hasParams, paramEvidence, paramsLike } from '../evidence';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

const wanted: readonly (readonly [string, RegExp])[] = [
  ['optimizer', /^(optim(izer)?(_?(name|type|class))?|optim(izer)?\.name|algorithm|booster)$/i],
  ['learning rate', /^(lr|learning_rate|base_lr|max_lr|lr0|eta|step_size)$/i],
  ['schedule', /^((lr_)?sched(uler)?(_?(name|type))?|lr_scheduler_type|warmup\w*|lr_decay|gamma|lrf)$/i],
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
    const found = wanted.map(([name, pattern]) => ({ name, params: paramsLike(run, pattern) }));
    const evidence = paramEvidence(found.flatMap(({ params }) => params));
    const absent = found.filter(({ params }) => params.length === 0).map(({ name }) => name);
    if (absent.length === 0) return pass('All five are recorded.', evidence);
    const text = `Not found among the params: ${absent.join(', ')}.`;
    return absent.length <= 2 ? partial(text, evidence) : fail(text, evidence);
  },
  fix: () => ({
    text: 'Log the five settings that every training has.',
    code: 'log_params({"optimizer": "adamw", "lr": lr, "scheduler": "cosine", "batch_size": bs, "epochs": epochs})',
  }),
  examples: [
    { run: { params: { 'optimizer.name': 'sgd', 'optimizer.lr': 0.1, scheduler: 'cosine', batch_size: 32, epochs: 10 } }, verdict: 'pass' },
    { run: { params: { optimizer: 'sgd', lr: 0.1, epochs: 10 } }, verdict: 'partial' },
    { run: { params: { lr: 0.1 } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
