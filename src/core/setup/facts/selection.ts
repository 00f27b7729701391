// By which split a model is chosen: what a kept checkpoint, a stopping point or a search's winner looks at.

import type { CodePlace } from '../finding';
import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, mentions, type Syntax, walk } from '../python/syntax';
import { type Evaluation, evaluationsDuring } from './evaluation';
import { flowOf } from './flow';
import { keepsSetting } from './kept-setting';
import { splitOfGiven, splitOfMaking, splitOfScore } from './score-split';
import { ofRuns, ofSearches } from './searches';
import { type Split, splitOf, splitOfExpression } from './splits';
import type { Training } from './training';

export interface Selection {
  readonly module: PyModule;
  /** Where the choice is written. */
  readonly node: Syntax;
  /** In a file of settings, where it is chosen there. */
  readonly place?: CodePlace;
  readonly split: Split;
  /** What is looked at: `test_acc`, `train/loss`. */
  readonly by: string;
  readonly what: string;
  readonly confidence: number;
  /** Values of held-out data stand beside it, though none is taken while a training runs. */
  readonly isBeside?: boolean;
}

const keeps =
  /(^|\.)(save|save_pretrained|save_model|save_weights|save_state|save_checkpoint|deepcopy|log_model|dump|state_dict|get_weights|transition_model_version_stage|set_registered_model_alias|register_model)$|checkpoint/i;
const callbacks = /(^|\.)(ModelCheckpoint|EarlyStopping)$/;
/** Callbacks of Keras watch this when nothing is said. */
const kerasDefault = 'val_loss';

/** Every choice whose split can be told. */
export function* selectionsOf(project: Project, trainings: readonly Training[], evaluations: readonly Evaluation[]): Iterable<Selection | undefined> {
  yield* ofComparisons(project, trainings, evaluations);
  yield* ofPicks(project);
  yield* ofCallbacks(project, trainings, evaluations);
  yield* ofArguments(project, evaluations);
  yield* ofSearches(project);
  yield* ofRuns(project);
}

/** `if test_acc > best: torch.save(…)`. */
function* ofComparisons(project: Project, trainings: readonly Training[], evaluations: readonly Evaluation[]): Iterable<Selection | undefined> {
  for (const module of project.modules) {
    yield;
    for (const node of walk(module.root)) {
      if (node.type !== 'if_statement' && node.type !== 'assignment') continue;
      // `is_best = acc > best_acc`, handed on to what saves.
      const flag = isFlag(node, module) ? node : null;
      if (node.type === 'assignment' && !flag) continue;
      const condition = flag ? fieldOf(flag, 'right') : fieldOf(node, 'condition');
      const body = flag ? flag : fieldOf(node, 'consequence');
      if (!condition || !body || !project.reaches({ node, within: module.functionAround(node), module })) continue;
      const isBest = (one: Syntax, other: Syntax) =>
        /best|lowest|highest|champion|\bprod(uction)?(_|\b)|min_?(val|loss)|max_?(acc|val|score)/i.test(module.textOf(one)) ||
        isRaised(one, other, body, module);
      // `if epoch > warmup and best < acc:`
      const [value] = [...comparisonsIn(condition, module)].flatMap((one) => {
        const [left, right] = one.children.filter(({ field }) => field !== 'operators');
        return left && right && isBest(left, right) !== isBest(right, left) ? [isBest(left, right) ? right : left] : [];
      });
      if (!value || value.type === 'integer' || value.type === 'none') continue;
      const kept = flag ? (savesBy(flag, module) ? 'the kept model' : null) : (keptIn(body, module) ?? (keepsSetting(body, module) ? 'a setting' : null));
      if (!kept) continue;
      const split = splitOfValue(value, module, project, trainings, evaluations);
      if (split) yield { module, node, by: module.textOf(value), what: kept, ...split };
    }
  }
}

/** Comparisons in a condition, and in what its names were given: `good = loss < best`, then `if good and path:`. */
function* comparisonsIn(condition: Syntax, module: PyModule): Iterable<Syntax> {
  for (const one of walk(condition)) {
    if (one.type === 'comparison_operator') yield one;
    if (one.type !== 'identifier' || one.field === 'attribute') continue;
    const bindings = module.scopeOf(one).lookup(module.textOf(one));
    const [only] = bindings;
    if (bindings.length !== 1 || only?.kind !== 'assign' || !only.value || isFlag(only.node, module)) continue;
    if (/^(comparison|boolean)_operator$/.test(only.value.type)) for (const inner of walk(only.value)) if (inner.type === 'comparison_operator') yield inner;
  }
}

/** `is_best = acc > best_acc`: judged where it stands. */
const isFlag = (node: Syntax, module: PyModule): boolean =>
  node.type === 'assignment' && /^(is_?)?(best|better|improved?)$/i.test(module.textOf(fieldOf(node, 'left') ?? node));

const scored = /^sklearn\.metrics\.|(^|\.)(score|evaluate|evaluate_model|eval_model|compute_metrics|get_metrics|calculate_metrics)$/;
const crossValidated = /(^|\.)(cross_val_score|cross_validate|cross_val_predict|\w*SearchCV|\w*KFold|TimeSeriesSplit)$|best_score_/;

/** `best = max(results, key=…)`, `table["f1"].idxmax()`, `sorted(scores, key=…)[0]`, `table.sort_values("f1").iloc[0]`: one of several models by its score. */
function* ofPicks(project: Project): Iterable<Selection | undefined> {
  for (const call of project.calls) {
    const { module, callee, node } = call;
    const written = module.textOf(callee);
    const byKey = /^(max|min|sorted)$/.test(written) && call.keywords.has('key');
    // `ks[np.argmax(scores)]`, `scores.index(max(scores))`.
    const byPlace = /^numpy\.(nan)?arg(max|min)$/.test(call.name ?? '') || (/^(max|min)$/.test(written) && /\.index$/.test(calleeAround(node, module)));
    const byColumn = callee.type === 'attribute' && /\.(idxmax|idxmin|sort_values|sort)$/.test(written);
    if (!byKey && !byColumn && !byPlace) continue;
    yield;
    const target = assignedTo(node);
    if (!target || !(isChosen.test(module.textOf(target)) || (/^sorted$|sort(_values)?$/.test(written) && firstIsChosen(target, module)))) continue;
    const table = byKey || byPlace ? call.args[0] : fieldOf(callee, 'object');
    const by = byKey || byPlace ? call.keywords.get('key') : (call.args[0] ?? call.keywords.get('by'));
    const named = by ? splitOfExpression(by, module) : null;
    if (!table || named === 'validation' || named === 'train' || (by && /cv|cross|fold|mean_test/i.test(module.textOf(by)))) continue;
    const scores = (by && splitUnderKey(by, table, module, project)) ?? splitOfScores(table, module, project);
    const split = scores === 'folds' ? null : (named ?? scores);
    if (split === 'test') yield { module, node, split, by: module.textOf(by && named ? by : table), what: 'the kept model', confidence: 0.8 };
  }
}

const isChosen = /best|winner|winning|champion|optim(al|um)/i;

/** What a node is handed to: of `max(scores)` in `scores.index(max(scores))` `scores.index`. */
function calleeAround({ parent }: Syntax, module: PyModule): string {
  const callee = parent?.type === 'argument_list' && parent.parent?.type === 'call' ? fieldOf(parent.parent, 'function') : null;
  return callee ? module.textOf(callee) : '';
}

/** `ranked = sorted(…)` and later `best = ranked[0]`, `best = ranked.iloc[0]`. */
function firstIsChosen(target: Syntax, module: PyModule): boolean {
  if (target.type !== 'identifier') return false;
  const name = module.textOf(target);
  return new RegExp(`^\\s*\\w*(best|winner|champion)\\w*\\s*(:[^=\\n]+)?=\\s*${name}(\\.iloc)?\\[(0|-1)\\]`, 'im').test(module.code.text);
}

/** `key=lambda one: one[1]["accuracy"]`: the split of what stands under that key in the table; null where it cannot be told, or is of several. */
function splitUnderKey(by: Syntax, table: Syntax, module: PyModule, project: Project): Split | null {
  const keys = [...walk(by)].filter(({ type }) => type === 'string').map((one) => module.textOf(one).slice(1, -1));
  const [only] = keys;
  if (keys.length !== 1 || !only) return null;
  const splits = new Set<Split | null>();
  for (const [one, within] of flowOf(project).of(table, module).nodes) {
    const [key, value] = one.type === 'pair' ? one.children : [];
    if (key?.type === 'string' && value && within.textOf(key).slice(1, -1) === only) splits.add(splitOfScore(value, within, project));
  }
  return splits.size === 1 ? ([...splits][0] ?? null) : null;
}

/** The split that the scores in a table are of: validation where any is, `folds` where folds of the training data are scored too. */
function splitOfScores(table: Syntax, module: PyModule, project: Project): Split | 'folds' | null {
  const splits = new Set<Split>();
  for (const [one, within] of flowOf(project).of(table, module).nodes) {
    const made = one.type === 'call' ? fieldOf(one, 'function') : null;
    if (!made) continue;
    const text = within.textOf(made);
    if (crossValidated.test(text)) return 'folds';
    if (!scored.test(project.nameOf(made, within) ?? text) && !scored.test(text)) continue;
    for (const value of fieldOf(one, 'arguments')?.children ?? []) {
      const split = splitOfExpression(value, within);
      if (split) splits.add(split);
    }
  }
  return splits.has('validation') ? 'validation' : splits.has('test') ? 'test' : null;
}

/** What the statement gives a name to: of `best, score = max(…)` both. */
function assignedTo(node: Syntax): Syntax | null {
  let at = node.parent;
  while (at && !/_statement$|^assignment$|^block$|^module$|^lambda$/.test(at.type)) at = at.parent;
  return at?.type === 'assignment' ? fieldOf(at, 'left') : null;
}

/** `if score > top: top = score`: the name holds the best so far, whatever it is called. */
function isRaised(name: Syntax, value: Syntax, body: Syntax, module: PyModule): boolean {
  if (name.type !== 'identifier') return false;
  const [written, given] = [module.textOf(name), module.textOf(value)];
  for (const node of walk(body)) {
    const [left, right] = node.type === 'assignment' ? [fieldOf(node, 'left'), fieldOf(node, 'right')] : [null, null];
    if (left && right && module.textOf(left) === written && module.textOf(right) === given) return true;
  }
  return false;
}

/** Whether a flag decides what is saved: handed to a call that saves, or asked before one. */
function savesBy(flag: Syntax, module: PyModule): boolean {
  const name = module.textOf(fieldOf(flag, 'left') as Syntax);
  const around = module.functionAround(flag)?.node ?? module.root;
  for (const node of walk(around)) {
    const [callee, list] = node.type === 'call' ? [fieldOf(node, 'function'), fieldOf(node, 'arguments')] : [null, null];
    if (callee && list && keeps.test(module.textOf(callee)) && mentions(list, name)) return true;
    const [condition, body] = node.type === 'if_statement' ? [fieldOf(node, 'condition'), fieldOf(node, 'consequence')] : [null, null];
    if (condition && body && new RegExp(`\\b${name}\\b`).test(module.textOf(condition)) && keptIn(body, module)) return true;
  }
  return false;
}

/** What an improvement does: it keeps a model, or the setting that made it. */
function keptIn(body: Syntax, module: PyModule): string | null {
  for (const node of walk(body)) {
    const callee = node.type === 'call' ? fieldOf(node, 'function') : null;
    if (callee && keeps.test(module.textOf(callee))) return 'the kept model';
    const left = node.type === 'assignment' ? fieldOf(node, 'left') : null;
    if (left && /best_?(model|params?|state|config|weights|net|estimator|clf|lr|alpha|depth|k|c|cfg|hp)\b|patience|counter|wait/i.test(module.textOf(left)))
      return /patience|counter|wait/i.test(module.textOf(left)) ? 'the stopping point' : 'the kept model';
  }
  return null;
}

function splitOfValue(
  value: Syntax,
  module: PyModule,
  project: Project,
  trainings: readonly Training[],
  evaluations: readonly Evaluation[],
): { readonly split: Split; readonly confidence: number } | null {
  const named = splitOfExpression(value, module);
  const made = splitOfMaking(value, module, project);
  // `val_stats = evaluate(net, test_loader)`: the data says what it is, whatever it is called.
  if (named === 'validation' && made === 'test') return { split: 'test', confidence: 0.8 };
  if (named) return made && made !== named ? null : { split: named, confidence: made ? 0.95 : 0.85 };
  if (made) return { split: made, confidence: 0.85 };
  if (splitOfGiven(value, module, project) === 'test') return { split: 'test', confidence: 0.85 };
  // The loss of the training itself, summed or as it is.
  const { nodes } = flowOf(project).of(value, module);
  const backward = trainings.filter(({ kind }) => kind === 'loop').flatMap(({ call }) => (call.callee.children[0] ? [call.callee.children[0]] : []));
  const isTraining = backward.some(
    (loss) =>
      flowOf(project)
        .of(loss, trainings.find(({ call }) => call.callee.children[0] === loss)!.module)
        .nodes.has(value) || nodes.has(loss),
  );
  if (
    scoresTest(value, module) ||
    countedOver(value, module, project) === 'test' ||
    scoredOver(value, nodes, module) === 'test' ||
    returnedBy(value, module, project, evaluations) === 'test'
  )
    return { split: 'test', confidence: 0.8 };
  const evaluates = [...nodes].some(([one, within]) => one.type === 'identifier' && (splitOf(within.textOf(one)) ?? 'train') !== 'train');
  return isTraining && !evaluates && /loss/i.test(module.textOf(value)) ? { split: 'train', confidence: 0.75 } : null;
}

/** A score that a function computes itself, in its one loop over data, which are named test as the function is. */
function scoresTest(value: Syntax, module: PyModule): boolean {
  const fn = module.functionAround(value);
  if (!fn || splitOf(fn.name) !== 'test' || /loss/i.test(module.textOf(value))) return false;
  const loops = [...walk(fn.node)].filter(({ type }) => type === 'for_statement').map((loop) => fieldOf(loop, 'right'));
  const [only] = loops;
  return loops.length === 1 && only !== null && only !== undefined && splitOfExpression(only, module) === 'test';
}

/** `acc = correct / total`, where both are counted up in loops over one split and nowhere else; null where that cannot be told. */
function countedOver(value: Syntax, module: PyModule, project: Project): Split | null {
  if (value.type !== 'identifier' || /loss/i.test(module.textOf(value))) return null;
  const [only, ...others] = flowOf(project).definitionsOf(value, module);
  if (!only?.value || others.length > 0 || only.value.type === 'call') return null;
  const around = module.functionAround(value);
  const terms = new Set([...walk(only.value)].filter(({ type }) => type === 'identifier').map((one) => module.textOf(one)));
  const splits = new Set<Split | null>();
  for (const node of walk(around?.node ?? module.root)) {
    const left = node.type === 'augmented_assignment' ? fieldOf(node, 'left') : null;
    if (left?.type !== 'identifier' || !terms.has(module.textOf(left)) || module.functionAround(node) !== around) continue;
    let loop = node.parent;
    while (loop && loop.type !== 'for_statement') loop = loop.parent;
    const over = loop ? fieldOf(loop, 'right') : null;
    splits.add(over ? splitOfExpression(over, module) : null);
  }
  return splits.size === 1 ? ([...splits][0] ?? null) : null;
}

/** `acc = accuracy_score(labels, predictions)`, where both were gathered from one loader: the split of every set of data that it is made from. */
function scoredOver(value: Syntax, nodes: ReadonlyMap<Syntax, PyModule>, module: PyModule): Split | null {
  if (value.type !== 'identifier' || /loss/i.test(module.textOf(value))) return null;
  const splits = new Set<Split>();
  for (const [node, within] of nodes) {
    const name = node.type === 'identifier' ? within.textOf(node) : '';
    const split = /loader|set$|_dl$|iter(ator)?$|_data$/i.test(name) ? splitOf(name) : null;
    if (split) splits.add(split);
  }
  return splits.size === 1 ? ([...splits][0] ?? null) : null;
}

/** `acc = evaluate(net, epoch)`, where the function goes through data of its own: the split that it scores. */
function returnedBy(value: Syntax, module: PyModule, project: Project, evaluations: readonly Evaluation[]): Split | null {
  const [only, ...others] = value.type === 'identifier' ? flowOf(project).definitionsOf(value, module) : [];
  const call = others.length === 0 && only?.value?.type === 'call' ? only.value : null;
  if (!call) return null;
  for (const { kind, calls, splits } of evaluations) {
    const at = kind === 'function' ? calls.findIndex(({ node }) => node === call) : -1;
    if (at >= 0) return splits[at] ?? null;
  }
  return null;
}

/** `ModelCheckpoint(monitor="train/loss")`, `EarlyStopping(monitor="val_loss")` over a test set given as validation data. */
function* ofCallbacks(project: Project, trainings: readonly Training[], evaluations: readonly Evaluation[]): Iterable<Selection | undefined> {
  const heldOut = trainings.flatMap((one) => evaluationsDuring(one, evaluations, project));
  const hasValidation = heldOut.some(({ kind, fn }) => kind === 'argument' || (kind === 'hook' && /^valid/.test(fn?.name ?? '')));
  const onTest = heldOut.find(({ kind, splits }) => kind === 'argument' && splits.length > 0 && splits.every((split) => split === 'test'));
  for (const call of project.calls) {
    yield;
    if (call.name === null || !callbacks.test(call.name) || project.classOf(call.name) || !/keras|lightning/.test(call.name)) continue;
    const keras = /keras/.test(call.name);
    if (keras && /ModelCheckpoint$/.test(call.name) && !/save_best_only\s*=\s*True/.test(call.module.textOf(call.node))) continue;
    const given = call.keywords.get('monitor') ?? (/EarlyStopping$/.test(call.name) ? call.args[0] : keras ? call.args[1] : undefined);
    const monitor = given ? constantOf(given, call.module) : keras ? kerasDefault : null;
    if (typeof monitor !== 'string') continue;
    const what = /EarlyStopping$/.test(call.name) ? 'the stopping point' : 'the kept model';
    const named = keras && !/^val_/.test(monitor) ? (/^(loss|acc|accuracy|auc|mae|mse)$/.test(monitor) ? 'train' : null) : splitOf(monitor);
    const place = { module: call.module, node: call.node, by: monitor, what };
    if (named === 'test') yield { ...place, split: 'test', confidence: 0.9 };
    else if (named === 'train' && hasValidation) yield { ...place, split: 'train', confidence: 0.9 };
    else if (named === 'validation' && onTest) yield { ...place, split: 'test', confidence: 0.9, by: `${monitor} of ${onTest.module.textOf(onTest.node)}` };
  }
}

/** `eval_set=watched`: the list that the name holds, where it is written once. */
function listOf(node: Syntax, module: PyModule): Syntax {
  const [made, ...others] = node.type === 'identifier' ? module.scopeOf(node).lookup(module.textOf(node)) : [];
  return made?.kind === 'assign' && others.length === 0 && made.value?.type === 'list' ? made.value : node;
}

/** Early stopping and `load_best_model_at_end` look at the data that the fit was given. */
function* ofArguments(project: Project, evaluations: readonly Evaluation[]): Iterable<Selection | undefined> {
  for (const { kind, module, node, calls, splits } of evaluations) {
    const [call] = calls;
    if (kind !== 'argument' || !call) continue;
    const texts = call.module.textOf(call.node);
    const split = lastSplit(listOf(node, module), module) ?? splits[0];
    if (split !== 'test' || isPartOfTraining(node, module, project)) continue;
    const made = flowOf(project).of(call.node, call.module).nodes;
    const written = [...made].filter(([one]) => one.type === 'keyword_argument').map(([one, within]) => within.textOf(one));
    const stops = /early_stopping(_rounds)?\b|EarlyStopping|early_stop/.test(texts) || written.some((one) => /^early_stopping_rounds\s*=(?!\s*None)/.test(one));
    const isBoosting = /^(xgboost|lightgbm|catboost)\b/.test(call.name ?? '');
    const bestAtEnd = /^transformers|^trl/.test(call.name ?? '') && written.some((one) => /^load_best_model_at_end\s*=\s*True/.test(one));
    if ((isBoosting && stops) || bestAtEnd) {
      const stopNode = [...call.keywords].find(([name]) => /early_stopping|^callbacks$/.test(name))?.[1];
      const loading = [...made.keys()].find((one) => one.type === 'keyword_argument' && /^load_best_model_at_end/.test(made.get(one)!.textOf(one)));
      yield {
        module: call.module,
        node: bestAtEnd ? (loading ?? call.node) : (stopNode ?? node),
        split: 'test',
        by: module.textOf(node),
        what: bestAtEnd ? 'the kept model' : 'the number of rounds',
        confidence: 0.9,
      };
    }
  }
}

/** `datasets` names the part that `train_test_split` takes off “test”, whatever it is for. */
export function isPartOfTraining(node: Syntax, module: PyModule, project: Project): boolean {
  for (const [one, within] of flowOf(project).of(node, module).nodes) {
    const callee = one.type === 'call' ? fieldOf(one, 'function') : null;
    if (callee?.type === 'attribute' && /\.train_test_split$/.test(within.textOf(callee)) && !/^sklearn/.test(project.nameOf(callee, within) ?? ''))
      return true;
  }
  return false;
}

/** Boosting stops by the last of several sets. */
function lastSplit(node: Syntax, module: PyModule): Split | null {
  const last = node.type === 'list' ? node.children.at(-1) : null;
  return last ? splitOfExpression(last, module) : null;
}
