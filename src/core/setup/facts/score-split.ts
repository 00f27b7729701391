// Of which split a score is: by its name, by the data that it was made with, through functions of the project and runs that hold it.

import type { Project } from '../project/project';
import type { PyFunction, PyModule } from '../python/module';
import { argumentOf, returnsOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { isCount } from './evaluation';
import { flowOf, rootOf } from './flow';
import { logCallsOf } from './logging';
import { type Split, splitOf, splitOfExpression } from './splits';

/** Of a value from a call: the split that the data handed to it names. */
export function splitOfMaking(value: Syntax, module: PyModule, project: Project): Split | null {
  const splits = new Set<Split>();
  const root = value.type === 'identifier' ? value : rootOf(value, module);
  const definitions = root?.type === 'identifier' ? flowOf(project).definitionsOf(root, module) : [];
  for (const { value: made } of definitions) {
    if (made?.type !== 'call') continue;
    for (const one of fieldOf(made, 'arguments')?.children ?? []) {
      const split = isCount(module.textOf(one)) ? null : splitOfExpression(one, module);
      if (split) splits.add(split);
    }
  }
  return splits.size === 1 ? ([...splits][0] as Split) : null;
}

/** What a search goes by: of `{"loss": -accuracy, "status": STATUS_OK}` the accuracy. */
export function scoreIn(returned: Syntax, module: PyModule): Syntax {
  if (returned.type === 'unary_operator') return returned.children.at(-1) ?? returned;
  const loss =
    returned.type === 'dictionary'
      ? returned.children.find(({ type, children }) => type === 'pair' && /^.?loss.?$/.test(children[0] ? module.textOf(children[0]) : ''))
      : undefined;
  const value = loss?.children[1];
  return value ? scoreIn(value, module) : returned;
}

/** Functions that hand a score on to one another. */
const deepest = 3;

/** Of a score that is handed on: its own name, else the data that its making was given, in the function that makes it; else of a run that holds it. */
export function splitOfScore(value: Syntax, module: PyModule, project: Project, depth = 0): Split | null {
  const told = splitOfExpression(value, module) ?? splitOfMaking(value, module, project);
  if (told || depth > deepest) return told;
  const logged = loggedIn(value, module);
  if (logged !== null) return splitOfLogged(logged, project, depth + 1);
  const splits = new Set<Split | null>();
  for (const { call, at } of madeBy(value, module, project)) {
    const made = project.callAt(call, module);
    for (const fn of made ? project.targetsOf(made) : [])
      for (const one of givenBack(fn, at)) splits.add(splitOfScore(scoreIn(one, fn.module), fn.module, project, depth + 1));
  }
  return splits.size === 1 ? ([...splits][0] ?? null) : null;
}

/** `error = score(depth, train_x, test_x, train_y, test_y)`: the split of what the function scores with, as it is handed here. */
export function splitOfGiven(value: Syntax, module: PyModule, project: Project): Split | null {
  const splits = new Set<Split>();
  for (const { call, at } of madeBy(value, module, project)) {
    const made = project.callAt(call, module);
    for (const fn of made ? project.targetsOf(made) : [])
      for (const one of givenBack(fn, at))
        for (const name of scoredWith(scoreIn(one, fn.module), fn.module, project)) {
          const given = made && argumentOf(made, fn, name);
          const split = given ? splitOfExpression(given, module) : null;
          if (split) splits.add(split);
        }
  }
  return splits.size === 1 ? ([...splits][0] as Split) : null;
}

/** The names that a score is computed from: `y` and `x` of `mean_absolute_error(y, model.predict(x))`. */
function scoredWith(score: Syntax, module: PyModule, project: Project): ReadonlySet<string> {
  const names = new Set<string>();
  const open: { readonly node: Syntax; readonly depth: number }[] = [{ node: score, depth: 0 }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { node, depth } = at;
    const calls = [...walk(node)].filter(({ type }) => type === 'call');
    for (const one of calls.flatMap((call) => fieldOf(call, 'arguments')?.children ?? [])) if (one.type === 'identifier') names.add(module.textOf(one));
    if (depth > 2) continue;
    for (const one of walk(node))
      if (one.type === 'identifier')
        for (const { value } of flowOf(project).definitionsOf(one, module))
          if (
            value?.type === 'call' &&
            /(^|\.)(\w*(predict|score|error|loss|metric|acc|accuracy|eval)\w*)$/i.test(module.textOf(fieldOf(value, 'function') ?? value))
          )
            open.push({ node: value, depth: depth + 1 });
  }
  return names;
}

interface Made {
  readonly call: Syntax;
  /** Which of several values that the call gives back. */
  readonly at: number | null;
}

/** The calls that a value comes from: itself, or what its name was given, also of `accuracy, f1 = train(…)` and `train(…)[1]`. */
function madeBy(value: Syntax, module: PyModule, project: Project): readonly Made[] {
  if (value.type === 'call') return [{ call: value, at: null }];
  if (value.type === 'subscript') {
    const [object, key] = [fieldOf(value, 'value'), fieldOf(value, 'subscript')];
    return object?.type === 'call' ? [{ call: object, at: key?.type === 'integer' ? Number(module.textOf(key)) : null }] : [];
  }
  if (value.type !== 'identifier') return [];
  return flowOf(project)
    .definitionsOf(value, module)
    .flatMap(({ node, value: made }): readonly Made[] => {
      if (made?.type !== 'call') return [];
      const left = node.type === 'assignment' ? fieldOf(node, 'left') : null;
      const names = left && /^(pattern_list|tuple_pattern)$/.test(left.type) ? left.children.map((one) => module.textOf(one)) : [];
      return [{ call: made, at: names.length > 0 ? names.indexOf(module.textOf(value)) : null }];
    });
}

/** What a function gives back, of several values the one that is asked for. */
const givenBack = (fn: PyFunction, at: number | null): readonly Syntax[] =>
  returnsOf(fn).flatMap((value) => (/^(tuple|expression_list)$/.test(value.type) ? (at === null ? [] : (value.children[at] ?? [])) : [value]));

/** The name of a metric that is read from a run: `run.data.metrics["accuracy"]`, `mlflow.get_run(…).data.metrics.get("f1")`. */
function loggedIn(value: Syntax, module: PyModule): string | null {
  const read = /\.data\.metrics(?:\[|\.get\()\s*["']([^"']+)["']/.exec(module.textOf(value));
  return read?.[1] ?? null;
}

/** The split that a metric is of which runs of the project hold under a name; null where it is of several, or none holds it. */
export function splitOfLogged(name: string, project: Project, depth = 0): Split | null {
  const named = splitOf(name);
  if (named) return named;
  const splits = new Set<Split | null>();
  for (const { kind, call, names } of logCallsOf(project))
    if (kind === 'metrics') for (const { text, value } of names) if (text === name && value) splits.add(splitOfLoggedValue(value, call.module, project, depth));
  return splits.size === 1 ? ([...splits][0] ?? null) : null;
}

/** `log_metric("accuracy", accuracy_score(y_test, predictions))`: by the data among what is written, else as any score. */
function splitOfLoggedValue(value: Syntax, module: PyModule, project: Project, depth: number): Split | null {
  const root = [...walk(value)].find(({ type }) => type === 'identifier');
  return splitOfScore(value, module, project, depth) ?? (root && value.type !== 'identifier' ? splitOfMaking(root, module, project) : null);
}
