// The winner of a search and of runs that were compared: by which split it is chosen.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { flowOf } from './flow';
import { logCallsOf } from './logging';
import { scoreIn, splitOfLogged, splitOfScore } from './score-split';
import type { Selection } from './selection';
import { splitOf, splitOfExpression } from './splits';

/** The winner of a search: Ray Tune's metric, the value that an objective of Optuna, Hyperopt or Hyperas returns. */
export function* ofSearches(project: Project): Iterable<Selection | undefined> {
  yield* ofSweepFiles(project);
  for (const call of project.calls) {
    yield;
    if (
      call.name !== null &&
      /^ray\.(tune|train)\.(TuneConfig|run)$|^ray\.tune\.\w+\.fit\.get_best_result$|^ray\.tune\.(schedulers|search|suggest)(\.\w+)*\.[A-Z]\w+$/.test(call.name)
    ) {
      const metric = call.keywords.get('metric');
      const name = metric ? constantOf(metric, call.module) : null;
      const named = typeof name === 'string' ? splitOf(name) : null;
      const split = typeof name === 'string' && splitOfLogged(name, project) === 'test' ? 'test' : named;
      if (typeof name === 'string' && (split === 'test' || (split === 'train' && logsHeldOut(project))))
        yield { module: call.module, node: metric!, split, by: name, what: winner, confidence: 0.9, isBeside: true };
    }
    if (call.name === 'wandb.sweep') yield* ofSweep(call, project);
    if (call.name === null || !/^optuna(\.\w+)*\.optimize$|^hyperopt(\.\w+)*\.fmin$|^hyperas\.optim\.minimize$/.test(call.name)) continue;
    const objective = call.args[0] ?? call.keywords.get('fn') ?? call.keywords.get('model');
    const fn = objective ? project.functionOf(project.nameOf(objective, call.module) ?? '') : undefined;
    if (!fn) continue;
    for (const node of walk(fn.node)) {
      if (node.type !== 'return_statement' || !node.children[0] || fn.module.functionAround(node) !== fn) continue;
      const value = scoreIn(node.children[0], fn.module);
      const told = splitOfScore(value, fn.module, project);
      const split = told === 'test' || isOfTraining(value, fn.module, project) ? (told ?? 'train') : null;
      if (split === 'test' || split === 'train')
        yield { module: fn.module, node, split, by: fn.module.textOf(value), what: winner, confidence: 0.85, isBeside: scoresHeldOut(fn.module, project) };
    }
  }
}

const winner = 'the winner of the search';

/** `wandb.sweep({"metric": {"name": "train_loss", "goal": "minimize"}, …})`, also where the dictionary is put together before. */
function* ofSweep(call: NamedCall, project: Project): Iterable<Selection> {
  const config = call.args[0] ?? call.keywords.get('sweep');
  if (!config) return;
  for (const [node, module] of flowOf(project).of(config, call.module).nodes) {
    const held =
      node.type === 'dictionary' ? new Map(node.children.flatMap(({ children: [key, value] }) => (key && value ? [[keyOf(key, module), value]] : []))) : null;
    const metric = held?.has('goal') ? held.get('name') : undefined;
    const name = metric ? constantOf(metric, module) : null;
    if (!metric || typeof name !== 'string') continue;
    const split = splitOf(name) ?? (splitOfLogged(name, project) === 'test' ? 'test' : null);
    if (split === 'test' || split === 'train') yield { module, node: metric, split, by: name, what: winner, confidence: 0.9, isBeside: logsHeldOut(project) };
  }
}

/** The same in a file of settings: `metric:` with `name: train_loss` below. */
function* ofSweepFiles(project: Project): Iterable<Selection> {
  for (const [path, text] of project.settings) {
    const metric =
      /\.ya?ml$/.test(path) && /^method:/m.test(text) && /^parameters:/m.test(text)
        ? /^metric:[ \t]*\n(?:[ \t]+\w+:.*\n)*?[ \t]+name:[ \t]*["']?([\w/.-]+)/m.exec(text)
        : null;
    const name = metric?.[1];
    const split = name ? splitOf(name) : null;
    const [logged] = logCallsOf(project).filter(({ kind, names }) => kind === 'metrics' && names.some((one) => one.text === name));
    if (!metric || !name || !logged || (split !== 'test' && split !== 'train')) continue;
    const line = text.slice(0, metric.index + metric[0].length).split('\n').length;
    const { module, node } = logged.call;
    yield {
      module,
      node,
      place: { file: path, line, endLine: line, cell: null },
      split,
      by: name,
      what: winner,
      confidence: 0.9,
      isBeside: logsHeldOut(project),
    };
  }
}

const keyOf = (key: Syntax, module: PyModule): string => module.textOf(key).replace(/^["']|["']$/g, '');

/** Whether runs hold a value of data that are held out, by its name. */
const logsHeldOut = (project: Project): boolean =>
  logCallsOf(project).some(({ kind, names }) => kind === 'metrics' && names.some(({ text }) => /^(validation|test)$/.test(splitOf(text) ?? '')));

const scores = /^sklearn\.metrics\.|(^|\.)(score|predict|predict_proba|evaluate)$/;

/** Whether a file scores rows that are held out. */
const scoresHeldOut = (module: PyModule, project: Project): boolean =>
  project
    .callsIn(module)
    .some(
      (call) =>
        scores.test(call.name ?? module.textOf(call.callee)) && call.args.some((one) => /^(validation|test)$/.test(splitOfExpression(one, module) ?? '')),
    );

/** Of folds, or of rows that the fit holds out by itself. */
const heldOutInside = /(^|[._])(cross_val_\w+|cross_validate|cv|cv_results_?|best_score_|oob_score_|\w*SearchCV|\w*KFold|\w*Split)$/;

/** A score of the rows that were fitted: `mean_squared_error(y_train, model.predict(X_train))`, `train_acc`, `history.history["loss"][-1]`. */
function isOfTraining(value: Syntax, module: PyModule, project: Project): boolean {
  const made =
    value.type === 'identifier'
      ? flowOf(project)
          .definitionsOf(value, module)
          .flatMap((one) => one.value ?? [])
      : [value];
  if (made.some((one) => trainingCurve.test(module.textOf(one)))) return made.length === 1;
  const isNamed = value.type === 'identifier' && splitOf(module.textOf(value)) === 'train';
  const isScored = made.length > 0 && made.every((one) => isScoreOfTraining(one, module, project));
  if (!isNamed && !isScored) return false;
  return ![...flowOf(project).of(value, module).nodes].some(
    ([one, where]) => one.type === 'call' && heldOutInside.test(where.textOf(fieldOf(one, 'function') ?? one)),
  );
}

const trainingCurve = /\.history\[["'](loss|acc|accuracy|mae|mse|auc)["']\]/;

function isScoreOfTraining(value: Syntax, module: PyModule, project: Project): boolean {
  const [call] = [...walk(value)].filter(
    (one) => one.type === 'call' && scores.test(project.nameOf(fieldOf(one, 'function') ?? one, module) ?? module.textOf(fieldOf(one, 'function') ?? one)),
  );
  const given = call ? fieldOf(call, 'arguments') : null;
  return given !== null && splitOfExpression(given, module) === 'train';
}

/** What is done with the run that won: its model is registered, copied, put to use. */
const putsToUse =
  /\b(register_model|create_model_version|transition_model_version_stage|set_registered_model_alias|load_model|copy(file|tree|2)?|download_artifacts)\(/;
const compared = /(^|\.)search_runs$/;

/** `client.search_runs(…, order_by=["metrics.f1 DESC"])`: the best of runs that hold a score, where its model is put to use. */
export function* ofRuns(project: Project): Iterable<Selection | undefined> {
  for (const call of project.calls) {
    const { module, node, keywords, args } = call;
    if (!compared.test(module.textOf(call.callee))) continue;
    yield;
    const around = call.within?.node ?? module.root;
    if (!putsToUse.test(module.textOf(around))) continue;
    const metric = metricIn([...keywords.values(), ...args], module) ?? metricIn(picksIn(around, module), module);
    if (metric === null || splitOfLogged(metric, project) !== 'test') continue;
    yield { module, node, split: 'test', by: metric, what: 'the kept model', confidence: 0.8 };
  }
}

/** `runs.sort_values("metrics.f1")`, `runs["metrics.f1"].idxmax()`. */
const picksIn = (around: Syntax, module: PyModule): readonly Syntax[] =>
  [...walk(around)].filter(
    (one) => one.type === 'call' && /\.(sort_values|idxmax|idxmin|nlargest|nsmallest)$/.test(module.textOf(fieldOf(one, 'function') ?? one)),
  );

function metricIn(values: readonly Syntax[], module: PyModule): string | null {
  for (const value of values)
    for (const one of walk(value)) {
      const name = one.type === 'string_content' ? /^\s*metrics\.[`"']?([\w/.-]+)/.exec(module.textOf(one))?.[1] : undefined;
      if (name) return name;
    }
  return null;
}
