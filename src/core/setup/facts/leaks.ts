// What lets rows that are held out speak in the training: fitted transforms over all rows, the target among the features.

import type { NamedCall, Project } from '../project/project';
import type { PyFunction, PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, memberOf, mentions, type Syntax, walk } from '../python/syntax';
import { factOf, type Steps } from '../steps';
import { copiesAt } from './copies';
import { flowOf } from './flow';
import { refitsOf } from './refits';
import { rowSplitsOf } from './row-splits';
import { splitOfExpression } from './splits';

export interface Leak {
  readonly module: PyModule;
  readonly node: Syntax;
  readonly others: readonly { readonly module: PyModule; readonly node: Syntax }[];
  readonly kind: 'fitted' | 'copied' | 'statistic' | 'held-out' | 'target' | 'refit';
  /** What leaks: `StandardScaler`, a column. */
  readonly what: string;
  readonly confidence: number;
}

/** Learns from rows. Encoders of labels and categories, and what learns nothing, are left out. */
const transforms =
  /^(sklearn\.(preprocessing\.(StandardScaler|MinMaxScaler|MaxAbsScaler|RobustScaler|QuantileTransformer|PowerTransformer|KBinsDiscretizer|TargetEncoder)|impute\.\w+|decomposition\.\w+|feature_selection\.\w+|feature_extraction\.text\.(TfidfVectorizer|CountVectorizer|TfidfTransformer)|random_projection\.\w+)|imblearn\.\w+(\.\w+)*|category_encoders(\.\w+)*\.\w*(Target|LeaveOneOut|CatBoost|JamesStein|MEstimate|WOE)\w*)\.(fit_transform|fit|fit_resample|fit_sample)$|^(tensorflow\.)?keras(_preprocessing)?(\.\w+)*\.(Tokenizer\.fit_on_texts|(TextVectorization|Normalization|StringLookup)\.adapt)$/;
const pipelines = /^(sklearn\.pipeline\.(Pipeline|make_pipeline)|imblearn\.pipeline\.\w+)/;
const statistics = /^(mean|median|std|var|mode|quantile|min|max)$/;
/** What puts a value where another is missing or wrong. */
const fills = /^(fillna|replace)$/;

export const leaksOf = factOf(function* (project: Project): Steps<readonly Leak[]> {
  const found = new Map<Syntax, Leak>();
  const add = (leak: Leak) => {
    const known = found.get(leak.node);
    if (!known || known.confidence < leak.confidence) found.set(leak.node, leak);
  };
  const flow = flowOf(project);
  for (const split of yield* rowSplitsOf.steps(project)) {
    yield;
    const others = [{ module: split.module, node: split.node }];
    for (const data of split.data) {
      for (const [node, module] of flow.of(data, split.module).nodes) {
        const call = node.type === 'call' ? project.callAt(node, module) : undefined;
        const copied = call && split.kind !== 'slice' ? copiesAt(call, project) : null;
        if (call?.name && transforms.test(call.name) && !pipelines.test(call.name) && !isOfPart(call))
          add({ module, node, others, kind: 'fitted', what: call.name.split('.').at(-2) ?? '', confidence: isTrainingPart(call) ? 0.7 : 0.92 });
        else if (copied !== null && call && !isOfPart(call))
          add({ module, node, others, kind: 'copied', what: copied, confidence: isTrainingPart(call) ? 0.7 : 0.85 });
        else if (isOwnStatistic(node, module)) add({ module, node, others, kind: 'statistic', what: module.textOf(node), confidence: 0.85 });
      }
    }
  }
  for (const leak of [...filledOf(project)]) add(leak);
  for (const call of project.calls) {
    yield;
    if (call.name === null || !transforms.test(call.name) || !call.args[0]) continue;
    const split = splitOfExpression(call.args[0], call.module);
    if (split === 'test' || split === 'validation')
      add({
        module: call.module,
        node: call.node,
        others: [],
        kind: 'held-out',
        what: call.name.split('.').at(-2) ?? '',
        confidence: split === 'test' ? 0.9 : 0.8,
      });
  }
  for (const beside of [targetsOf(project), refitsOf(project)])
    for (const leak of beside)
      if (leak) add(leak);
      else yield;
  return [...found.values()];
});

/** Fitted on what is already the held-out or one part of rows: another split's affair. */
const isOfPart = ({ args, module }: NamedCall): boolean =>
  args.length > 0 && ['test', 'validation'].includes(splitOfExpression(args[0] as Syntax, module) ?? '');
const isTrainingPart = ({ args, module }: NamedCall): boolean => args.length > 0 && splitOfExpression(args[0] as Syntax, module) === 'train';

/** `df.fillna(df.mean())`, `(X - X.mean(0)) / X.std(0)`: a statistic of all rows goes back into the rows. */
function isOwnStatistic(node: Syntax, module: PyModule): boolean {
  if (node.type === 'call') {
    const method = memberOf(fieldOf(node, 'function'));
    if (!method || !fills.test(method.name)) return false;
    return (fieldOf(node, 'arguments')?.children ?? []).some((given) => isStatisticOf(given, module.textOf(method.object), module));
  }
  const [left, right] = node.type === 'binary_operator' ? [fieldOf(node, 'left'), fieldOf(node, 'right')] : [null, null];
  const operator = fieldOf(node, 'operator');
  return left !== null && right !== null && operator !== null && module.textOf(operator) === '-' && isStatisticOf(right, module.textOf(left), module);
}

/** `df["age"].fillna(df["age"].median(), inplace=True)` before the rows of `df` are split: the same, without an assignment. */
function* filledOf(project: Project): Iterable<Leak> {
  const splits = rowSplitsOf(project);
  if (splits.length === 0) return;
  for (const { node, module, within, callee, args, keywords } of project.calls) {
    const method = memberOf(callee);
    const isInPlace = keywords.has('inplace') && module.textOf(keywords.get('inplace') as Syntax) === 'True';
    if (!method || !isInPlace || !fills.test(method.name)) continue;
    const text = module.textOf(method.object);
    const root = /^\w+/.exec(text)?.[0] ?? '';
    const first = (given: Syntax) => (given.type === 'subscript' ? (given.children[0] ?? given) : given);
    if (!args.some((given) => isStatisticOf(given, text, module) || isStatisticOf(first(given), text, module))) continue;
    const split =
      splits.find(
        (one) =>
          one.module === module && module.functionAround(one.node) === within && one.node.from > node.to && one.data.some((data) => mentions(data, root)),
      ) ?? splits.find((one) => within !== null && isParameter(root, within) && one.data.some((data) => comesThrough(within, data, one.module, project)));
    if (split) yield { module, node, others: [{ module, node: split.node }], kind: 'statistic', what: module.textOf(node), confidence: 0.85 };
  }
}

const isParameter = (name: string, { node, module }: PyFunction): boolean =>
  (fieldOf(node, 'parameters')?.children ?? []).some((one) => module.textOf(one.type === 'identifier' ? one : (one.children[0] ?? one)) === name);

/** `df = clean(df)`, and then the rows of `df` are split. */
const comesThrough = (fn: PyFunction, data: Syntax, module: PyModule, project: Project): boolean =>
  [...flowOf(project).of(data, module).nodes].some(([node, where]) => {
    const call = node.type === 'call' ? project.callAt(node, where) : undefined;
    return call !== undefined && project.targetsOf(call).includes(fn);
  });

/** A statistic over the rows of the very same data; over an axis of each row it is none. */
function isStatisticOf(node: Syntax, data: string, module: PyModule): boolean {
  const method = node.type === 'call' ? memberOf(fieldOf(node, 'function')) : null;
  if (!method || !statistics.test(method.name)) return false;
  const given = fieldOf(node, 'arguments') ? module.textOf(fieldOf(node, 'arguments') as Syntax) : '';
  if (/(axis|dim)\s*=\s*(1|2|-1|\(|\[)|^\(\s*(1|-1)/.test(given)) return false;
  return module.textOf(method.object) === data && /^[\w.]+$|^\w+\[(["'][^\]]*["']|\w+)\]$/.test(data);
}

/** `df["revenue"] = df[target] * …`, and the column stays among the features. */
function* targetsOf(project: Project): Iterable<Leak | undefined> {
  const flow = flowOf(project);
  for (const call of project.calls) {
    yield;
    const method = memberOf(call.callee);
    const list = call.keywords.get('columns') ?? call.keywords.get('labels') ?? call.args[0];
    if (method?.name !== 'drop' || !list || method.object.type !== 'identifier') continue;
    const labels = constantOf(list, call.module);
    const dropped = (Array.isArray(labels) ? labels : [labels]).filter((one) => typeof one === 'string');
    if (dropped.length === 0 || (Array.isArray(labels) && labels.length !== dropped.length)) continue;
    const target = targetBeside(call, call.module.textOf(method.object), dropped);
    if (!target) continue;
    for (const [node, module] of flow.of(method.object, call.module).nodes) {
      const assignment = node.parent?.type === 'assignment' && node.field === 'right' ? node.parent : null;
      const left = assignment ? fieldOf(assignment, 'left') : null;
      const key = left?.type === 'subscript' ? fieldOf(left, 'subscript') : null;
      const column = key ? constantOf(key, module) : null;
      if (typeof column !== 'string' || column === target || dropped.includes(column)) continue;
      if (
        /\.(shift|rolling|expanding|cumsum|diff|pct_change|ewm|transform|map|isna|isnull|notna)\b|groupby/.test(module.textOf(node)) ||
        !readsColumn(node, target, module)
      )
        continue;
      yield { module, node: assignment as Syntax, others: [{ module: call.module, node: call.node }], kind: 'target', what: column, confidence: 0.85 };
    }
  }
}

/** The dropped column that is read as the target: `y = df["price"]`. */
function targetBeside(call: NamedCall, frame: string, dropped: readonly string[]): string | null {
  const around = call.within?.node ?? call.module.root;
  for (const node of walk(around)) {
    if (node.type !== 'assignment') continue;
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    for (const [name, value] of left?.type === 'pattern_list' && right?.type === 'expression_list'
      ? left.children.map((one, at) => [one, right.children[at]] as const)
      : [[left, right] as const]) {
      if (!name || !value || !/^(y|target|labels?|y_all|ys|Y)$/i.test(call.module.textOf(name))) continue;
      const column = dropped.find((one) => readsColumn(value, one, call.module));
      if (column && call.module.textOf(value).startsWith(frame)) return column;
    }
  }
  return null;
}

function readsColumn(node: Syntax, column: string, module: PyModule): boolean {
  for (const one of walk(node)) {
    const key = one.type === 'subscript' ? fieldOf(one, 'subscript') : null;
    if (key && constantOf(key, module) === column) return true;
    if (memberOf(one)?.name === column) return true;
  }
  return false;
}
