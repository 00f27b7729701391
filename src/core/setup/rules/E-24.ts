// Test data scored again and again while the training runs.

import { type Evaluation, evaluationsDuring, evaluationsOf } from '../facts/evaluation';
import { isWithin } from '../facts/flow';
import { loopsOf } from '../facts/loops';
import { isPartOfTraining } from '../facts/selection';
import type { Training } from '../facts/training';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import type { NodePlace, SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-24',
    title: 'Test data is scored once, after the training',
    severity: 'critical',
    why: 'Each look at the test score steers what is done next: after a few it is a validation score, and nothing is left that tells how good the model really is.',
    source: 'Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 7.2; Recht et al., ICML 2019',
  },
  *check({ project, trainings, own }) {
    const evaluations = yield* evaluationsOf.steps(trainings, project);
    const told = new Set<Syntax>();
    for (const training of own) {
      yield;
      if (training.kind === 'single') continue;
      const places = [...evaluationsDuring(training, evaluations, project), ...ofTrainer(training, evaluations)]
        .flatMap((one) => placesOf(one, training, project))
        .filter(({ node, module }) => !told.has(node) && !isOnce(node, module) && !isPartOfTraining(node, module, project));
      // Data that the fit itself is handed says it best.
      places.sort((a, b) => Number(isHanded(b, training)) - Number(isHanded(a, training)));
      const [first] = places;
      if (!first) continue;
      for (const { node } of places) told.add(node);
      yield {
        kind: 'finding',
        // Some frameworks call their validation data “test”.
        confidence: 0.8,
        places,
        summary: 'Test data is scored while the training runs, not once after it.',
        fix: {
          text: 'Follow the training on validation data; score the test data once, with the model that was chosen.',
          code: codeFor(training),
          edits: [],
        },
      };
    }
  },
};

const isHanded = ({ node, module }: NodePlace, { call }: Training): boolean => module === call.module && isWithin(node, call.node);

/** How validation data is split off, in the words of the framework. */
function codeFor({ framework, kind, call, module }: Training): string {
  const rows = 'X_train, X_val, y_train, y_val = train_test_split(X_train, y_train, test_size=0.1, random_state=0)';
  const callee = module.textOf(call.callee);
  switch (framework) {
    case 'keras':
      return kind === 'fit' ? `${rows}\n${callee}(X_train, y_train, validation_data=(X_val, y_val))` : rows;
    case 'tensorflow':
      return 'x_val, y_val = x_train[-5000:], y_train[-5000:]\nx_train, y_train = x_train[:-5000], y_train[:-5000]';
    case 'jax':
    case 'sklearn':
      return rows;
    case 'xgboost':
      return callee.endsWith('train')
        ? `${rows}\nbooster = ${callee}(params, xgb.DMatrix(X_train, y_train), evals=[(xgb.DMatrix(X_val, y_val), "val")])`
        : `${rows}\n${callee}(X_train, y_train, eval_set=[(X_val, y_val)])`;
    case 'lightgbm':
      return callee.endsWith('train')
        ? `${rows}\nbooster = ${callee}(params, lgb.Dataset(X_train, y_train), valid_sets=[lgb.Dataset(X_val, y_val)])`
        : `${rows}\n${callee}(X_train, y_train, eval_set=[(X_val, y_val)])`;
    case 'catboost':
      return `${rows}\n${callee}(X_train, y_train, eval_set=(X_val, y_val))`;
    case 'huggingface':
      return 'parts = train_set.train_test_split(test_size=0.1, seed=0)\nTrainer(..., train_dataset=parts["train"], eval_dataset=parts["test"])';
    default:
      return 'train_part, val_part = random_split(train_set, [0.9, 0.1], generator=torch.Generator().manual_seed(seed))';
  }
}

/** Data handed to the trainer's constructor: `Trainer(eval_dataset=…)`, then `trainer.train()`. */
const ofTrainer = ({ call: { name } }: Training, evaluations: readonly Evaluation[]): readonly Evaluation[] =>
  evaluations.filter(
    ({ kind, calls: [call] }) => kind === 'argument' && name !== null && call?.name !== null && call?.name === name.slice(0, name.lastIndexOf('.')),
  );

/** Where an evaluation scores test data while the training runs. */
function placesOf(one: Evaluation, training: Training, project: Project): readonly NodePlace[] {
  if (one.kind === 'hook') return [];
  if (one.kind === 'function') {
    const { epoch } = loopsOf(training, project);
    return one.calls.flatMap((call, at) =>
      one.splits[at] === 'test' && epoch && runsIn(call, epoch.node, epoch.module, project) ? [{ module: call.module, node: call.node }] : [],
    );
  }
  return one.splits.length > 0 && one.splits.every((split) => split === 'test')
    ? [{ module: one.module, node: one.node }]
    : one.kind === 'argument'
      ? partOf(one)
      : [];
}

/** Of `evals=[(dtrain, "train"), (dtest, "test")]` the part that is test data. */
function partOf({ node, module }: Evaluation): readonly NodePlace[] {
  if (node.type === 'identifier') {
    // `evals=watchlist`: told where it is handed over.
    const [made, ...others] = module.scopeOf(node).lookup(module.textOf(node));
    const list = made?.kind === 'assign' && others.length === 0 && made.value?.type === 'list' ? made.value : null;
    return list && testParts(list, module).length > 0 ? [{ module, node }] : [];
  }
  return node.type === 'list' ? testParts(node, module).map((part) => ({ module, node: part })) : [];
}

const testParts = (list: Syntax, module: PyModule): readonly Syntax[] =>
  list.children.filter((part) => /test/i.test(module.textOf(part)) && !/val|dev/i.test(module.textOf(part)));

const runsIn = (call: NamedCall, node: Syntax, module: PyModule, project: Project): boolean =>
  (call.module === module && isWithin(call.node, node)) ||
  (call.within !== null && project.callersOf(call.within).some((one) => one.module === module && isWithin(one.node, node)));

/** Under a condition that holds once (the last epoch), or where the validation score has become better. */
function isOnce(node: Syntax, module: PyModule): boolean {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent) {
    const condition = at.type === 'if_statement' ? fieldOf(at, 'condition') : null;
    // `step % 5 == 0 or step == last` comes again and again.
    if (
      condition &&
      !/%/.test(module.textOf(condition)) &&
      /best|-\s*1\b|==\s*[\w.]*epochs|final|last|improve|is_test|do_test|run_test/i.test(module.textOf(condition))
    )
      return true;
  }
  return false;
}
