// Scores that are printed when a training is over, and whether what is stored speaks of them.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import type { Binding } from '../python/names';
import { argumentOf, constantOf } from '../python/resolve';
import { fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import { flowOf } from './flow';
import { isMetricName, isTaskMetric, metricNameOf } from './metrics';
import { runsBefore } from './order';
import { splitOf, splitOfExpression } from './splits';
import { labelsOf, type Store } from './stored';
import type { Training } from './training';

/** Variables that something stored is made from. */
type Kept = ReadonlySet<readonly Binding[]>;

/** A score of test data that is told once, after the training: by its own name, or by what the line says. Ask only where nothing stored speaks of test data. */
export function lostOfTest(call: NamedCall, kept: Kept, project: Project, training: Training): Syntax | null {
  const said = call.args.flatMap((one) => [...walk(one)].flatMap((node) => (node.type === 'string_content' ? [call.module.textOf(node)] : []))).join(' ');
  const isOfTest = splitOf(said) === 'test' && isTaskMetric(said);
  return lostAfter(call, kept, project, training, (name) =>
    splitOf(name) === 'test' || (isOfTest && splitOf(name) === null) ? isMetricName(name) || (isOfTest && isCount(name)) : false,
  );
}

/** `100 * correct / total`. */
const isCount = (name: string): boolean => /^(n_?|num_?|total_?|running_?)?correct(s|_count|_total)?$/.test(name);

/** A score of one fit, told after it, where other scores of the same fit are stored: none of them under its name, or from it. */
export function lostOfFit(call: NamedCall, kept: Kept, stores: readonly Store[], project: Project, training: Training): Syntax | null {
  if (stores.some((store) => store.kind !== 'object' && !isNamed(store)) || stores.every(({ kind }) => kind === 'object')) return null;
  const families = new Set(stores.flatMap((store) => labelsOf(store, project).map((label) => familyOf(label))));
  return lostAfter(call, kept, project, training, (name) => isScore.test(name) && splitOf(name) !== 'train' && !families.has(familyOf(name)));
}

/** What is surely a score of a model, and no table of them. */
const isScore = /^(\w+_)?(acc|accuracy|f1|f1_score|precision|recall|auc|roc_auc|auroc|rmse|mae|mse|mape|r2)(_score)?$/i;

const familyOf = (label: string): string =>
  (metricNameOf(label)?.family ?? label)
    .replace(/\b(score|value)\b/g, '')
    .replace(/\broc auc\b/, 'auc')
    .trim();

/** A call of a tracker whose names are all written. */
const isNamed = ({ kind, via, complete, names }: Store): boolean =>
  kind === 'metrics' && !/^unknown/.test(via) && complete && names.length > 0 && names.every(({ text }) => !text.includes('{}'));

function lostAfter(call: NamedCall, kept: Kept, project: Project, training: Training, isAsked: (name: string) => boolean): Syntax | null {
  for (const argument of call.args)
    for (const node of walk(argument)) {
      const name = node.type === 'identifier' && node.field !== 'attribute' && node.field !== 'function' ? call.module.textOf(node) : '';
      if (name === '' || !isAsked(name)) continue;
      const variable = flowOf(project).variableOf(node, call.module);
      if (variable.length === 0 || variable.some(({ kind }) => kind !== 'assign') || kept.has(variable)) continue;
      return runsBefore(training.call, call, project) === true ? node : null;
    }
  return null;
}

/** Whether what a store is named speaks of test data, or may: what a run fills in, or what is not written where it can be seen. */
export function speaksOfTest(store: Store, project: Project): boolean {
  const isOf = (label: string) => splitOf(label) === 'test' || label.includes('{}');
  if (store.complete && !/^unknown/.test(store.via)) return labelsOf(store, project).some(isOf);
  const [first, second] = store.kind === 'metrics' && store.call ? store.call.args : [];
  if (!first || (first.type !== 'dictionary' && !second)) return true;
  // `wandb.log({name: val_loss})`: what is put says it as well.
  const isSaid = (pair: Syntax) => /^(train|validation)$/.test(splitOfExpression(fieldOf(pair, 'value') ?? pair, store.module) ?? '');
  const names = first.type === 'dictionary' ? first.children.flatMap((pair) => (isSaid(pair) ? [] : [fieldOf(pair, 'key') ?? pair])) : [first];
  return names.some((name) => maySayTest(name, store.module, project));
}

/** A helper of the project puts the name of each caller: `logger.log_scalar("Loss/train", loss)`. */
function maySayTest(name: Syntax, module: PyModule, project: Project): boolean {
  const texts: string[] = [];
  for (const [node, where] of flowOf(project).of(name, module).nodes) {
    if (!isPartOfName(node, where)) return true;
    if (node.type === 'string_content') texts.push(where.textOf(node));
  }
  const all = texts.length > 0 ? texts : handedTo(name, module, project);
  return all.length === 0 || all.some((text) => text === null || splitOf(text) === 'test');
}

/** What is handed to a parameter of a method that several loggers have, whichever is called: null for what is not written. */
function handedTo(name: Syntax, module: PyModule, project: Project): readonly (string | null)[] {
  const fn = module.functionAround(name);
  if (!fn?.owner || name.type !== 'identifier') return [];
  return project.calls.flatMap((call) => {
    if (memberOf(call.callee)?.name !== fn.name) return [];
    const given = argumentOf(call, fn, module.textOf(name));
    const value = given ? constantOf(given, call.module) : null;
    return [typeof value === 'string' ? value : null];
  });
}

/** Texts, and the parameters and variables that hand them on. */
const isPartOfName = (node: Syntax, module: PyModule): boolean =>
  /^(string|string_start|string_content|string_end|identifier|attribute)$/.test(node.type) && splitOf(module.textOf(node)) !== 'test';
