// Files of rows, and of what a model says of them: they measure nothing, and are no record of a training.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { flowOf } from './flow';
import { isLossName, isTaskMetric } from './metrics';
import { type Store, sourcesOf } from './stored';

const tableWords = /^(submission|submit|sub|preds?|predictions?|oof)(_?df)?$|^df_?(submission|sub|preds?)$/i;
const fileWords = /(^|[\W_\d])(submissions?|submit|sub|preds?|predictions?|oof)([\W_\d]|$)/i;
const scoreWords = /metric|score|loss|acc|hist|log|eval/i;
const said = /\bpredict(_\w+)?\(|(^|[\W_])(preds?|predictions?|predicted|y_?hat|forecasts?)($|[\W_\d])/i;

/** `predictions.to_csv("submission.csv")`, `df["predicted"] = model.predict(df); df.to_csv(out)`, a writer of `open("prediction.csv")`. */
export function isPredictedRows({ call, values }: Store, project: Project): boolean {
  if (!call) return false;
  const { module, callee } = call;
  const path = pathIn([...call.args, ...call.keywords.values()], module);
  const object = callee.type === 'attribute' ? fieldOf(callee, 'object') : null;
  // `submission.to_csv(args.out)`: what the table is called says it, where no file is named.
  if (path === '' && object && tableWords.test(module.textOf(object))) return true;
  if (namesRows(path)) return true;
  if (!object) return false;
  if (/\.to_\w+$/.test(module.textOf(callee))) return !scoreWords.test(fileOf(path)) && holdsPredictions(columnsOf(object, module, project, 0));
  return path === '' && namesRows(openedBy(object, module, 0)) && !values.some((value) => speaksOfScores(value, module));
}

/** Rows that were read and are written again, cleaned or merged: `df.to_csv("interim/train.csv")`. Nothing among what they are made of scores. */
export function isRows(store: Store, project: Project): boolean {
  if (!store.call || !/\.to_(csv|parquet|feather|pickle|hdf|json|excel)$/.test(store.module.textOf(store.call.callee))) return false;
  let reads = false;
  for (const { nodes } of sourcesOf(store, project))
    for (const [node, module] of nodes) {
      const callee = node.type === 'call' ? fieldOf(node, 'function') : null;
      if (!callee) continue;
      const name = project.nameOf(callee, module) ?? module.textOf(callee);
      if (/metric|score|eval|loss|acc|predict|report|valid|log/i.test(name) && !/config|settings/i.test(name)) return false;
      if (/^(pandas|polars)\.(read|scan)_/.test(name)) reads = true;
    }
  return reads;
}

const fileOf = (path: string): string => path.slice(path.search(/[^/\\]*$/));

function namesRows(path: string): boolean {
  const file = fileOf(path);
  return fileWords.test(file) && (!scoreWords.test(file) || /submission/i.test(file));
}

/** The first name of a file that is written out. */
function pathIn(values: readonly Syntax[], module: PyModule): string {
  const written = (value: Syntax) =>
    [...walk(value)]
      .filter(({ type }) => type === 'string_content')
      .map((part) => module.textOf(part))
      .join('');
  return values.map(written).find((name) => /\.\w{2,8}$/.test(name)) ?? '';
}

/** The file behind `writer = csv.writer(f)` of `with open("prediction.csv", "w") as f`. */
function openedBy(object: Syntax, module: PyModule, depth: number): string {
  if (object.type !== 'identifier' || depth > mostHandles) return '';
  for (const binding of module.scopeOf(object).lookup(module.textOf(object))) {
    const value = binding.kind === 'assign' || binding.kind === 'with' ? binding.value : null;
    if (value?.type !== 'call') continue;
    const args = fieldOf(value, 'arguments')?.children ?? [];
    const path = pathIn(args, module);
    const found = path !== '' || !args[0] ? path : openedBy(args[0], module, depth + 1);
    if (found !== '') return found;
  }
  return '';
}

const mostHandles = 3;

const speaksOfScores = (value: Syntax, module: PyModule): boolean =>
  [...walk(value)].some((node) => (node.type === 'identifier' || node.type === 'string_content') && isScore(module.textOf(node)));

const isScore = (name: string): boolean => isTaskMetric(name) || isLossName(name);

interface Column {
  readonly name: string;
  readonly value: string;
}

/** Some column is what a model says, and none a score. */
const holdsPredictions = (columns: readonly Column[]): boolean =>
  columns.some(({ name, value }) => said.test(name) || said.test(value)) && !columns.some(({ name }) => isScore(name));

/** The columns of a table that are written out: `pd.DataFrame({"id": ids, "label": preds})`, `df["label"] = …`, `df.assign(label=…)`. */
function columnsOf(table: Syntax, module: PyModule, project: Project, depth: number): readonly Column[] {
  if (depth > mostTables) return [];
  if (table.type === 'identifier')
    return flowOf(project)
      .definitionsOf(table, module)
      .flatMap(({ node, value }) => {
        const left = node.type === 'assignment' ? fieldOf(node, 'left') : null;
        const key = left?.type === 'subscript' ? fieldOf(left, 'subscript') : null;
        const right = fieldOf(node, 'right');
        if (key && right) return [{ name: module.textOf(key), value: module.textOf(right) }];
        return value ? columnsOf(value, module, project, depth + 1) : [];
      });
  if (table.type !== 'call') return [];
  const callee = fieldOf(table, 'function');
  const args = fieldOf(table, 'arguments')?.children ?? [];
  if (!callee) return [];
  if (/(^|\.)DataFrame$/.test(module.textOf(callee)))
    return args.flatMap((one) => pairsOf(one.type === 'keyword_argument' ? fieldOf(one, 'value') : one, module));
  const object = callee.type === 'attribute' ? fieldOf(callee, 'object') : null;
  const given = /\.assign$/.test(module.textOf(callee)) ? args.flatMap((one) => namedIn(one, module)) : [];
  return [...given, ...(object ? columnsOf(object, module, project, depth + 1) : [])];
}

const mostTables = 3;

const pairsOf = (value: Syntax | null, module: PyModule): readonly Column[] =>
  value?.type === 'dictionary'
    ? value.children.flatMap(({ type, children: [key, held] }) =>
        type === 'pair' && key && held ? [{ name: module.textOf(key), value: module.textOf(held) }] : [],
      )
    : [];

function namedIn(argument: Syntax, module: PyModule): readonly Column[] {
  const [name, value] = argument.type === 'keyword_argument' ? [fieldOf(argument, 'name'), fieldOf(argument, 'value')] : [null, null];
  return name && value ? [{ name: module.textOf(name), value: module.textOf(value) }] : [];
}
