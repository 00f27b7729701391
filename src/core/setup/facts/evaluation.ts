// Where data held out from the training is scored: functions, loops, calls, arguments of a fit, hooks of a framework.

import type { NamedCall, Project } from '../project/project';
import type { PyFunction, PyModule } from '../python/module';
import { returnsOf, valuesOfSelf } from '../python/resolve';
import { fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { isWithin } from './flow';
import { duringOf } from './loops';
import { testDataOfTables } from './split-tables';
import { type Split, splitOf, splitOfExpression } from './splits';
import type { Training } from './training';

export interface Evaluation {
  /**
   * `function` a function that scores; `loop` a loop or block that does; `call` a call that scores by itself, or of a training function with held-out data;
   * `argument` data handed to a fit; `hook` a method that the framework calls.
   */
  readonly kind: 'function' | 'loop' | 'call' | 'argument' | 'hook';
  readonly module: PyModule;
  readonly node: Syntax;
  readonly fn: PyFunction | null;
  /** For a function: where it is called. For a call: itself. */
  readonly calls: readonly NamedCall[];
  /** By the names of the data, of each call for a function; null where they say nothing. */
  readonly splits: readonly (Split | null)[];
}

/** Arguments of fits and trainers that hold data to score while training. */
const dataArguments =
  /^(validation_data|validation_split|eval_set|evals|valid_sets|eval_dataset|eval_data|val_dataloaders?|eval_loader|val_loader|eval_env|valid_data|dls_valid)$/;
/** What a Trainer asks a module for the data that it scores while training. */
const loaders = /^val_dataloader$/;
const hooks = /^(validation_step|validation_epoch_end|on_validation_epoch_end|test_step|evaluation_loop|eval_step)$/;
const scoring =
  /\.(evaluate|evaluate_generator|test_on_batch|validate|score|cross_val_score|cross_validate|cross_val_predict|evaluate_policy|\w*(calc|compute|get)_(acc|accuracy|f1|auc))$|^stable_baselines3\.common\.callbacks\.EvalCallback$|^segmentation_models_pytorch(\.\w+)*\.ValidEpoch\.run$|^ignite(\.\w+)*\.create_supervised_evaluator\.run$/;
const metricCalls = /^(sklearn\.metrics|torchmetrics)\b/;
const switches = /(^|\.)(no_grad|inference_mode)$/;
const functionNames =
  /^(_?)(run_)?(eval|evaluate|evaluation|validate|validation|valid|val|test|heldout)(_|$)|_(eval|evaluate|validate|validation|val|test)$|^(eval|val|valid|test)[A-Z]/;

/** Whether a node holds a step of training. */
type Trains = (node: Syntax, module: PyModule) => boolean;

/** Every place of the project that scores, in the order of files and lines; found once. */
export const evaluationsOf = factOf(function* (trainings: readonly Training[], project: Project): Steps<readonly Evaluation[]> {
  const backwards = trainings.filter(({ kind }) => kind === 'loop');
  const trains: Trains = (node, module) => backwards.some((one) => one.module === module && isWithin(one.call.node, node));
  const written = yield* gathered(project.modules, (module) => {
    const functions = module.functions.flatMap((fn) => scoringIn(fn, trains, project));
    return [...functions, ...blocksIn(module, functions, trains, project), ...ofTables(module, trains, project)];
  });
  return [...written, ...(yield* gathered(project.calls, (call) => scoringBy(call, trains, project)))];
});

/** What a function says of scoring: that it does, that a framework calls it for that, that it gives the data for it. */
function scoringIn(fn: PyFunction, trains: Trains, project: Project): readonly Evaluation[] {
  const { module, node, name, owner } = fn;
  if (!project.isReached(fn) || name === 'forward') return [];
  if (owner && loaders.test(name))
    return returnsOf(fn).map((value) => ({ kind: 'argument', module, node: value, fn, calls: [], splits: [splitOfData(value, module)] }));
  if (owner && hooks.test(name)) return [{ kind: 'hook', module, node, fn, calls: [], splits: [splitOf(name)] }];
  if (trains(node, module) || !isScoringFunction(fn)) return [];
  const calls = project.callsTo(fn);
  const splits = calls.map((call) => splitOfArguments(call) ?? splitOfBody(fn) ?? splitOfCall(call) ?? splitOf(name));
  return [{ kind: 'function', module, node, fn, calls, splits }];
}

/** Loops and blocks that score, outside of the functions that do; of nested ones the outermost. */
function blocksIn(module: PyModule, functions: readonly Evaluation[], trains: Trains, project: Project): readonly Evaluation[] {
  const found: Evaluation[] = [];
  for (const node of walk(module.root)) {
    if (!/^(for_statement|with_statement|list_comprehension|generator_expression)$/.test(node.type)) continue;
    if (functions.some((one) => isWithin(node, one.node)) || trains(node, module) || !isScoringBlock(node, module)) continue;
    if (found.some((one) => isWithin(node, one.node))) continue;
    const within = module.functionAround(node);
    if (project.reaches({ node, within, module })) found.push({ kind: 'loop', module, node, fn: within, calls: [], splits: [splitOfBlock(node, module)] });
  }
  return found;
}

/** Test data among the entries of a table that a loop goes through. */
function ofTables(module: PyModule, trains: Trains, project: Project): readonly Evaluation[] {
  return testDataOfTables(module, project).flatMap(({ node, call }): readonly Evaluation[] => {
    const within = module.functionAround(node);
    const isScoring = call ? isNamedScoring(call) || isMeasuring(call, project) || trainsIn(call, trains, project) : !onlyDraws(node, module);
    if (!isScoring || !project.reaches({ node, within, module })) return [];
    return [{ kind: call ? 'call' : 'loop', module, node, fn: within, calls: call ? [call] : [], splits: ['test'] }];
  });
}

const trainsIn = (call: NamedCall, trains: Trains, project: Project): boolean => project.targetsOf(call).some((fn) => trains(fn.node, fn.module));

/** `evaluate(model, loader)`, `model.evaluate(x, y)`. */
const isNamedScoring = (call: NamedCall): boolean => functionNames.test(call.module.textOf(call.callee).split('.').at(-1) ?? '') || scores(call);

/** What a call says of scoring: data that it is given for it, and that it scores itself. */
function scoringBy(call: NamedCall, trains: Trains, project: Project): readonly Evaluation[] {
  const { module, name, args, keywords } = call;
  // `xgb.train(params, dtrain, rounds, watchlist)`
  const fourth = /^(xgboost|lightgbm)\.train$/.test(name ?? '') ? args[3] : undefined;
  // `trainer.fit(model, train_loader, val_loader)`
  const third = /^(pytorch_)?lightning\b.*\.Trainer\.fit$/.test(name ?? '') ? args[2] : undefined;
  const given = [...[...keywords].flatMap(([keyword, value]) => (dataArguments.test(keyword) ? [value] : [])), fourth, third].filter(
    (one) => one !== undefined,
  );
  const data = given.map((node): Evaluation => ({ kind: 'argument', module, node, fn: null, calls: [call], splits: [splitOfData(node, module)] }));
  const split = splitOfCall(call);
  const isScored = scores(call) || (split !== null && split !== 'train' && scoresHeldOut(call, trains, project));
  return isScored ? [...data, { kind: 'call', module, node: call.node, fn: call.within, calls: [call], splits: [split] }] : data;
}

const scores = ({ name, callee, module }: NamedCall): boolean =>
  (name !== null && (scoring.test(name) || metricCalls.test(name))) || (callee.type === 'attribute' && scoring.test(module.textOf(callee)));

/** Of a call that is handed held-out data. */
function scoresHeldOut(call: NamedCall, trains: Trains, project: Project): boolean {
  const { callee, module, args } = call;
  const targets = project.targetsOf(call);
  // `test(model, test_loader)` of a module that is not in view.
  const isElsewhere =
    targets.length === 0 &&
    callee.type === 'identifier' &&
    functionNames.test(module.textOf(callee)) &&
    args.some((one) => /^(model|net|network)$/.test(module.textOf(one)));
  // `model.test(test_loader)` of a class that is not in view.
  const method = targets.length === 0 ? memberOf(callee) : null;
  const isByModel = method !== null && functionNames.test(method.name) && /^(self\.)?(model|net|network)$/.test(module.textOf(method.object));
  // `valid_epoch.run(valid_loader)`, of a runner of the project's own.
  const isRun = runs.test(module.textOf(callee)) && (targets.length > 0 || isEngine(call));
  return isElsewhere || isByModel || isRun || trainsIn(call, trains, project) || isMeasuring(call, project) || isFedSession(call);
}

const measured =
  /^(\w+_)?(accuracy|acc|loss|error|mse|rmse|mae|f1|auc|perplexity|nll|bleu|dice|iou|cross_entropy)(_(fn|fun|func|score|rate|\d))?$|[a-z](Accuracy|Loss|Error)$/;

/** `accuracy(params, x_test, y_test)`: a function of the project that is named after what it measures, and gives it back; `plot_loss(losses)` draws. */
function isMeasuring(call: NamedCall, project: Project): boolean {
  const name = call.module.textOf(call.callee).split('.').at(-1) ?? '';
  if (!measured.test(name) || /^(plot|print|log|show|save|write|draw|record|append|update|add|format)/i.test(name)) return false;
  return project.targetsOf(call).some((fn) => returnsOf(fn).some(({ type }) => type !== 'none'));
}

/** Evaluations that run while a training runs, not only after it. */
export function evaluationsDuring(training: Training, evaluations: readonly Evaluation[], project: Project): readonly Evaluation[] {
  const during = duringOf(training, project);
  return evaluations.filter((one) => {
    if (one.kind === 'hook' || (one.kind === 'argument' && one.calls.length === 0)) return training.kind !== 'loop' || during.has(one.node, one.module);
    if (one.kind === 'function') return one.calls.some((call) => during.has(call.node, call.module)) || during.calls.functions.has(one.fn as PyFunction);
    return during.has(one.node, one.module);
  });
}

/** `sess.run(accuracy, feed_dict={x: mnist.test.images})`, `accuracy.eval(feed_dict=…)`. */
const isFedSession = ({ callee, keywords, args, module }: NamedCall): boolean =>
  callee.type === 'attribute' && /\.(run|eval)$/.test(module.textOf(callee)) && (keywords.has('feed_dict') || args[1]?.type === 'dictionary');

const runs = /\.(run|run_epoch|loop|epoch)$/;
const isEngine = ({ name }: NamedCall): boolean => /^ignite(\.\w+)*\.\w*Engine\.run$/.test(name ?? '');

const deepest = 4;
/** They change rows or how they are gone through, and not which rows they are. */
const sameRows =
  /^(map|filter|select|shuffle|batch|take|cache|prefetch|with_format|with_transform|set_format|remove_columns|rename_columns?|to_\w+|copy|astype)$/;
const passesOn = /^(next|iter|enumerate|list|zip|tqdm)$/;
const madeOfRows =
  /(^|[._])(Dataset|DMatrix|QuantileDMatrix|Pool|\w*DataLoader|\w*Dataloader|Subset|ImageFolder|load_dataset|load_from_disk|\w*Dataset|\w*Data|flow_from_directory|\w+_dataset_from_directory)$/;

/** Of data handed over, by its name and by what it is made of: `lgb_eval = lgb.Dataset(X_test, y_test)` holds test rows, whatever it is called. */
function splitOfData(value: Syntax, module: PyModule, depth = 0): Split | null {
  const named = splitOfExpression(value, module);
  if (named === 'test' || depth > deepest) return named;
  const origin = splitOfOrigin(value, module, depth);
  // What is told of rows by the name that they go by next to the model wins, unless they come from test data.
  return origin === 'test' || named === null ? (origin ?? named) : named;
}

function splitOfOrigin(value: Syntax, module: PyModule, depth: number): Split | null {
  const next = (one: Syntax) => splitOfData(one, module, depth + 1);
  switch (value.type) {
    case 'list': {
      const [only, ...others] = value.children;
      return only && others.length === 0 ? next(only) : null;
    }
    case 'identifier': {
      const [made, ...others] = module.scopeOf(value).lookup(module.textOf(value));
      return made?.kind === 'assign' && others.length === 0 && made.value && made.node.type === 'assignment' ? next(made.value) : null;
    }
    case 'attribute': {
      const [made, ...others] = valuesOfSelf(value, module).filter(({ type }) => type !== 'none');
      return made && others.length === 0 ? next(made) : null;
    }
    case 'call': {
      const callee = fieldOf(value, 'function');
      const given = fieldOf(value, 'arguments')?.children.filter(({ type }) => type !== 'comment') ?? [];
      if (!callee) return null;
      const method = memberOf(callee);
      if (method && sameRows.test(method.name)) return next(method.object);
      if (passesOn.test(module.textOf(callee)) && given[0]) return next(given[0]);
      if (!madeOfRows.test(module.textOf(callee))) return null;
      // `subset="validation"` of a folder that holds all rows.
      if (given.some((one) => nameOf(one, module) === 'subset')) return null;
      const rows =
        given.find(({ type }) => type !== 'keyword_argument') ??
        given.flatMap((one) => (/^(dataset|data)$/.test(nameOf(one, module)) ? (fieldOf(one, 'value') ?? []) : []))[0];
      return (rows && rows.type !== 'string' ? next(rows) : null) ?? splitOfExpression(fieldOf(value, 'arguments') ?? value, module);
    }
    default:
      return null;
  }
}

const nameOf = (argument: Syntax, module: PyModule): string => {
  const name = argument.type === 'keyword_argument' ? fieldOf(argument, 'name') : null;
  return name ? module.textOf(name) : '';
};

/** Of a call, the split that its arguments name, else its own name. */
function splitOfCall(call: NamedCall): Split | null {
  const { callee, module } = call;
  const named = namedBy(call);
  const [only] = named;
  return named.size === 1 && only ? only : named.size === 0 ? splitOf(module.textOf(callee).split('.').at(-1) ?? '') : null;
}

function splitOfArguments(call: NamedCall): Split | null {
  const named = namedBy(call);
  return named.size === 1 ? ([...named][0] ?? null) : null;
}

const namedBy = ({ args, keywords, module }: NamedCall): ReadonlySet<Split> =>
  new Set(
    [...args, ...keywords.values()]
      .filter((one) => !isCount(module.textOf(one)))
      .map((one) => splitOfHanded(one, module))
      .filter((one) => one !== null),
  );

/** By its name, unless what goes by a name of validation is made of test rows. */
function splitOfHanded(given: Syntax, module: PyModule): Split | null {
  const named = splitOfExpression(given, module);
  return named === 'validation' && splitOfData(given, module) === 'test' ? 'test' : named;
}

/** `args.limit_val_batches`, `eval_steps`, `val_fraction`: how much or how often, and no data. */
export const isCount = (text: string): boolean =>
  /(^|[._])(limit|batches|steps?|size|interval|freq|every|num|n|max|min|fraction|frac|ratio|percent|name|prefix|epochs?)([._]|$)/i.test(text);

/** `def test(): for x, y in eval_loader:` scores what it goes through, whatever it is called; what it is handed is told where it is called. */
function splitOfBody({ node, module }: PyFunction): Split | null {
  const parameters = fieldOf(node, 'parameters');
  const handed = new Set(parameters ? [...walk(parameters)].filter(({ type }) => type === 'identifier').map((one) => module.textOf(one)) : []);
  const named = new Set<Split>();
  for (const loop of walk(node)) {
    const right = loop.type === 'for_statement' || loop.type === 'for_in_clause' ? fieldOf(loop, 'right') : null;
    if (!right || [...walk(right)].some((one) => one.type === 'identifier' && handed.has(module.textOf(one)) && module.textOf(one) !== 'self')) continue;
    const split = splitOfExpression(right, module);
    if (split) named.add(split);
  }
  const [only] = named;
  return named.size === 1 && only && only !== 'train' ? only : null;
}

function isScoringFunction(fn: PyFunction): boolean {
  const { module } = fn;
  if (functionNames.test(fn.name)) return true;
  if (fn.decorators.some((one) => /no_grad|inference_mode/.test(module.textOf(one)))) return true;
  return module.calls.some((call) => {
    if (!isWithin(call.node, fn.node) || call.within !== fn) return false;
    const written = module.textOf(call.callee);
    return switches.test(written) || (/\.eval$/.test(written) && call.args.length === 0);
  });
}

/** Of a block that scores: by the data that its calls are handed, where they name one held-out split; else by all names in it. */
function splitOfBlock(node: Syntax, module: PyModule): Split | null {
  const whole = splitOfExpression(node, module);
  // `for x, y in test_loader: val_loss += …`: what it goes through is the data, whatever the sums are called.
  const clause = node.type === 'for_statement' ? node : node.children.find(({ type }) => type === 'for_in_clause');
  const right = clause ? fieldOf(clause, 'right') : null;
  if (right) return whole ?? splitOfExpression(right, module);
  if (whole || node.type !== 'with_statement') return whole;
  const named = new Set<Split>();
  for (const at of walk(node)) {
    if (at.type !== 'identifier' || at.parent?.field === 'name' || !/loader|(data)?set$|data$|_dl$|iter/i.test(module.textOf(at))) continue;
    const split = splitOf(module.textOf(at));
    if (split) named.add(split);
  }
  const [only] = named;
  return named.size === 1 && only && only !== 'train' ? only : null;
}

/** A loop that puts results into a picture. */
const onlyDraws = (node: Syntax, module: PyModule): boolean =>
  /\b(ax|axs|axes|plt|fig|figure)\b[\w[\],\s]*\.\w+\(/.test(module.textOf(node)) &&
  !/(model|net|predict|forward|criterion|loss_fn|eval\w*)\(/i.test(module.textOf(node));

/** A block without gradients, or a loop over held-out data. */
function isScoringBlock(node: Syntax, module: PyModule): boolean {
  if (node.type === 'with_statement') {
    const body = fieldOf(node, 'body');
    const head = module.code.text.slice(node.from, body?.from ?? node.to);
    return /\b(no_grad|inference_mode)\b/.test(head);
  }
  const clause = node.type === 'for_statement' ? node : node.children.find(({ type }) => type === 'for_in_clause');
  const right = clause ? fieldOf(clause, 'right') : null;
  const split = right ? splitOfExpression(right, module) : null;
  return (split === 'validation' || split === 'test') && !onlyDraws(node, module);
}
