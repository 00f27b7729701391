// The number that estimators of scikit-learn and its like are seeded with.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { argumentOf, constantOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import type { NodePlace } from '../rule';
import { normal, seedWord } from './params';
import type { Records } from './records';

/** A number that an estimator is seeded with, or else a split: `RandomForestClassifier(random_state=42)`. */
export function seedOfEstimator({ training, program }: Records, project: Project): NodePlace | null {
  if (!/^(sklearn|xgboost|lightgbm|catboost)$/.test(training.framework)) return null;
  const places: NodePlace[] = [];
  for (const call of project.callsOf(program)) {
    const { name, module } = call;
    if (name === null || !/^(sklearn|imblearn|xgboost|lightgbm|catboost)\b/.test(name)) continue;
    const value = seedGiven(call);
    if (!value || !(isNumber(value, module, project) || (isRead(value, module) && !isInPipeline(project)))) continue;
    if (!/^sklearn\.model_selection\b/.test(name)) return { module, node: value };
    places.push({ module, node: value });
  }
  return places[0] ?? null;
}

/** `random_state=42`, or the entry of that name in `XGBClassifier(**params)`. */
function seedGiven({ keywords, node, module }: NamedCall): Syntax | null {
  const named = keywords.get('random_state') ?? keywords.get('random_seed') ?? keywords.get('seed');
  if (named) return named;
  for (const one of fieldOf(node, 'arguments')?.children ?? []) {
    const table = one.type === 'dictionary_splat' ? writtenTable(one.children[0] ?? one, module) : null;
    const pair = table?.children.find(({ children: [key] }) => key?.type === 'string' && /^["'](random_state|random_seed|seed)["']$/.test(module.textOf(key)));
    if (pair?.children[1]) return pair.children[1];
  }
  return null;
}

/** A number as it is written, or by the default of a parameter that no caller gives. */
function isNumber(value: Syntax, module: PyModule, project: Project): boolean {
  if (typeof constantOf(value, module) === 'number') return true;
  const [only, ...others] = value.type === 'identifier' ? module.scopeOf(value).lookup(module.textOf(value)) : [];
  if (only?.kind !== 'parameter' || others.length > 0 || only.fallback?.type !== 'integer') return false;
  const fn = module.functionAround(only.node);
  const callers = fn ? project.callersOf(fn) : [];
  return fn !== null && callers.length > 0 && callers.every((call) => !call.splat && argumentOf(call, fn, module.textOf(value)) === null);
}

/** The dictionary that a name holds, where it is written once; itself where it is one. */
export function writtenTable(node: Syntax, module: PyModule): Syntax | null {
  if (node.type === 'dictionary') return node;
  const [only, ...others] = node.type === 'identifier' ? module.scopeOf(node).lookup(module.textOf(node)) : [];
  return only?.kind === 'assign' && others.length === 0 && only.value?.type === 'dictionary' ? only.value : null;
}

/** `random_state = config["base"]["random_state"]`: read from settings under a name of its own. */
function isRead(value: Syntax, module: PyModule): boolean {
  const read =
    value.type === 'identifier'
      ? module
          .scopeOf(value)
          .lookup(module.textOf(value))
          .map((one) => (one.kind === 'assign' ? one.value : null))
      : [value];
  return (
    read.length > 0 &&
    read.every((one) => {
      const key = one?.type === 'subscript' ? fieldOf(one, 'subscript') : null;
      return key?.type === 'string' && seedWord.test(normal(module.textOf(key)));
    })
  );
}

/** DVC keeps the settings that a stage names, with each run of it. */
const isInPipeline = ({ settings }: Project): boolean =>
  [...settings].some(([path, text]) => /(^|\/)dvc\.ya?ml$/.test(path) && (seedWord.test(normal(text)) || /^\s+- \S*params\.ya?ml:?\s*$/m.test(text)));
